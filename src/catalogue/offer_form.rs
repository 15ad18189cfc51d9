//! The form of a service: from what a provider typed to what is offered, and back. Pure: values in, values out.

pub(super) mod fields;

use mongodb::bson::oid::ObjectId;

use super::model::{GeoPoint, Reach, ServiceDocument, ServiceStatus};
use crate::domain::limit::sentence;
use crate::domain::place::Place;
use crate::domain::places::{self, Locality};
use crate::domain::price::PriceTerms;
use crate::error::FieldProblem;
use crate::money::Currency;
use crate::provider::model::Provider;
use crate::time::Timestamp;
use crate::ui::form::Form;
use fields::{
    ANSWER_HOURS, BUFFER_AFTER, BUFFER_BEFORE, LEAD_TIME, MINUTES, NOTICE, STEP_MINUTES, base, category, lines, number,
    one_line, price, reach,
};

/// The most characters of a title.
pub const MAX_TITLE_CHARACTERS: usize = 80;
/// The most characters of a description.
pub const MAX_DESCRIPTION_CHARACTERS: usize = 4000;

/// The places that need not be typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bases<'a> {
    /// Where the service is offered from so far.
    pub current: Option<&'a Place>,
    /// The address of the business.
    pub business: Option<&'a Place>,
}

/// What a provider offers, in range and consistent. A draft may lack a description, a category or an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the same fields as ServiceDocument, described there")]
pub struct Offer {
    pub title: String,
    pub description: String,
    pub category: String,
    pub price: PriceTerms,
    pub minutes: i64,
    pub buffer_before_minutes: i64,
    pub buffer_after_minutes: i64,
    pub lead_time_minutes: i64,
    pub notice_minutes: i64,
    pub instant: bool,
    pub holds_requests: bool,
    pub start_code: bool,
    pub answer_hours: i64,
    pub reach: Reach,
    pub base: Place,
}

/// Reads the form.
///
/// # Errors
/// The same form with what is wrong in it.
pub fn read(mut form: Form, bases: &Bases) -> Result<Offer, Form> {
    let title = one_line(&form.text("title", "Title", true, MAX_TITLE_CHARACTERS));
    let description = lines(&form.text("description", "Description", false, MAX_DESCRIPTION_CHARACTERS));
    let category = category(&mut form);
    let price = price(&mut form);
    let minutes = number(&mut form, &MINUTES);
    if minutes % STEP_MINUTES != 0 {
        form.problem("minutes", "bad_number", sentence!("The duration is a multiple of ", STEP_MINUTES, " minutes."));
    }
    let instant = form.ticked("instant");
    if instant && !matches!(price, PriceTerms::Fixed { .. }) {
        let message =
            "Only a service with a fixed price can be booked at once. Take the tick away, or name a fixed price.";
        form.problem("instant", "needs_fixed_price", message);
    }
    let offer = Offer {
        title,
        description,
        category,
        price,
        minutes,
        buffer_before_minutes: number(&mut form, &BUFFER_BEFORE),
        buffer_after_minutes: number(&mut form, &BUFFER_AFTER),
        lead_time_minutes: number(&mut form, &LEAD_TIME),
        notice_minutes: number(&mut form, &NOTICE),
        instant,
        holds_requests: form.ticked("holds_requests"),
        start_code: form.ticked("start_code"),
        answer_hours: number(&mut form, &ANSWER_HOURS),
        reach: reach(&mut form),
        base: base(&mut form, bases),
    };
    if form.is_fine() { Ok(offer) } else { Err(form) }
}

/// The form of a service that is only being begun.
pub fn fresh(bases: &Bases) -> Form {
    let mut form = Form::default();
    form.set("price_kind", "fixed").set("minutes", "60").set("buffer_before", "0").set("buffer_after", "15");
    form.set("lead_time", "120").set("notice", "1440").set("answer_hours", "24").set("holds_requests", "on");
    form.set("reach", "radius").set("radius_km", "25");
    form.set("base", if bases.business.is_some() { "business" } else { "other" });
    form
}

