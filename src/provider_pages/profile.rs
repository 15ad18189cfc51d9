//! `/providers/{id}`: what everybody can see of a provider. Never the phone, the e-mail address or the street.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;

use crate::booking::store as bookings;
use crate::booking::store::Record;
use crate::booking::store::reviews;
use crate::booking::store::reviews::Cursor;
use crate::catalogue::model::ServiceDocument;
use crate::catalogue::stars;
use crate::catalogue::store as services;
use crate::domain::place::Point;
use crate::domain::places::{self, Locality};
use crate::domain::price::PriceTerms;
use crate::error::AppError;
use crate::money::Money;
use crate::provider::model::Provider;
use crate::provider::store;
use crate::review::view::{Shown, render_reviews};
use crate::time::{self, Timestamp};
use crate::ui::icon::Icon;
use crate::web::context::RequestContext;
use crate::web::plain::wide;
use crate::web::{Kept, PageContext, PageHead};

/// The longest description for search engines, in characters.
const DESCRIPTION_CHARACTERS: usize = 155;

/// `GET /providers/{id}?reviews=`
pub async fn show(
    ctx: RequestContext,
    page: PageContext,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, AppError> {
    let from = query.get("reviews").and_then(|from| Cursor::read(from));
    let id = ObjectId::parse_str(&id).map_err(|_| AppError::not_found())?;
    let db = &ctx.kit.db;
    let (provider, offered) = tokio::try_join!(store::find_public(db, id), services::of_provider(db, id))?;
    let provider = provider.ok_or_else(AppError::not_found)?;
    let hex = id.to_hex();
    let ((written, next), record) =
        tokio::try_join!(reviews::of_provider(db, id, from), bookings::record_of(db, &hex))?;
    let area = provider.base.as_ref().map(|base| near(base.point)).unwrap_or_default();
    let head = PageHead {
        description: Some(describe(&provider, &area)),
        kept: Some(Kept::Checked),
        ..PageHead::new(provider.trading_name.clone(), &["map-pin", "star", "wrench"])
    };
    let listed: Vec<_> = offered.iter().filter(|service| service.listed).collect();
    let shown = Shown {
        href: &format!("/providers/{hex}"),
        zone: &provider.zone,
        provider: &provider.trading_name,
        rating: provider.rating,
        reviews: &written,
        next,
        later: from.is_some(),
    };
    let body = view! {
        <header class="title">
            <h1>{provider.trading_name.clone()}</h1>
            <p class="sub"><Icon name="map-pin" />{area}</p>
        </header>
        {(!provider.active).then(|| view! { <p class="done">"Takes no requests at the moment."</p> })}
        {(!provider.about.is_empty())
            .then(|| view! { <p class="lead words" dir="auto">{provider.about.clone()}</p> })}
        {render_record(&provider, &record)}
        {render_services(&listed)}
        {render_reviews(&shown)}
        {render_week(&provider, ctx.now)}
    };
    Ok(wide(StatusCode::OK, &page, head, body))
}

fn render_record(provider: &Provider, record: &Record) -> AnyView {
    let lines = [
        Some(("Stars", stars::stars(provider.rating))),
        Some(("Jobs done", record.jobs_done.to_string())),
        stars::completion(provider.reliability).map(|kept| ("Keeps its word", kept)),
        Some(("Answers", answers(record.answers_within))),
        Some(("Here since", provider.created_at.month_text(&provider.zone))),
    ];
    let line = |(label, text): (&'static str, String)| view! { <li><span>{label}</span><b>{text}</b></li> };
    view! { <ul class="card rows">{lines.into_iter().flatten().map(line).collect_view()}</ul> }.into_any()
}

/// The locality that is nearest to a point, which shows the area without the street address.
fn near(point: Point) -> String {
    let distance = |one: Point| {
        let (lat, lng) = (f64::from(one.lat_e6 - point.lat_e6), f64::from(one.lng_e6 - point.lng_e6));
        // At these latitudes a degree of longitude is about four fifths of one of latitude.
        lat.powi(2) + (0.8 * lng).powi(2)
    };
    let all = places::all().iter();
    let nearest = all.min_by(|one, other| distance(one.point).total_cmp(&distance(other.point)));
    nearest.map(Locality::label).unwrap_or_default()
}

/// How soon an answer usually comes, never promising more than was seen.
fn answers(minutes: Option<i64>) -> String {
    match minutes {
        None => "Too few requests to say".into(),
        Some(..=60) => "Usually within an hour".into(),
        Some(minutes @ ..=2_880) => format!("Usually within {} hours", (minutes + 59) / 60),
        Some(minutes) => format!("Usually within {} days", (minutes + 1_439) / 1_440),
    }
}

fn describe(provider: &Provider, area: &str) -> String {
    let about = provider.about.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = format!("{} in {area}. {about}", provider.trading_name);
    text.trim_end().chars().take(DESCRIPTION_CHARACTERS).collect()
}

fn render_services(offered: &[&ServiceDocument]) -> AnyView {
    let line = |service: &&ServiceDocument| {
        view! {
            <li>
                <span><a class="link" href=format!("/services/{}", service.slug)>{service.title.clone()}</a></span>
                <b>{price(service)}</b>
            </li>
        }
    };
    let list = match offered {
        [] => view! {
            <p>
                "Nothing is offered at the moment. "
                <a class="link" href="/services">"Find others"</a>
            </p>
        }
        .into_any(),
        _ => view! { <ul class="rows">{offered.iter().map(line).collect_view()}</ul> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="services-title">
            <h2 class="eyebrow" id="services-title">"Services"</h2>
            {list}
        </section>
    }
    .into_any()
}

fn price(service: &ServiceDocument) -> String {
    let money = |cents| Money::new(cents, service.currency).text();
    match service.price {
        PriceTerms::Fixed { amount_cents } => money(amount_cents),
        PriceTerms::Hourly { rate_cents } => format!("{} an hour", money(rate_cents)),
        PriceTerms::OnQuote => "On quote".into(),
    }
}

/// The next seven days, as they are open.
fn render_week(provider: &Provider, now: Timestamp) -> AnyView {
    let zone = &provider.zone;
    let spans = provider.calendar().open_spans(now, now.plus_hours(7 * 24));
    let days = time::days(now, now.plus_hours(6 * 24), zone).map(|day| {
        let (from, to) = (day.wall(0, false), day.wall(24 * 60, true));
        let open: Vec<_> = spans
            .iter()
            .filter(|(begins, ends)| *begins < to && from < *ends)
            .map(|(begins, ends)| format!("{} to {}", clock((*begins).max(from), zone), clock((*ends).min(to), zone)))
            .collect();
        let open = if open.is_empty() { "closed".to_owned() } else { open.join(", ") };
        view! { <li><span>{date(from, zone)}</span><span>{open}</span></li> }
    });
    view! {
        <section class="card" aria-labelledby="week-title">
            <h2 class="eyebrow" id="week-title">{format!("Hours of the next seven days, {}", time::zone_name(now, zone))}</h2>
            <ul class="rows">{days.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// `Sat 5 December`
fn date(at: Timestamp, zone: &str) -> String {
    at.text(zone).split(' ').take(3).collect::<Vec<_>>().join(" ")
}

/// `9:00 am`
fn clock(at: Timestamp, zone: &str) -> String {
    at.short_text(zone).split_once(", ").map(|(_, clock)| clock.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_796_511_600_000);

    #[test]
    fn a_point_is_told_by_the_nearest_locality() {
        assert_eq!(near(places::resolve("Te Aro").unwrap().point), "Te Aro, Wellington");
    }

    #[test]
    fn dates_and_times_are_told_in_words() {
        assert_eq!(date(NOON, "Pacific/Auckland"), "Sun 6 December");
        assert_eq!(clock(NOON, "Pacific/Auckland"), "12:00 pm");
    }
}
