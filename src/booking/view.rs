//! From the booking to what one of its people may see of it.

mod actions;
mod prices;
mod story;
mod text;

use super::machine::history::Event;
use super::machine::updates::Update;
use super::machine::{Actor, Booking, Denial, Facts, Role, TABLE, Table};
use super::schema::{BookingSummary, BookingView, MoneyView, PhotoView, ReviewView};
use crate::booking::redaction;
use crate::domain::photo::Photo;
use crate::domain::price::PriceTerms;
use crate::error::DenialView;
use crate::money::Money;
use crate::photos;
use crate::time::{Timestamp, zone_name};
use crate::web::viewer::Viewer;

pub use text::share;

/// Who looks, where they live, and by which rules and facts.
#[derive(Clone, Copy, Debug)]
pub struct ViewContext<'a> {
    /// Their part in the booking.
    pub actor: &'a Actor,
    /// Their own IANA zone.
    pub zone: &'a str,
    /// The machine's table.
    pub table: Table<'a>,
    /// What the booking does not hold itself.
    pub facts: &'a Facts,
    /// The instant of looking.
    pub now: Timestamp,
}

/// The booking as the context may see it.
pub fn booking(booking: &Booking, context: &ViewContext) -> BookingView {
    let ViewContext { actor, .. } = *context;
    let booking = &*redaction::booking(booking, actor.role);
    let (state, zone) = (&booking.state, booking.zone.as_str());
    let status = state.status;
    BookingView {
        id: booking.id.clone(),
        reference: booking.reference.clone(),
        version: booking.version,
        status,
        status_label: status.label().into(),
        actor: actor.role,
        situation: text::situation(booking, actor.role, context.table, context.now),
        service: booking.service.title.clone(),
        customer: booking.customer.name.clone(),
        provider: booking.provider.name.clone(),
        place: booking.place.label.clone(),
        details: booking.details.clone(),
        photos: booking.photos.iter().map(photo).collect(),
        starts_at: state.starts_at.rfc3339(),
        ends_at: state.ends_at.rfc3339(),
        zone: zone.into(),
        when_text: when_text(booking),
        viewer_when_text: viewer_when(state.starts_at, zone, context.zone),
        price: state.price.or_else(|| booking.listed_price()).map(money),
        price_text: price_text(booking),
        quotes: prices::quotes(booking),
        split_text: text::split(booking),
        policy_text: prices::policy_text(booking, context.now),
        change: prices::change(booking, context.zone),
        steps: story::steps(booking),
        actions: actions::actions(booking, context),
        reviews: reviews(booking, actor.role),
        history: story::events(booking),
    }
}

/// The booking as a line of the viewer's list.
pub fn summary(booking: &Booking, viewer: &Viewer) -> BookingSummary {
    let role = booking.role_of(&viewer.id, viewer.is_admin).unwrap_or(Role::Admin);
    let with = match role {
        Role::Customer => booking.provider.name.clone(),
        Role::Provider => booking.customer.name.clone(),
        Role::Admin | Role::System => format!("{} and {}", booking.customer.name, booking.provider.name),
    };
    BookingSummary {
        id: booking.id.clone(),
        reference: booking.reference.clone(),
        version: booking.version,
        status: booking.state.status,
        status_label: booking.state.status.label().into(),
        actor: role,
        service: booking.service.title.clone(),
        with,
        place: booking.place.label.clone(),
        starts_at: booking.state.starts_at.rfc3339(),
        when_text: booking.state.starts_at.text(&booking.zone),
        price: booking.state.price.or_else(|| booking.listed_price()).map(money),
    }
}

/// A denial as it travels.
pub fn denial(denial: &Denial) -> DenialView {
    let retry_at = denial.retry_at.map(Timestamp::rfc3339);
    DenialView { code: denial.code.into(), message: denial.message.clone(), retry_at }
}

/// An amount as it travels.
pub fn money(money: Money) -> MoneyView {
    MoneyView { amount: money.amount, currency: money.currency.code().into(), text: money.text() }
}

fn photo(photo: &Photo) -> PhotoView {
    PhotoView {
        small: photos::address(&photo.id, 320),
        large: photos::address(&photo.id, 1600),
        alt: photo.alt.clone(),
    }
}

fn when_text(booking: &Booking) -> String {
    let start = booking.state.starts_at.text(&booking.zone);
    let minutes = booking.planned_minutes();
    let length = match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} minutes"),
        (1, 0) => "1 hour".into(),
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    format!("{start}, for {length}")
}

/// The start on the viewer's own wall, when that shows another time.
fn viewer_when(at: Timestamp, zone: &str, viewer_zone: &str) -> Option<String> {
    (at.local_field(zone) != at.local_field(viewer_zone)).then(|| at.text(viewer_zone))
}

fn price_text(booking: &Booking) -> String {
    let state = &booking.state;
    let named = state.quotes.last().map(|quote| quote.by);
    let agreed = state.accepted_at.is_some();
    let kind = match (state.price, named, booking.service.price) {
        (_, _, PriceTerms::OnQuote) if state.price.is_none() => return "The provider names a price on request.".into(),
        (Some(_), _, _) if agreed => "Agreed price",
        (_, Some(Role::Customer), _) => "Price the customer asked for",
        (_, Some(_), _) => "Quoted price",
        (_, None, PriceTerms::Hourly { rate_cents: rate }) => {
            let rate = Money::new(rate, booking.currency).text();
            return format!("Estimate at {rate} an hour, GST included");
        }
        _ => "Fixed price",
    };
    format!("{kind}, GST included")
}

/// Reviews are sealed until both are in or the time is over; until then each side sees only its own. One that is hidden is
/// seen by its author, who learns why, and by admins.
fn reviews(booking: &Booking, viewer: Role) -> Vec<ReviewView> {
    let published = booking.state.reviews_published_at.is_some();
    let review = |author: Role| {
        let review = booking.state.reviews.get(author.name())?;
        let public = booking.state.public_review(author).is_some();
        let visible = public || author == viewer || (published && viewer == Role::Admin);
        visible.then(|| ReviewView {
            by: booking.party(author).map_or(String::new(), |party| party.name.clone()),
            stars: review.stars,
            text: review.text.clone(),
            reply: review.reply.clone(),
            sealed: !published,
            hidden: review.hidden.clone(),
        })
    };
    [Role::Customer, Role::Provider].into_iter().filter_map(review).collect()
}

/// Whether the event's action recorded that.
pub fn recorded(event: &Event, update: Update) -> bool {
    TABLE.row(&event.action_name).is_some_and(|row| row.records(update))
}

/// The zone as people name it at the booking's start.
fn zone_label(booking: &Booking) -> String {
    zone_name(booking.state.starts_at, &booking.zone)
}
