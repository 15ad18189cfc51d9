//! The photos of a service: add one, say what it shows, move it, take it away.

mod view;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::own::{LIST, Sent, own_service, sent};
use crate::catalogue::model::ServiceDocument;
use crate::catalogue::store::{self, MAX_PHOTOS, Seen};
use crate::domain::photo::Photo;
use crate::error::{AppError, ErrorKind};
use crate::photos::PhotoContext;
use crate::photos::upload::{self, Upload};
use crate::provider::guard::OwnProvider;
use crate::ui::form::Form;
use crate::web::plain;
use view::page;

/// The most characters of the words for a photo.
const MAX_ALT_CHARACTERS: usize = 200;

/// `GET /provider/services/{id}/photos`
pub async fn show(ctx: PhotoContext, own: OwnProvider, Path(id): Path<String>) -> Result<Response, AppError> {
    let service = own_service(&ctx, &own, &id).await?;
    Ok(page(StatusCode::OK, &own.page, &service, &Form::default()))
}

/// `POST /provider/services/{id}/photos`: one photo, as `multipart/form-data`.
pub async fn upload(
    ctx: PhotoContext,
    own: OwnProvider,
    Path(id): Path<String>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, AppError> {
    let service = own_service(&ctx, &own, &id).await?;
    let Upload { photo, mut form } = upload::read(multipart).await?;
    let alt = alt_text(&mut form, &service);
    if photo.is_empty() {
        form.refuse(&upload::missing());
    }
    if !form.is_fine() {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &own.page, &service, &form));
    }
    match add(&ctx, &service, photo, alt).await {
        Ok(()) => Ok(back(&service)),
        Err(error) if matches!(error.status, 409 | 422 | 429) => {
            form.refuse(&error);
            Ok(page(plain::status(&error), &own.page, &service, &form))
        }
        Err(error) => Err(error),
    }
}

async fn add(
    ctx: &PhotoContext,
    service: &ServiceDocument,
    bytes: axum::body::Bytes,
    alt: String,
) -> Result<(), AppError> {
    let full = || {
        let message = format!("A service has at most {MAX_PHOTOS} photos. Take one away first.");
        AppError::new(ErrorKind::Conflict, "too_many_photos", message)
    };
    if service.photos.len() >= MAX_PHOTOS {
        return Err(full());
    }
    let photos = &ctx.photos;
    let stored = photos.put(bytes).await?;
    let photo = Photo { id: stored.id, alt, width: stored.width, height: stored.height };
    let added = store::add_photo(&ctx.kit.db, service.provider_id, service.id, &photo, ctx.now).await;
    match added {
        Ok(Some(_)) => Ok(()),
        // Nobody will ever ask for it.
        Ok(None) => {
            photos.remove(&photo.id).await;
            Err(full())
        }
        Err(error) => {
            photos.remove(&photo.id).await;
            Err(error.into())
        }
    }
}

/// `POST /provider/services/{id}/photos/{photo}` with `do=up|down|remove|alt`.
pub async fn change(
    ctx: PhotoContext,
    own: OwnProvider,
    Path((id, photo)): Path<(String, String)>,
    pairs: Sent,
) -> Result<Response, AppError> {
    let service = own_service(&ctx, &own, &id).await?;
    let mut form = sent(pairs);
    let Some(at) = service.photos.iter().position(|one| one.id == photo) else {
        // Taken away already, in another tab or by pressing twice.
        return Ok(back(&service));
    };
    let alt = alt_text(&mut form, &service);
    if !form.is_fine() {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &own.page, &service, &form));
    }
    let mut photos = service.photos.clone();
    match form.get("do") {
        "up" if at > 0 => photos.swap(at - 1, at),
        "down" if at + 1 < photos.len() => photos.swap(at, at + 1),
        "remove" => drop(photos.remove(at)),
        "alt" => photos[at].alt = alt,
        _ => return Ok(back(&service)),
    }
    let version = form.get("version").parse().unwrap_or(-1);
    let seen = Seen { provider_id: service.provider_id, id: service.id, version };
    if store::set_photos(&ctx.kit.db, seen, &photos, ctx.now).await?.is_some() {
        if form.get("do") == "remove" {
            ctx.photos.remove(&photo).await;
        }
        return Ok(back(&service));
    }
    let message = "The photos were changed meanwhile. This is how they are now: repeat what you wanted.";
    let mut form = Form::default();
    form.refuse(&AppError::new(ErrorKind::Conflict, "stale", message));
    Ok(page(StatusCode::CONFLICT, &own.page, &service, &form))
}

/// What a photo shows: what was typed, or else which photo of what it is.
fn alt_text(form: &mut Form, service: &ServiceDocument) -> String {
    let typed = form.text("alt", "What it shows", false, MAX_ALT_CHARACTERS);
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if typed.is_empty() { format!("{}, photo {}", service.title, service.photos.len() + 1) } else { typed }
}

fn back(service: &ServiceDocument) -> Response {
    Redirect::to(&format!("{LIST}/{}/photos", service.id.to_hex())).into_response()
}
