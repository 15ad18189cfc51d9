//! `/bookings/{id}/messages`: the thread, writing, and the photos in it.

use axum::Router;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, FromRef, Multipart, Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use super::access::{Thread, path};
use super::report::{admin, pages as report_pages, store as reports};
use super::rules::KEPT_CHARACTERS;
use super::send::{self, NewMessage};
use super::view::{self, Shown};
use super::{notify, store};
use crate::booking::machine::Role;
use crate::error::AppError;
use crate::photos::PhotoContext;
use crate::photos::Photos;
use crate::photos::upload;
use crate::ui::form::Form;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::plain::{refused, see_other, with_retry};

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

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    before: String,
}

/// `GET /bookings/{id}/messages?before=`: the latest messages, or those before one. The latest count as read then.
async fn show(
    ctx: RequestContext,
    thread: Thread,
    Query(Asked { before }): Query<Asked>,
) -> Result<Response, AppError> {
    page(&ctx, &thread, ObjectId::parse_str(before).ok(), StatusCode::OK, &Form::default()).await
}

/// `POST /bookings/{id}/messages` with `text`, `command_id` and up to four files named `photo`.
async fn post(
    ctx: PhotoContext,
    thread: Thread,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, AppError> {
    let (photos, pairs) = upload::read_all(multipart).await?;
    let mut form = Form::from_pairs(&pairs);
    let with_photos = !photos.is_empty();
    let new = NewMessage { command_id: form.get("command_id").into(), text: form.get("text").into(), photos };
    match send::send(&ctx, &thread.viewer, &thread.booking, thread.role, new).await {
        Ok(message) => Ok(see_other(&format!("{}#m-{}", path(&thread.booking.id), message.to_hex()))),
        Err(error) if matches!(error.status, 409 | 422 | 429) => {
            let status = refused(&mut form, &error);
            if with_photos && form.problems().iter().all(|problem| problem.field != "photo") {
                // A browser does not let us put files back.
                form.problem("photo", "choose_again", "Choose the photos again before you send it.");
            }
            let kept: String = form.get("text").chars().take(KEPT_CHARACTERS).collect();
            form.set("text", kept);
            Ok(with_retry(page(&ctx, &thread, None, status, &form).await?, Some(&error)))
        }
        Err(error) => Err(error),
    }
}

/// Renders a page of the thread. What is new in it counts as read afterwards.
async fn page(
    ctx: &RequestContext,
    thread: &Thread,
    before: Option<ObjectId>,
    status: StatusCode,
    form: &Form,
) -> Result<Response, AppError> {
    let (db, id, account) = (&ctx.kit.db, thread.id, thread.viewer.id.as_str());
    let ((messages, earlier), read, reported) = tokio::try_join!(
        store::page(db, id, before, PAGE_SIZE),
        store::mark(db, id, account),
        reports::reported_by(db, id, account),
    )?;
    // Whoever takes part and has read nothing yet begins before the first message.
    let read = read.or_else(|| (thread.role != Role::Admin).then(|| ObjectId::from_bytes([0; 12])));
    // A browser that fetches ahead has shown nothing to anybody.
    let ahead = ctx.headers.get("sec-purpose").is_some();
    let last = messages.last().map(|message| message.id);
    let news = last.filter(|last| before.is_none() && !ahead && read.is_none_or(|read| read < *last));
    let shown = Shown { messages: &messages, earlier, before, read, reported: &reported, now: ctx.now };
    let response = view::page(status, thread, &shown, form);
    if let Some(last) = news.filter(|_| thread.role != Role::Admin) {
        mark_read(ctx, thread, last).await?;
    }
    Ok(response)
}

async fn mark_read(ctx: &RequestContext, thread: &Thread, last: ObjectId) -> Result<(), AppError> {
    let (db, account) = (&ctx.kit.db, thread.viewer.id.as_str());
    let first = store::first_unread(db, thread.id, account).await?;
    store::set_read(db, thread.id, account, thread.role, last).await?;
    if let Some(first) = first {
        notify::seen(db, thread.id, first, account, ctx.now).await?;
    }
    Ok(())
}

/// `GET /bookings/{id}/messages/{message}/photos/{number}/{size}.jpg`, counted from 1: only for those who may read the thread.
async fn photo(
    ctx: PhotoContext,
    thread: Thread,
    Path((_, message, number, file)): Path<(String, String, String, String)>,
) -> Result<Response, AppError> {
    let jpeg = jpeg(&ctx, &thread, &message, &number, &file).await?;
    // Private, so no cache between us keeps it; it never changes.
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=86400, immutable")];
    Ok((headers, jpeg).into_response())
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
