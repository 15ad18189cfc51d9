//! The addresses of calendars: a booking's file, somebody's feed, and the page on which they make and revoke it.

mod view;

use axum::Router;
use axum::extract::FromRef;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use super::{Guest, event, invite, store};
use crate::account::profile;
use crate::booking::machine::Status;
use crate::booking::store as bookings;
use crate::error::AppError;
use crate::web::context::RequestContext;
use crate::web::etag;
use crate::web::guard::SignedIn;
use crate::web::kit::Kit;
use crate::web::plain::see_other;
use crate::web::viewer::Viewer;
use view::{Shown, render};

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

/// `/bookings/{id}.ics`, for the two people of the booking.
///
/// # Errors
/// 404 for everybody else, admins included; 503 when the database is away.
pub async fn booking(ctx: &RequestContext, viewer: &Viewer, id: &str) -> Result<Response, AppError> {
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
    let tag = etag::tag(text.as_bytes());
    let headers = [
        (header::ETAG, HeaderValue::try_from(format!("\"{tag}\"")).map_err(|_| AppError::fault())?),
        // May be kept by the one calendar it is for, and asked about each time.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    if etag::is_known(&ctx.headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Ok((headers, [(header::CONTENT_TYPE, CALENDAR)], text).into_response())
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    done: String,
}

async fn show(
    ctx: RequestContext,
    SignedIn { page, viewer }: SignedIn,
    Query(Asked { done }): Query<Asked>,
) -> Result<Response, AppError> {
    let feed = store::feed_of(&ctx.kit.db, account_id(&viewer)?).await?;
    Ok(render(&page, &viewer.zone, &Shown { feed: feed.as_ref(), fresh: None, revoked: done == "revoked" }))
}

/// Makes a feed and shows its address, this once. It is the answer itself: on the way to another page, the address would
/// stand in the browser's history.
async fn make(ctx: RequestContext, signed_in: Result<SignedIn, AppError>) -> Result<Response, AppError> {
    let SignedIn { page, viewer } = signed_in.map_err(|error| error.returning_to(PAGE))?;
    let token = store::make_feed(&ctx.kit.db, account_id(&viewer)?, ctx.now).await?;
    let address = format!("{}/calendar/{token}.ics", ctx.kit.site.base_url);
    Ok(render(&page, &viewer.zone, &Shown { feed: None, fresh: Some(&address), revoked: false }))
}

async fn revoke(ctx: RequestContext, SignedIn { viewer, .. }: SignedIn) -> Result<Response, AppError> {
    store::revoke_feed(&ctx.kit.db, account_id(&viewer)?).await?;
    Ok(see_other("/account/calendar?done=revoked"))
}

fn account_id(viewer: &Viewer) -> Result<ObjectId, AppError> {
    ObjectId::parse_str(&viewer.id).map_err(|_| AppError::fault())
}
