//! `/bookings/{id}/messages`: the thread, writing, and the photos in it.

use axum::Router;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use super::draw::{self, Shown};
use super::model::Message;
use super::report::{admin, pages as report_pages, store as reports};
use super::rules::{self, KEPT_CHARACTERS};
use super::send::{self, NewMessage};
use super::{notify, path, store};
use crate::booking::machine::{Booking, Role};
use crate::booking::store as bookings;
use crate::error::AppError;
use crate::photos::PhotoContext;
use crate::photos::Photos;
use crate::photos::upload;
use crate::ui::form::Form;
use crate::web::PageContext;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::plain::{refused, see_other, with_retry};
use crate::web::problem::answer;
use crate::web::viewer::Viewer;
use axum::extract::FromRef;

/// The most messages on a page.
const PAGE_SIZE: usize = 30;

/// The thread of a booking, its photos and reports.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Photos: FromRef<S>,
{
    let thread = get(show).post(post).layer(DefaultBodyLimit::disable());
    let report = get(report_pages::show).post(report_pages::post);
    Router::new()
        .route("/bookings/{id}/messages", thread)
        .route("/bookings/{id}/messages/{message}/photos/{number}/{file}", get(photo))
        .route("/bookings/{id}/messages/{message}/report", report)
        .route("/admin/reports", get(admin::queue))
        .route("/admin/reports/{key}", get(admin::one).post(admin::handle))
}

/// Somebody in front of a thread that they may read.
#[derive(Clone, Debug)]
pub(super) struct Thread {
    /// Their frame.
    pub frame: PageContext,
    /// Who.
    pub viewer: Viewer,
    /// Of which booking.
    pub booking: Booking,
    /// The booking's id.
    pub id: ObjectId,
    /// What they are to it.
    pub role: Role,
}

impl Thread {
    /// The thread for who asks.
    ///
    /// # Errors
    /// The whole answer: to the sign-in page; 404 when it is not there or not theirs; 503 when the database is away.
    pub async fn open(ctx: &RequestContext, booking: &str) -> Result<Self, Response> {
        let here = path(booking);
        let (frame, viewer) = PageContext::require(ctx, &here).await?;
        match Self::find(ctx, &viewer, booking).await {
            Ok((booking, id, role)) => Ok(Self { frame, viewer, booking, id, role }),
            Err(error) => Err(answer(&frame, &here, error)),
        }
    }

    async fn find(ctx: &RequestContext, viewer: &Viewer, id: &str) -> Result<(Booking, ObjectId, Role), AppError> {
        let found = bookings::find_for(&ctx.kit.db, viewer, id, ctx.now).await?;
        let booking = found.ok_or_else(AppError::not_found)?.booking;
        let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
        let role = booking.role_of(&viewer.id, viewer.is_admin).ok_or_else(AppError::not_found)?;
        if may_read(ctx, &booking, id, role).await? { Ok((booking, id, role)) } else { Err(AppError::not_found()) }
    }

    /// A message of the thread.
    ///
    /// # Errors
    /// 404 when there is none; 503 when the database is away.
    pub async fn message(&self, ctx: &RequestContext, id: &str) -> Result<Message, AppError> {
        let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
        store::find(&ctx.kit.db, self.id, id).await?.ok_or_else(AppError::not_found)
    }
}

/// The two people read their thread; an admin only where the two disagree or one has reported something.
pub(super) async fn may_read(
    ctx: &RequestContext,
    booking: &Booking,
    id: ObjectId,
    role: Role,
) -> Result<bool, AppError> {
    Ok(role != Role::Admin || rules::is_disputed(booking) || reports::is_reported(&ctx.kit.db, id).await?)
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    before: String,
}

/// `GET /bookings/{id}/messages?before=`: the latest messages, or those before one. The latest count as read then.
async fn show(ctx: RequestContext, Path(id): Path<String>, Query(Asked { before }): Query<Asked>) -> Response {
    match Thread::open(&ctx, &id).await {
        Ok(thread) => {
            let before = ObjectId::parse_str(before).ok();
            page(&ctx, &thread, before, StatusCode::OK, &Form::default()).await
        }
        Err(response) => response,
    }
}

