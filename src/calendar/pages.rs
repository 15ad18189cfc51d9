//! The addresses of calendars: a booking's file, somebody's feed, and the page on which they make and revoke it.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::model::CalendarFeed;
use super::{Guest, event, invite, store};
use crate::account::profile;
use crate::booking::machine::Status;
use crate::booking::store as bookings;
use crate::error::AppError;
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::plain::{back, narrow, see_other};
use crate::web::problem::answer;
use crate::web::viewer::Viewer;
use crate::web::{PageContext, PageHead};
use axum::extract::FromRef;

/// Where one makes and revokes one's feed.
const PAGE: &str = "/account/calendar";
/// Below it stands the secret of a feed.
pub const FEED_PATH: &str = "/calendar/";
/// The media type of a calendar.
const CALENDAR: HeaderValue = HeaderValue::from_static("text/calendar; charset=utf-8");

/// `/account/calendar` and `/calendar/{token}.ics`
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
{
    Router::new()
        .route(PAGE, get(show).post(make))
        .route("/account/calendar/revoke", post(revoke))
        .route("/calendar/{file}", get(feed))
}

/// `/bookings/{id}.ics`, for the two people of the booking. Everybody else, admins included, gets the page for what is
/// not there.
pub async fn booking(ctx: &RequestContext, id: &str) -> Response {
    let here = format!("/bookings/{id}.ics");
    let (frame, viewer) = match PageContext::require(ctx, &here).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match booking_file(ctx, &viewer, id).await {
        Ok(response) => response,
        Err(error) => answer(&frame, &here, error),
    }
}

async fn booking_file(ctx: &RequestContext, viewer: &Viewer, id: &str) -> Result<Response, AppError> {
    // The rule of the query for people who are no admins.
    let participant = Viewer { is_admin: false, ..viewer.clone() };
    let loaded = bookings::find_for(&ctx.kit.db, &participant, id, ctx.now).await?;
    let booking = loaded.map(|loaded| loaded.booking).filter(|booking| booking.state.status != Status::Draft);
    let booking = booking.ok_or_else(AppError::not_found)?;
    let role = booking.role_of(&viewer.id, false).ok_or_else(AppError::not_found)?;
    let account = profile::own(ctx, viewer).await?;
    let file = invite(&ctx.kit.site, &booking, Guest { role, email: &account.email }, ctx.now);
    let name = HeaderValue::try_from(format!("attachment; filename=\"{}.ics\"", booking.reference));
    let name = name.unwrap_or(HeaderValue::from_static("attachment; filename=\"booking.ics\""));
    Ok(([(header::CONTENT_TYPE, CALENDAR), (header::CONTENT_DISPOSITION, name)], file).into_response())
}

/// `/calendar/{token}.ics`: one look-up of the token, one query of bookings.
async fn feed(ctx: RequestContext, Path(file): Path<String>) -> Result<Response, AppError> {
    let token = file.strip_suffix(".ics").ok_or_else(AppError::not_found)?;
    let account = store::account_of(&ctx.kit.db, token).await?.ok_or_else(AppError::not_found)?;
    let entries = store::entries(&ctx.kit.db, account, ctx.now).await?;
    let text = event::feed(entries.iter().map(|(entry, role)| (entry, *role)), &ctx.kit.site.base_url);
    let tag = hex::encode(Sha256::digest(&text));
    let headers = [
        (header::ETAG, HeaderValue::try_from(format!("\"{tag}\"")).map_err(|_| AppError::fault())?),
        // May be kept by the one calendar it is for, and asked about each time.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    if is_known(&ctx.headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Ok((headers, [(header::CONTENT_TYPE, CALENDAR)], text).into_response())
}

/// Whether the asking calendar has the text of that tag already. A compressed answer carried it as a weak one.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known).trim_matches('"') == tag
    })
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    done: String,
}

async fn show(ctx: RequestContext, Query(Asked { done }): Query<Asked>) -> Response {
    let (frame, account) = match entry(&ctx).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match store::feed_of(&ctx.kit.db, account).await {
        Ok(feed) => draw(&frame, &Shown { feed: feed.as_ref(), fresh: None, revoked: done == "revoked" }),
        Err(error) => answer(&frame, PAGE, error.into()),
    }
}

/// Makes a feed and shows its address, this once. It is the answer itself: on the way to another page, the address would
/// stand in the browser's history.
async fn make(ctx: RequestContext) -> Response {
    let (frame, account) = match entry(&ctx).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match store::make_feed(&ctx.kit.db, account, ctx.now).await {
        Ok(token) => {
            let address = format!("{}/calendar/{token}.ics", ctx.kit.site.base_url);
            draw(&frame, &Shown { feed: None, fresh: Some(&address), revoked: false })
        }
        Err(error) => answer(&frame, PAGE, error.into()),
    }
}

