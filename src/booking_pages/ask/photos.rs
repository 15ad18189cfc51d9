//! Photos of the job: added to the draft one by one, before it is sent.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::model::AskDraft;
use super::pages::{Asked, path};
use super::{review, store};
use crate::booking_pages::ask::AskContext;
use crate::domain::photo::Photo;
use crate::error::{AppError, ErrorKind};
use crate::photos::address;
use crate::photos::upload::{self, Upload};
use crate::ui::form::Form;
use crate::ui::html::Html;
use crate::web::problem::answer;

/// The most photos of a job.
const MOST: usize = 5;

/// `POST /book/{slug}/photos`: adds the photo that comes with it, or takes away the one named by `remove`.
pub(super) async fn post(
    ctx: AskContext,
    Path(slug): Path<String>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Response {
    let asked = match Asked::load(&ctx, &slug).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let here = path(&slug);
    let draft = match review::load(&ctx, &asked).await {
        Ok(Some(draft)) => draft,
        Ok(None) => return Redirect::to(&here).into_response(),
        Err(error) => return answer(&asked.frame, &here, error),
    };
    let Upload { photo, mut form } = match upload::read(multipart).await {
        Ok(upload) => upload,
        Err(error) => return answer(&asked.frame, &here, error),
    };
    let done = match form.get("remove") {
        "" => add(&ctx, draft.clone(), photo).await,
        id => remove(&ctx, draft.clone(), id).await,
    };
    match done {
        Ok(()) => Redirect::to(&format!("{here}/review#photos")).into_response(),
        Err(error) if matches!(error.status, 409 | 422 | 429) => {
            let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            form.problem("photo", &error.code, error.message);
            review::draw(&ctx, asked, draft, form, status).await
        }
        Err(error) => answer(&asked.frame, &here, error),
    }
}

async fn add(ctx: &AskContext, mut draft: AskDraft, bytes: axum::body::Bytes) -> Result<(), AppError> {
    if bytes.is_empty() {
        return Err(upload::missing());
    }
    if draft.photos.len() >= MOST {
        let message = format!("A request has at most {MOST} photos. Take one away first.");
        return Err(AppError::new(ErrorKind::Conflict, "too_many_photos", message));
    }
    let stored = ctx.photos.put(bytes).await?;
    let alt = format!("Photo {} of the job", draft.photos.len() + 1);
    draft.photos.push(Photo { id: stored.id, alt, width: stored.width, height: stored.height });
    Ok(store::save(&ctx.kit.db, &draft).await?)
}

async fn remove(ctx: &AskContext, mut draft: AskDraft, id: &str) -> Result<(), AppError> {
    if draft.photos.iter().any(|photo| photo.id == id) {
        draft.photos.retain(|photo| photo.id != id);
        store::save(&ctx.kit.db, &draft).await?;
        ctx.photos.remove(id).await;
    }
    Ok(())
}

/// Draws the photos so far, and the form for one more.
pub(super) fn draw(html: &mut Html, slug: &str, draft: &AskDraft, form: &Form) {
    let action = format!("{}/photos", path(slug));
    let open = |html: &mut Html, class: &str| {
        html.raw("<form method=\"post\" enctype=\"multipart/form-data\"").attr("class", class).attr("action", &action);
        html.raw(">");
    };
    html.raw("<section class=\"card stack\" id=\"photos\" aria-labelledby=\"photos-title\">");
    html.raw("<h2 class=\"eyebrow\" id=\"photos-title\">Photos of the job</h2>");
    for photo in &draft.photos {
        open(html, "row");
        html.raw("<img class=\"thumb\"").attr("src", &address(&photo.id, 320)).attr("alt", &photo.alt).raw(">");
        html.raw("<button class=\"btn\" name=\"remove\"").attr("value", &photo.id);
        html.attr("aria-label", &format!("Take away: {}", photo.alt)).raw(">Take away</button></form>");
    }
    if draft.photos.len() < MOST {
        open(html, "stack");
        let problem = form.problems().iter().find(|problem| problem.field == "photo");
        html.raw("<div class=\"field\"><label for=\"photo\">Add a photo</label>");
        html.raw("<p class=\"hint\" id=\"photo-hint\">JPEG, PNG or WebP, at most 10 MB. It helps the provider to be right.</p>");
        html.raw("<input class=\"control\" type=\"file\" id=\"photo\" name=\"photo\" accept=\"image/jpeg,image/png,image/webp\"");
        html.raw(" aria-describedby=\"photo-hint photo-problem\"").flag("aria-invalid=\"true\"", problem.is_some());
        html.raw("><p class=\"problem\" id=\"photo-problem\"").flag("hidden", problem.is_none()).raw(">");
        html.text(problem.map_or("", |problem| &problem.message))
            .raw("</p></div><button class=\"btn\">Add</button></form>");
    }
    html.raw("</section>");
}
