//! Actions that come with photos: the photos are kept first, and forgotten again if nothing comes of the action.

use axum::body::Bytes;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Redirect, Response};

use super::EvidenceContext;
use super::{ActionPage, form, show};
use crate::booking::bar::form::action_path;
use crate::booking::machine::inputs::MAX_PHOTOS;
use crate::booking::perform::{self, PerformRequest};
use crate::error::AppError;
use crate::photos::upload;
use crate::web::guard::SignedIn;
use crate::web::viewer::Viewer;

/// `GET` of the same: whoever reloads the answer to the form comes back to it.
pub async fn back_to_action(Path((booking_id, action_name)): Path<(String, String)>) -> Redirect {
    Redirect::to(&action_path(&booking_id, &action_name))
}

/// `POST /bookings/{id}/actions/{name}/photos`: as the action without photos, and those that came with it.
pub async fn act(
    ctx: EvidenceContext,
    Path((booking_id, action_name)): Path<(String, String)>,
    signed_in: Result<SignedIn, AppError>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, AppError> {
    let return_to = format!("/bookings/{booking_id}");
    let SignedIn { page, viewer } = signed_in.map_err(|error| error.returning_to(&return_to))?;
    let (photos, pairs) = upload::read_all(multipart).await?;
    let mut sent = form::read(&pairs);
    let request = PerformRequest {
        booking_id: booking_id.clone(),
        action_name: action_name.clone(),
        version: sent.version,
        command_id: sent.command_id.clone(),
        inputs: sent.inputs.clone(),
    };
    let done = match sent.problem.take() {
        Some(problem) => Err(problem),
        None => once(&ctx, &viewer, request, photos).await,
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{return_to}?done={action_name}#status")).into_response()),
        Err(error) if matches!(error.status, 409 | 422 | 429) => {
            let view = perform::load_view(&ctx, &viewer, &booking_id).await?;
            Ok(show(&page, ActionPage { view, action_name, inputs: sent.inputs, error: Some(error) }))
        }
        Err(error) => Err(error),
    }
}

/// Does it once, however often it is sent: what was done before is not looked at again, and keeps its photos.
async fn once(
    ctx: &EvidenceContext,
    viewer: &Viewer,
    mut request: PerformRequest,
    photos: Vec<Bytes>,
) -> Result<(), AppError> {
    if photos.len() > MAX_PHOTOS {
        let message = format!("You chose {} photos. Send at most {MAX_PHOTOS}.", photos.len());
        return Err(AppError::bad_field("photos", "bad_photos", message));
    }
    let (id, command) = (request.booking_id.clone(), request.command_id.clone());
    if perform::was_done(ctx, viewer, &id, &command).await? {
        return Ok(());
    }
    let kept = keep(ctx, photos).await?;
    if !kept.is_empty() {
        request.inputs.insert("photos".into(), kept.join(" "));
    }
    match perform::perform(ctx, viewer, request).await {
        Ok(_) => Ok(()),
        Err(error) => {
            forget(ctx, &kept).await;
            // The same form may have been faster, with photos of its own.
            if perform::was_done(ctx, viewer, &id, &command).await? { Ok(()) } else { Err(error) }
        }
    }
}

/// Keeps the photos, all of them or none.
async fn keep(ctx: &EvidenceContext, photos: Vec<Bytes>) -> Result<Vec<String>, AppError> {
    let mut kept = Vec::new();
    for bytes in photos {
        match ctx.photos.put(bytes).await {
            Ok(stored) => kept.push(stored.id),
            Err(mut error) => {
                forget(ctx, &kept).await;
                // The field has the name of all of them.
                error.field = error.field.map(|_| "photos".into());
                error.fields.iter_mut().for_each(|problem| problem.field = "photos".into());
                return Err(error);
            }
        }
    }
    Ok(kept)
}

async fn forget(ctx: &EvidenceContext, photos: &[String]) {
    for id in photos {
        ctx.photos.remove(id).await;
    }
}
