//! `/providers/{id}`: what everybody can see of a provider. Never the phone, the e-mail address or the street.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use mongodb::bson::oid::ObjectId;

use crate::booking::store as bookings;
use crate::booking::store::reviews;
use crate::booking::store::reviews::Cursor;
use crate::catalogue::model::ServiceDocument;
use crate::catalogue::stars;
use crate::catalogue::store as services;
use crate::domain::place::Point;
use crate::domain::places;
use crate::domain::price::PriceTerms;
use crate::error::AppError;
use crate::money::Money;
use crate::provider::model::Provider;
use crate::provider::store;
use crate::review::draw::{self, Shown};
use crate::time::{self, Timestamp};
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::plain::wide;
use crate::web::problem::{answer, bare_page_context};
use crate::web::{PageContext, PageHead};

/// The longest description for search engines, in letters.
const DESCRIPTION: usize = 155;

/// `GET /providers/{id}?reviews=`
pub async fn show(
    ctx: RequestContext,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let here = format!("/providers/{id}");
    let frame = match PageContext::load(&ctx).await {
        Ok(frame) => frame,
        Err(error) => return answer(&bare_page_context(&ctx), &here, error),
    };
    match page(&ctx, &frame, &id, query.get("reviews").and_then(|from| Cursor::read(from))).await {
        Ok(response) => response,
        Err(error) => answer(&frame, &here, error),
    }
}

async fn page(ctx: &RequestContext, frame: &PageContext, id: &str, from: Option<Cursor>) -> Result<Response, AppError> {
    let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    let db = &ctx.kit.db;
    let (provider, offered) = tokio::try_join!(store::find_public(db, id), services::of_provider(db, id))?;
    let provider = provider.ok_or_else(AppError::not_found)?;
    let hex = id.to_hex();
    let ((written, next), record) =
        tokio::try_join!(reviews::of_provider(db, id, from), bookings::record_of(db, &hex))?;
    let area = provider.base.as_ref().map(|base| near(base.point)).unwrap_or_default();
    let mut html = Html::new();
    html.raw("<header class=\"title\"><h1>").text(&provider.trading_name).raw("</h1><p class=\"sub\">").icon("map-pin");
    html.text(&area).raw("</p></header>");
    if !provider.active {
        html.raw("<p class=\"done\">Takes no requests at the moment.</p>");
    }
    html.wrap("<p class=\"lead words\" dir=\"auto\">", &provider.about, "</p>");
    html.raw("<ul class=\"card rows\"><li><span>Stars</span><b>").text(&stars::stars(provider.rating));
    html.raw("</b></li><li><span>Jobs done</span><b>").text(&record.jobs_done.to_string());
    if let Some(kept) = stars::completion(provider.reliability) {
        html.raw("</b></li><li><span>Keeps its word</span><b>").text(&kept);
    }
    html.raw("</b></li><li><span>Answers</span><b>").text(&answers(record.answers_within));
    html.raw("</b></li><li><span>Here since</span><b>").text(&provider.created_at.month_text(&provider.zone));
    html.raw("</b></li></ul>");
    draw_services(&mut html, offered.iter().filter(|service| service.listed));
    let (href, zone, name) = (format!("/providers/{hex}"), &provider.zone, &provider.trading_name);
    let (rating, reviews, later) = (provider.rating, &written, from.is_some());
    draw::reviews(&mut html, &Shown { href: &href, zone, provider: name, rating, reviews, next, later });
    draw_week(&mut html, &provider, ctx.now);
    let description = describe(&provider, &area);
    let page = PageHead::new(provider.trading_name.clone(), &["map-pin", "star", "wrench"]);
    Ok(wide(StatusCode::OK, frame, PageHead { description: Some(description), ..page }, &mut html))
}

/// The locality that is nearest to a point, which says where without saying at which door.
fn near(point: Point) -> String {
    let distance = |one: Point| {
        let (lat, lng) = (f64::from(one.lat_e6 - point.lat_e6), f64::from(one.lng_e6 - point.lng_e6));
        // At these latitudes a degree of longitude is about four fifths of one of latitude.
        lat.powi(2) + (0.8 * lng).powi(2)
    };
    let all = places::all().iter();
    let nearest = all.min_by(|one, other| distance(one.point).total_cmp(&distance(other.point)));
    nearest.map(|locality| locality.label()).unwrap_or_default()
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
    text.trim_end().chars().take(DESCRIPTION).collect()
}

fn draw_services<'a>(html: &mut Html, offered: impl Iterator<Item = &'a ServiceDocument>) {
    html.raw("<section class=\"card\" aria-labelledby=\"services-title\"><h2 class=\"eyebrow\" id=\"services-title\">Services</h2>");
    let mut offered = offered.peekable();
    if offered.peek().is_none() {
        html.raw("<p>Nothing is offered at the moment. <a class=\"link\" href=\"/services\">Find others</a></p>");
    } else {
        html.raw("<ul class=\"rows\">");
        for service in offered {
            html.raw("<li><span><a class=\"link\"").attr("href", &format!("/services/{}", service.slug)).raw(">");
            html.text(&service.title).raw("</a></span><b>").text(&price(service)).raw("</b></li>");
        }
        html.raw("</ul>");
    }
    html.raw("</section>");
}

fn price(service: &ServiceDocument) -> String {
    let money = |cents| Money::new(cents, service.currency).text();
    match service.price {
        PriceTerms::Fixed { amount } => money(amount),
        PriceTerms::Hourly { rate } => format!("{} an hour", money(rate)),
        PriceTerms::OnQuote => "On quote".into(),
    }
}

/// The next seven days, as they are open.
fn draw_week(html: &mut Html, provider: &Provider, now: Timestamp) {
    let spans = provider.calendar().open_spans(now, now.plus_hours(7 * 24));
    let zone = &provider.zone;
    html.raw("<section class=\"card\" aria-labelledby=\"week-title\"><h2 class=\"eyebrow\" id=\"week-title\">Hours of the next seven days, ");
    html.text(&time::zone_name(now, zone)).raw("</h2><ul class=\"rows\">");
    for day in time::days(now, now.plus_hours(6 * 24), zone) {
        let (from, to) = (day.wall(0, false), day.wall(24 * 60, true));
        let open: Vec<_> = spans
            .iter()
            .filter(|(begins, ends)| *begins < to && from < *ends)
            .map(|(begins, ends)| format!("{} to {}", clock((*begins).max(from), zone), clock((*ends).min(to), zone)))
            .collect();
        let open = if open.is_empty() { "closed".to_owned() } else { open.join(", ") };
        html.raw("<li><span>").text(&date(from, zone)).raw("</span><span>").text(&open).raw("</span></li>");
    }
    html.raw("</ul></section>");
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
