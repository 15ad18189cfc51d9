//! A service in words. Pure: values in, sentences out.

use super::model::{Reach, ServiceDocument};
use crate::domain::place::Place;
use crate::domain::places::region_name;
use crate::domain::price::PriceTerms;
use crate::money::{Currency, Money};

/// The price in a few words: `$75.00 NZD`, `$110.00 NZD an hour`, `Price on quote`.
pub fn price(terms: PriceTerms, currency: Currency) -> String {
    let money = |cents| Money::new(cents, currency).text();
    match terms {
        PriceTerms::Fixed { amount_cents: 0 } | PriceTerms::Hourly { rate_cents: 0 } => "No price yet".into(),
        PriceTerms::Fixed { amount_cents } => money(amount_cents),
        PriceTerms::Hourly { rate_cents } => format!("{} an hour", money(rate_cents)),
        PriceTerms::OnQuote => "Price on quote".into(),
    }
}

/// What stands below the price.
pub fn price_note(service: &ServiceDocument) -> String {
    match service.price {
        PriceTerms::Fixed { .. } => "For the whole job, GST included.".into(),
        PriceTerms::Hourly { rate_cents: rate } => {
            let whole = Money::new(rate, service.currency).ratio(service.minutes, 60).text();
            format!("{whole} for the {} it is booked for, GST included.", duration(service.minutes))
        }
        PriceTerms::OnQuote => format!(
            "{} names a price in {}, GST included, after reading your request. You owe nothing before you take it.",
            service.provider_name,
            service.currency.code()
        ),
    }
}

/// A number of minutes: `1 hour 30 minutes`, `2 days`.
pub fn duration(minutes: i64) -> String {
    let (days, hours, rest) = (minutes / 1440, minutes % 1440 / 60, minutes % 60);
    let part = |count: i64, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {one}s")),
    };
    let parts = [part(days, "day"), part(hours, "hour"), part(rest, "minute")];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if text.is_empty() { "0 minutes".into() } else { text }
}

/// Where it is offered: `Within 35 km of Te Aro, Wellington`.
pub fn reach(reach: &Reach, base: &Place) -> String {
    match reach {
        Reach::Radius { km } => format!("Within {km} km of {}", locality(&base.label)),
        Reach::Regions { codes } => {
            let names: Vec<_> = codes.iter().map(|code| region_name(code)).filter(|name| !name.is_empty()).collect();
            match names.as_slice() {
                [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
                _ => names.concat(),
            }
        }
        Reach::Remote => "Online or by phone, wherever you are".into(),
    }
}

/// The part of an address that everybody may know: its locality, without street and number.
pub fn locality(label: &str) -> String {
    let parts: Vec<&str> = label.split(',').map(str::trim).collect();
    let last_two = parts.iter().skip(parts.len().saturating_sub(2));
    let without_number = last_two.skip_while(|part| part.chars().any(|character| character.is_ascii_digit()));
    let text = without_number.copied().collect::<Vec<_>>().join(", ");
    if text.is_empty() { "the provider's place".into() } else { text }
}

/// What happens after somebody has asked for it, a sentence each.
pub fn after_asking(service: &ServiceDocument) -> Vec<String> {
    let name = &service.provider_name;
    let mut lines = Vec::new();
    if service.instant {
        lines.push("You book a free time at once; nobody has to answer first.".into());
    } else {
        let hours = service.answer_hours;
        lines.push(format!("{name} answers within {hours} hours. If not, your request ends and costs you nothing."));
        lines.push(if service.holds_requests {
            "Your time is held for you while you wait.".into()
        } else {
            "Your time is not held while you wait: somebody else may get it first.".into()
        });
    }
    if service.lead_time_minutes > 0 {
        lines.push(format!("Ask at least {} before it starts.", duration(service.lead_time_minutes)));
    }
    if service.notice_minutes > 0 {
        lines
            .push(format!("You can propose another time until {} before the start.", duration(service.notice_minutes)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::Point;

    fn place(label: &str) -> Place {
        Place { label: label.into(), point: Point { lat_e6: 0, lng_e6: 0 }, region: String::new() }
    }

    #[test]
    fn minutes_read_naturally() {
        let texts = [15, 60, 90, 1440, 2945, 0].map(duration);
        let wanted = ["15 minutes", "1 hour", "1 hour 30 minutes", "1 day", "2 days 1 hour 5 minutes", "0 minutes"];
        assert_eq!(texts, wanted);
    }

    #[test]
    fn everybody_reads_the_locality_and_nobody_the_street() {
        for (label, locality_) in [
            ("12 Tory Street, Te Aro, Wellington", "Te Aro, Wellington"),
            ("Flat 2, 12 Tory Street, Te Aro, Wellington", "Te Aro, Wellington"),
            ("48 King Street, Newtown NSW", "Newtown NSW"),
            ("Te Aro, Wellington", "Te Aro, Wellington"),
            ("5 Somewhere Road", "the provider's place"),
            ("", "the provider's place"),
        ] {
            assert_eq!(locality(label), locality_, "{label}");
        }
    }

    #[test]
    fn areas_and_prices_are_named() {
        let regions = |codes: &[&str]| Reach::Regions { codes: codes.iter().map(|code| (*code).into()).collect() };
        let base = place("12 Tory Street, Te Aro, Wellington");
        assert_eq!(reach(&Reach::Radius { km: 35 }, &base), "Within 35 km of Te Aro, Wellington");
        assert_eq!(reach(&regions(&["NZ-WGN"]), &base), "Wellington");
        assert_eq!(
            reach(&regions(&["NZ-WGN", "NZ-MWT", "NZ-HKB"]), &base),
            "Wellington, Manawatū-Whanganui and Hawke's Bay"
        );
        assert_eq!(price(PriceTerms::Hourly { rate_cents: 11_000 }, Currency::Nzd), "$110.00 NZD an hour");
    }
}