async fn revoke(ctx: RequestContext) -> Response {
    let (frame, account) = match entry(&ctx).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match store::revoke_feed(&ctx.kit.db, account).await {
        Ok(()) => see_other("/account/calendar?done=revoked"),
        Err(error) => answer(&frame, PAGE, error.into()),
    }
}

async fn entry(ctx: &RequestContext) -> Result<(PageContext, ObjectId), Response> {
    let (frame, viewer) = PageContext::require(ctx, PAGE).await?;
    match ObjectId::parse_str(&viewer.id) {
        Ok(account) => Ok((frame, account)),
        Err(_) => Err(answer(&frame, PAGE, AppError::fault())),
    }
}

struct Shown<'a> {
    feed: Option<&'a CalendarFeed>,
    fresh: Option<&'a str>,
    revoked: bool,
}

fn draw(frame: &PageContext, shown: &Shown) -> Response {
    let zone = frame.viewer.as_ref().map_or("Etc/UTC", |viewer| viewer.zone.as_str());
    let mut html = Html::new();
    back(&mut html, "/account", "Your account");
    html.raw("<h1>Your calendar</h1><p class=\"sub\">Your bookings in the calendar that you look at every day.</p>");
    if shown.revoked && shown.feed.is_none() {
        html.raw("<p class=\"done\" role=\"status\">Revoked. Nobody can read your bookings by the old address.</p>");
    }
    html.raw("<section class=\"card stack\">");
    match (shown.fresh, shown.feed) {
        (Some(address), _) => fresh(&mut html, address),
        (None, Some(feed)) => {
            html.raw("<p>Your calendar has an address since ").text(&feed.created_at.text(zone)).raw(".</p>");
            html.raw("<p class=\"hint\">We keep it in a form that nobody can read, so it cannot be shown again. If you have lost it, make a new one.</p>");
        }
        (None, None) => {
            html.raw(
                "<p>Make an address, and subscribe to it in Google Calendar, Apple Calendar, Outlook or another one. ",
            );
            html.raw("It brings your bookings from 30 days ago to a year ahead, as customer and as provider, and follows every change.</p>");
            html.raw("<p class=\"hint\">Whoever has the address can read your bookings. Keep it to yourself; you can revoke it at any time.</p>");
        }
    }
    if shown.fresh.is_none() && shown.feed.is_none() {
        html.raw("<form method=\"post\" action=\"/account/calendar\"><button class=\"btn btn-primary\">");
        html.icon("calendar").raw("Make an address</button></form>");
    } else {
        html.raw("<div class=\"row\"><form method=\"post\" action=\"/account/calendar\"><button class=\"btn\">");
        html.raw("Make a new address</button></form>");
        html.raw("<form method=\"post\" action=\"/account/calendar/revoke\"><button class=\"btn\">Revoke it</button></form></div>");
        html.raw(
            "<p class=\"hint\">With a new address or without one, calendars that use the old one stop following.</p>",
        );
    }
    html.raw("</section>");
    narrow(StatusCode::OK, frame, PageHead::new("Your calendar", &["arrow-left", "calendar"]), &mut html)
}

fn fresh(html: &mut Html, address: &str) {
    html.raw("<p class=\"done\" role=\"status\">Here is the address. Copy it now: it is shown this once only.</p>");
    html.raw("<div class=\"field\"><label for=\"address\">Address of your calendar</label>");
    html.raw(
        "<p class=\"hint\" id=\"address-hint\">Paste it where your calendar says \"subscribe\" or \"add by URL\".</p>",
    );
    html.raw("<input class=\"control\" id=\"address\" type=\"text\" readonly aria-describedby=\"address-hint\"");
    html.attr("value", address).raw("></div>");
    // The scheme by which systems open their own calendar.
    if let Some((_, rest)) = address.split_once("://") {
        html.raw("<p><a class=\"link\"").attr("href", &format!("webcal://{rest}"));
        html.raw(">Open it in this device's calendar</a></p>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_that_has_the_text_is_known_however_it_names_it() {
        let known = |value: &'static str| {
            let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(value))]);
            is_known(&headers, "abc")
        };
        assert!(["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"].iter().all(|value| known(value)));
        assert!(["\"x\"", "", "\"ab\""].iter().all(|value| !known(value)));
        assert!(!is_known(&HeaderMap::new(), "abc"));
    }
}
