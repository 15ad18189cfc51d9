//! Photos of the job: added to the draft one by one, before it is sent.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::response::{IntoResponse, Redirect, Response};

use super::asked::{Asked, path};
use super::model::{AskDraft, MOST_PHOTOS};
use super::{review, store};
use crate::booking_pages::ask::AskContext;
use crate::domain::photo::Photo;
use crate::error::{AppError, ErrorKind};
use crate::photos::upload::{self, Upload};
use crate::web::plain;

/// `POST /book/{slug}/photos`: adds the photo that comes with it, or takes away the one named by `remove`.
pub(super) async fn post(
    ctx: AskContext,
    asked: Asked,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, AppError> {
    let form_path = path(&asked.service.slug);
    let Some(draft) = review::load(&ctx, &asked).await? else {
        return Ok(Redirect::to(&form_path).into_response());
    };
    let Upload { photo, mut form } = upload::read(multipart).await?;
    let done = match form.get("remove") {
        "" => add(&ctx, draft.clone(), photo).await,
        id => remove(&ctx, draft.clone(), id).await,
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{form_path}/review#photos")).into_response()),
        Err(error) if matches!(error.status, 409 | 422 | 429) => {
            let status = plain::status(&error);
            form.problem("photo", &error.code, error.message);
            review::page(&ctx, asked, draft, form, status).await
        }
        Err(error) => Err(error),
    }
}

async fn add(ctx: &AskContext, mut draft: AskDraft, bytes: axum::body::Bytes) -> Result<(), AppError> {
    if bytes.is_empty() {
        return Err(upload::missing());
    }
    if draft.photos.len() >= MOST_PHOTOS {
        let message = format!("A request has at most {MOST_PHOTOS} photos. Take one away first.");
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