/// `POST /bookings/{id}/messages` with `text`, `command_id` and up to four files named `photo`.
async fn post(ctx: PhotoContext, Path(id): Path<String>, multipart: Result<Multipart, MultipartRejection>) -> Response {
    let thread = match Thread::open(&ctx, &id).await {
        Ok(thread) => thread,
        Err(response) => return response,
    };
    let (photos, pairs) = match upload::read_all(multipart).await {
        Ok(sent) => sent,
        Err(error) => return answer(&thread.frame, &path(&id), error),
    };
    let mut form = Form::from_pairs(&pairs);
    let with_photos = !photos.is_empty();
    let new = NewMessage { command_id: form.get("command_id").into(), text: form.get("text").into(), photos };
    match send::send(&ctx, &thread.viewer, &thread.booking, thread.role, new).await {
        Ok(message) => see_other(&format!("{}#m-{}", path(&id), message.to_hex())),
        Err(error) if matches!(error.status, 409 | 422 | 429) => {
            let status = refused(&mut form, &error);
            if with_photos && form.problems().iter().all(|problem| problem.field != "photo") {
                // A browser does not let us put files back.
                form.problem("photo", "choose_again", "Choose the photos again before you send it.");
            }
            let kept: String = form.get("text").chars().take(KEPT_CHARACTERS).collect();
            form.set("text", kept);
            with_retry(page(&ctx, &thread, None, status, &form).await, Some(&error))
        }
        Err(error) => answer(&thread.frame, &path(&id), error),
    }
}

/// Draws a page of the thread. What is new in it counts as read afterwards.
async fn page(
    ctx: &RequestContext,
    thread: &Thread,
    before: Option<ObjectId>,
    status: StatusCode,
    form: &Form,
) -> Response {
    let (db, id, account) = (&ctx.kit.db, thread.id, thread.viewer.id.as_str());
    let found = tokio::try_join!(
        store::page(db, id, before, PAGE_SIZE),
        store::mark(db, id, account),
        reports::reported_by(db, id, account),
    );
    let ((messages, earlier), read, reported) = match found {
        Ok(found) => found,
        Err(error) => return answer(&thread.frame, &path(&thread.booking.id), error.into()),
    };
    // A browser that fetches ahead has shown nothing to anybody.
    let ahead = ctx.headers.get("sec-purpose").is_some();
    let last = messages.last().map(|message| message.id);
    let news = last.filter(|last| before.is_none() && !ahead && read.is_none_or(|read| read < *last));
    let shown = Shown { messages: &messages, earlier, before, read, reported: &reported, now: ctx.now };
    let response = draw::page(status, thread, &shown, form);
    if let Some(last) = news.filter(|_| thread.role != Role::Admin)
        && let Err(error) = mark_read(ctx, thread, last).await
    {
        return answer(&thread.frame, &path(&thread.booking.id), error);
    }
    response
}

async fn mark_read(ctx: &RequestContext, thread: &Thread, last: ObjectId) -> Result<(), AppError> {
    let (db, account) = (&ctx.kit.db, thread.viewer.id.as_str());
    let first = store::first_unread(db, thread.id, account).await?;
    store::set_read(db, thread.id, account, last).await?;
    if let Some(first) = first {
        notify::seen(db, thread.id, first, account, ctx.now).await?;
    }
    Ok(())
}

/// `GET /bookings/{id}/messages/{message}/photos/{number}/{size}.jpg`, counted from 1: only for those who may read the thread.
async fn photo(
    ctx: PhotoContext,
    Path((booking, message, number, file)): Path<(String, String, String, String)>,
) -> Response {
    let thread = match Thread::open(&ctx, &booking).await {
        Ok(thread) => thread,
        Err(response) => return response,
    };
    match jpeg(&ctx, &thread, &message, &number, &file).await {
        // Private, so no cache between us keeps it; it never changes.
        Ok(jpeg) => {
            let headers =
                [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=86400, immutable")];
            (headers, jpeg).into_response()
        }
        Err(error) => answer(&thread.frame, &path(&booking), error),
    }
}

async fn jpeg(
    ctx: &PhotoContext,
    thread: &Thread,
    message: &str,
    number: &str,
    file: &str,
) -> Result<axum::body::Bytes, AppError> {
    let size = file.strip_suffix(".jpg").and_then(|size| size.parse().ok()).ok_or_else(AppError::not_found)?;
    let message = thread.message(ctx, message).await?;
    let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).ok_or_else(AppError::not_found)?;
    let photo = message.photos.get(at).ok_or_else(AppError::not_found)?;
    ctx.photos.get(&photo.id, size).await?.ok_or_else(AppError::not_found)
}