/// The form with what a service holds.
pub fn filled(service: &ServiceDocument) -> Form {
    let mut form = fresh(&Bases::default());
    form.set("title", &service.title).set("description", &service.description).set("category", &service.category);
    let (kind, cents) = match service.price {
        PriceTerms::Fixed { amount_cents } => ("fixed", amount_cents),
        PriceTerms::Hourly { rate_cents } => ("hourly", rate_cents),
        PriceTerms::OnQuote => ("on_quote", 0),
    };
    let amount = if cents > 0 { format!("{}.{:02}", cents / 100, cents % 100) } else { String::new() };
    form.set("price_kind", kind).set("amount", amount);
    for (field, value) in [
        (MINUTES, service.minutes),
        (BUFFER_BEFORE, service.buffer_before_minutes),
        (BUFFER_AFTER, service.buffer_after_minutes),
        (LEAD_TIME, service.lead_time_minutes),
        (NOTICE, service.notice_minutes),
        (ANSWER_HOURS, service.answer_hours),
    ] {
        form.set(field.0, value.to_string());
    }
    let tick = |on: bool| if on { "on" } else { "" };
    form.set("instant", tick(service.instant)).set("holds_requests", tick(service.holds_requests));
    form.set("start_code", tick(service.start_code));
    match &service.reach {
        Reach::Radius { km } => _ = form.set("reach", "radius").set("radius_km", km.to_string()),
        Reach::Regions { codes } => _ = form.set("reach", "regions").set_all("regions", codes.clone()),
        Reach::Remote => _ = form.set("reach", "remote"),
    }
    form.set("base", "current");
    form
}

impl Offer {
    /// Puts the offer into a service in place of what it offered.
    pub fn put_into(self, service: &mut ServiceDocument) {
        service.price_cents = match self.price {
            PriceTerms::Fixed { amount_cents: cents } | PriceTerms::Hourly { rate_cents: cents } => {
                (cents > 0).then_some(cents)
            }
            PriceTerms::OnQuote => None,
        };
        service.location = GeoPoint::from(self.base.point);
        service.title = self.title;
        service.description = self.description;
        service.category = self.category;
        service.price = self.price;
        service.minutes = self.minutes;
        service.buffer_before_minutes = self.buffer_before_minutes;
        service.buffer_after_minutes = self.buffer_after_minutes;
        service.lead_time_minutes = self.lead_time_minutes;
        service.notice_minutes = self.notice_minutes;
        service.instant = self.instant;
        service.holds_requests = self.holds_requests;
        service.start_code = self.start_code;
        service.answer_hours = self.answer_hours;
        service.reach = self.reach;
        service.base = self.base;
    }
}

/// A new draft of a provider. What it is paid in follows the country of the business.
pub fn begin(provider: &Provider, offer: Offer, id: ObjectId, slug: String, now: Timestamp) -> ServiceDocument {
    let mut service = ServiceDocument {
        id,
        slug,
        provider_id: provider.id,
        provider_name: provider.trading_name.clone(),
        title: String::new(),
        description: String::new(),
        category: String::new(),
        price: offer.price,
        currency: currency(provider),
        price_cents: None,
        minutes: offer.minutes,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        lead_time_minutes: 0,
        notice_minutes: 0,
        instant: false,
        holds_requests: false,
        start_code: false,
        answer_hours: offer.answer_hours,
        reach: Reach::Remote,
        base: offer.base.clone(),
        location: GeoPoint::from(offer.base.point),
        zone: provider.zone.clone(),
        photos: Vec::new(),
        status: ServiceStatus::Draft,
        listed: false,
        rating: provider.rating,
        reliability: provider.reliability,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    offer.put_into(&mut service);
    service
}

/// What a provider is paid in.
pub fn currency(provider: &Provider) -> Currency {
    let region = provider.base.as_ref().map_or("", |base| base.region.as_str());
    let new_zealand = if region.is_empty() { provider.zone.starts_with("Pacific/") } else { region.starts_with("NZ") };
    if new_zealand { Currency::Nzd } else { Currency::Aud }
}

/// What a service lacks before it can be published.
pub fn gaps(service: &ServiceDocument) -> Vec<FieldProblem> {
    let gap = |field: &str, message: &str| FieldProblem {
        field: field.into(),
        code: "missing".into(),
        message: message.into(),
    };
    let mut gaps = Vec::new();
    if service.description.is_empty() {
        gaps.push(gap("description", "Describe the service before you publish it: what is done, and what is not."));
    }
    if service.category.is_empty() {
        gaps.push(gap("category", "Choose a category, so that people find the service."));
    }
    if service.price != PriceTerms::OnQuote && service.price_cents.is_none() {
        gaps.push(gap("amount", "Name the price, or choose \"On quote\"."));
    }
    gaps
}

/// The places that a typed locality can mean, if it has to be asked back.
pub fn meant(form: &Form) -> Vec<&'static Locality> {
    let typed = form.get("locality");
    if places::resolve(typed).is_some() { Vec::new() } else { places::suggest(typed, 30) }
}

#[cfg(test)]
mod tests;
