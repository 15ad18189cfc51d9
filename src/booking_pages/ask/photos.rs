//! Photos of the job: added to the draft one by one, before it is sent.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use super::model::AskDraft;
use super::pages::{Asked, path};
use super::{review, store};
use crate::booking_pages::ask::AskContext;
use crate::domain::photo::Photo;
use crate::error::{AppError, ErrorKind};
use crate::photos::address;
use crate::photos::upload::{self, Upload};
use crate::ui::form::Form;

/// The most photos of a job.
const MOST: usize = 5;

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
            let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
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

/// The photos so far, and the form for one more.
pub(super) fn render(slug: &str, draft: &AskDraft, form: &Form) -> AnyView {
    let action = format!("{}/photos", path(slug));
    let photo = |photo: &Photo| {
        let (id, label) = (photo.id.clone(), format!("Take away: {}", photo.alt));
        view! {
            <form method="post" enctype="multipart/form-data" class="row" action=action.clone()>
                <img class="thumb" src=address(&photo.id, 320) alt=photo.alt.clone() />
                <button class="btn" name="remove" value=id aria-label=label>"Take away"</button>
            </form>
        }
    };
    let hint = "JPEG, PNG or WebP, at most 10 MB. It helps the provider to be right.";
    let one_more = (draft.photos.len() < MOST).then(|| {
        view! {
            <form method="post" enctype="multipart/form-data" class="stack" action=action.clone()>
                {upload::render_field(form, "Add a photo", hint, false)}
                <button class="btn">"Add"</button>
            </form>
        }
    });
    view! {
        <section class="card stack" id="photos" aria-labelledby="photos-title">
            <h2 class="eyebrow" id="photos-title">"Photos of the job"</h2>
            {draft.photos.iter().map(photo).collect_view()}
            {one_more}
        </section>
    }
    .into_any()
}
