//! The fields of a service's form, one by one. Each says in the form what is wrong with it.

use super::{Bases, meant};
use crate::catalogue::category::leaves;
use crate::catalogue::model::Reach;
use crate::domain::limit::thousands;
use crate::domain::place::{Place, Point};
use crate::domain::places::{self, REGIONS};
use crate::domain::price::PriceTerms;
use crate::money::{MAX_DOLLARS, parse_cents};
use crate::ui::form::Form;

/// A field with a whole number: its name, its label, the least and the most.
pub(in crate::catalogue) struct Number(
    pub(super) &'static str,
    &'static str,
    pub(in crate::catalogue) i64,
    pub(in crate::catalogue) i64,
);

/// A duration is a multiple of so many minutes.
pub(in crate::catalogue) const STEP_MINUTES: i64 = 15;

pub(in crate::catalogue) const MINUTES: Number = Number("minutes", "Duration in minutes", STEP_MINUTES, 24 * 60);
pub(super) const BUFFER_BEFORE: Number = Number("buffer_before", "Kept free before", 0, 4 * 60);
pub(super) const BUFFER_AFTER: Number = Number("buffer_after", "Kept free after", 0, 4 * 60);
pub(super) const LEAD_TIME: Number = Number("lead_time", "Ask at least", 0, 30 * 24 * 60);
pub(super) const NOTICE: Number = Number("notice", "Other times until", 0, 14 * 24 * 60);
pub(in crate::catalogue) const ANSWER_HOURS: Number = Number("answer_hours", "Hours to answer", 2, 72);
pub(in crate::catalogue) const RADIUS: Number = Number("radius_km", "Kilometres", 1, 500);

/// The slug of a category; empty if none is chosen yet.
pub(super) fn category(form: &mut Form) -> String {
    let slug = form.get("category").to_owned();
    if !slug.is_empty() && !leaves().any(|leaf| leaf.slug == slug) {
        form.problem("category", "unknown", "Choose one of the categories.");
    }
    slug
}

/// What it costs; an amount of zero stands for one that is not named yet.
pub(super) fn price(form: &mut Form) -> PriceTerms {
    let kind = form.get("price_kind").to_owned();
    if kind == "on_quote" {
        return PriceTerms::OnQuote;
    }
    let typed = form.get("amount").to_owned();
    let cents = if typed.is_empty() { Some(0) } else { parse_cents(&typed).filter(|cents| *cents > 0) };
    if cents.is_none() {
        let most = thousands(MAX_DOLLARS);
        let message = format!("Give the price in dollars and cents, for example 120.50, at most {most}.");
        form.problem("amount", "bad_amount", message);
    }
    let cents = cents.unwrap_or(0);
    match kind.as_str() {
        "fixed" => PriceTerms::Fixed { amount_cents: cents },
        "hourly" => PriceTerms::Hourly { rate_cents: cents },
        _ => {
            form.problem("price_kind", "unknown", "Choose how the service is priced.");
            PriceTerms::OnQuote
        }
    }
}

/// A whole number in its range; its least where it is wrong.
pub(super) fn number(form: &mut Form, field: &Number) -> i64 {
    let Number(name, label, least, most) = *field;
    let value = form.get(name).parse::<i64>().ok().filter(|value| (least..=most).contains(value));
    if value.is_none() {
        form.problem(name, "bad_number", format!("\"{label}\" is a whole number from {least} to {most}."));
    }
    value.unwrap_or(least)
}

/// Where it is offered.
pub(super) fn reach(form: &mut Form) -> Reach {
    match form.get("reach") {
        "radius" => Reach::Radius { km: u32::try_from(number(form, &RADIUS)).unwrap_or(1) },
        "regions" => {
            let chosen = form.all("regions");
            let codes: Vec<String> =
                REGIONS.iter().map(|(code, _)| (*code).to_owned()).filter(|code| chosen.contains(code)).collect();
            if codes.is_empty() {
                form.problem("regions", "missing", "Choose at least one region.");
            }
            Reach::Regions { codes }
        }
        "remote" => Reach::Remote,
        _ => {
            form.problem("reach", "unknown", "Choose where the service is offered.");
            Reach::Remote
        }
    }
}

/// Where the provider sets out from.
pub(super) fn base(form: &mut Form, bases: &Bases) -> Place {
    let known = match form.get("base") {
        "current" => bases.current,
        "business" => bases.business,
        _ => None,
    };
    if let Some(known) = known {
        return known.clone();
    }
    if form.get("base") != "other" {
        form.problem("base", "unknown", "Choose where you set out from.");
    }
    let street = one_line(&form.text("street", "Street and number", false, 120));
    let typed = form.text("locality", "Town or suburb", true, 100);
    let chosen = form.get("locality_id").parse().ok().and_then(places::find);
    let chosen = chosen.filter(|chosen| meant(form).contains(chosen));
    let locality = places::resolve(&typed).or(chosen);
    if locality.is_none() && !typed.is_empty() {
        let message = if meant(form).is_empty() {
            "We know no such place in New Zealand and Australia. Try the next larger town."
        } else {
            "More than one place begins like that. Choose yours from the list below it."
        };
        form.problem("locality", "unknown_place", message);
    }
    // Without a locality the form is not fine, and nothing is stored.
    let nowhere = || Place { label: String::new(), point: Point { lat_e6: 0, lng_e6: 0 }, region: String::new() };
    locality.map_or_else(nowhere, |locality| locality.place(&street))
}

/// A text on one line: breaks and other controls become spaces, and several spaces one.
pub(super) fn one_line(text: &str) -> String {
    text.split(|character: char| character.is_whitespace() || character.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A text of several lines, without other controls.
pub(super) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|character| *character == '\n' || !character.is_control()).collect()
}
