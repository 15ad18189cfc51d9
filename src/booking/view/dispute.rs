//! A dispute as both sides and the admins see it: both stories side by side, and every offer. Written as HTML by the server,
//! because the browser only shows it.

use super::recorded;
use super::text::share;
use crate::booking::machine::aggregate::{CompletedBy, Dispute, Evidence};
use crate::booking::machine::history::Event;
use crate::booking::machine::inputs::DISPUTE_TOPICS;
use crate::booking::machine::names;
use crate::booking::machine::updates::Update;
use crate::booking::machine::{Booking, Role, Status};
use crate::photos;
use crate::ui::html::Html;

/// The dispute with its heading; nothing if there never was one.
pub fn draw(booking: &Booking, role: Role) -> String {
    let Some(dispute) = &booking.state.dispute else { return String::new() };
    let mut html = Html::new();
    html.raw("<section class=\"card\" aria-labelledby=\"dispute-title\"><h2 class=\"eyebrow\" id=\"dispute-title\">Dispute</h2>");
    let topic = DISPUTE_TOPICS.iter().find(|(value, _)| dispute.topic.as_deref() == Some(*value));
    html.wrap("<p><b>", topic.map_or("", |(_, words)| *words), "</b></p>");
    html.raw("<p>").text(&standing(booking, dispute)).raw("</p>");
    if role == Role::Admin {
        html.raw("<p><a class=\"link\"").attr("href", &format!("/bookings/{}/messages", booking.id));
        html.raw(">What they wrote to each other</a></p>");
    }
    html.raw("<div class=\"sides\">");
    side(&mut html, booking, dispute, Role::Customer);
    side(&mut html, booking, dispute, Role::Provider);
    html.raw("</div>");
    offers(&mut html, booking, dispute);
    html.raw("</section>").finish()
}

/// Who opened it, and what is at stake.
fn standing(booking: &Booking, dispute: &Dispute) -> String {
    let opened = format!("Opened by {} on {}.", name(booking, dispute.by), dispute.at.text(&booking.zone));
    if booking.state.status != Status::Disputed {
        return opened;
    }
    let price = booking.state.price.map_or(String::new(), |price| {
        let (provider, customer) = (&booking.provider.name, &booking.customer.name);
        format!(" It is about {}: what {customer} does not get back goes to {provider}.", price.text())
    });
    format!("{opened}{price}")
}

/// What one side has said: everything that came with words, and its evidence.
fn side(html: &mut Html, booking: &Booking, dispute: &Dispute, role: Role) {
    html.raw("<section><h3>").text(name(booking, role)).raw("</h3><ol>");
    let mut evidence = dispute.evidence.iter();
    let mut silent = true;
    for event in &booking.history {
        let photos = if recorded(event, Update::AddEvidence) { evidence.next() } else { None };
        let Some(words) = event.message.as_deref().filter(|_| event.actor == role) else { continue };
        entry(html, booking, event, words, photos);
        silent = false;
    }
    if silent {
        html.raw("<li class=\"hint\">Nothing yet.</li>");
    }
    html.raw("</ol></section>");
}

fn entry(html: &mut Html, booking: &Booking, event: &Event, words: &str, evidence: Option<&Evidence>) {
    html.raw("<li><span class=\"hint\">").text(title(event)).raw(", ").text(&event.at.short_text(&booking.zone));
    html.raw("</span><p class=\"words\" dir=\"auto\">").text(words).raw("</p>");
    let photos = evidence.map_or(&[][..], |evidence| &evidence.photos);
    if !photos.is_empty() {
        html.raw("<p class=\"row\">");
    }
    for (place, id) in photos.iter().enumerate() {
        let alt = format!("Photo {} of {} by {}", place + 1, photos.len(), event.actor_name);
        html.raw("<a").attr("href", &photos::address(id, 1600)).raw("><img class=\"thumb\" loading=\"lazy\"");
        html.attr("src", &photos::address(id, 320)).attr("alt", &alt).raw("></a>");
    }
    html.raw(if photos.is_empty() { "</li>" } else { "</p></li>" });
}

/// What the words came with, in a word or two.
fn title(event: &Event) -> &str {
    match event.action_name.as_str() {
        names::OPEN_DISPUTE => "Why there is a dispute",
        names::ADD_EVIDENCE => "Evidence",
        names::OFFER_SETTLEMENT => "With the offer",
        names::FINISH => "When it was done",
        names::REQUEST_FIX => "A fix was asked for",
        names::REPORT_NO_SHOW => "No-show reported",
        names::PROPOSE_CHANGE | names::DECLINE_CHANGE => "About another time",
        names::QUOTE | names::COUNTER => "With the price",
        names::REQUEST | names::ACCEPT | names::BOOK_INSTANTLY => "When it was agreed",
        _ => &event.note,
    }
}

fn offers(html: &mut Html, booking: &Booking, dispute: &Dispute) {
    let Some(price) = booking.state.price.filter(|_| !dispute.offers.is_empty()) else { return };
    html.raw("<h3>Offers</h3><ol class=\"sides\">");
    for (place, offer) in dispute.offers.iter().enumerate() {
        let last = place + 1 == dispute.offers.len();
        let other = offer.by.other_party().map_or("", |role| name(booking, role));
        let standing = match (last, booking.state.status) {
            (true, Status::Disputed) => format!("Open: {other} can take it."),
            (true, Status::Completed)
                if booking.history.iter().any(|event| recorded(event, Update::CompleteAs(CompletedBy::Settlement))) =>
            {
                format!("Taken by {other}.")
            }
            (true, _) => "Not taken.".into(),
            (false, _) => "Replaced by a newer one.".into(),
        };
        html.raw("<li><b>").text(&share(booking, price, offer.refund)).raw("</b><span class=\"hint\">");
        html.text(name(booking, offer.by)).raw(", ").text(&offer.at.short_text(&booking.zone)).raw(". ");
        html.text(&standing).raw("</span></li>");
    }
    html.raw("</ol>");
}

fn name(booking: &Booking, role: Role) -> &str {
    booking.party(role).map_or("", |party| party.name.as_str())
}
