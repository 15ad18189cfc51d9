//! Asking in one go, for programs: everything a draft holds comes with the call.

use mongodb::bson::oid::ObjectId;
use sha2::{Digest, Sha256};

use super::asked::{Asked, offered};
use super::{draft, picker, send};
use crate::booking::machine::Status;
use crate::booking::machine::guards::SLOT_TAKEN;
use crate::booking::machine::names;
use crate::booking::perform;
use crate::booking::schema::BookingView;
use crate::booking_pages::ask::AskContext;
use crate::error::{AppError, ErrorKind};
use crate::ui::form::Form;
use crate::web::PageContext;
use crate::web::viewer::Viewer;

/// Sends a request for a service, once however often it comes with one `command_id`. The fields are those of the pages:
/// `service` (its address), `starts_at`, `street`, `locality`, `locality_id`, `details`, `message`.
///
/// # Errors
/// 404 when the service is not offered, 409 when the rules say no or the time is taken (with three that are free), 422.
pub async fn request(
    ctx: &AskContext,
    viewer: &Viewer,
    command_id: &str,
    fields: &[(String, String)],
) -> Result<BookingView, AppError> {
    let mut form = Form::from_pairs(fields);
    let (service, provider) = offered(&ctx.kit.db, form.get("service")).await?;
    let id = id_of(viewer, command_id);
    if let Ok(view) = perform::load_view(ctx, viewer, &id.to_hex()).await.as_ref()
        && view.status != Status::Draft
    {
        return Ok(view.clone());
    }
    let Some(wanted) = draft::read(&mut form, &service) else {
        return Err(AppError::bad_input(form.problems().to_vec()));
    };
    let page = PageContext { viewer: Some(viewer.clone()), ..PageContext::default() };
    let asked = Asked { page, service, provider };
    let mut draft = wanted.draft(None, String::new(), String::new(), &asked.service, ctx.now);
    draft.id = id;
    if !picker::is_free(ctx, &asked, Some(id), draft.starts_at).await? {
        let free = picker::next_free(ctx, &asked, Some(id), draft.starts_at).await?;
        let alternatives = free.into_iter().map(|at| at.text(&asked.service.zone)).collect();
        let message = "This time is not free. Choose another one.";
        return Err(AppError { alternatives, ..AppError::new(ErrorKind::Conflict, SLOT_TAKEN, message) });
    }
    send::send(ctx, viewer, &draft, &asked.service, names::REQUEST, form.get("message")).await
}

/// The booking's id follows from who asks and their key, so that the same call twice is one booking.
fn id_of(viewer: &Viewer, command_id: &str) -> ObjectId {
    let digest = Sha256::digest(format!("request {} {command_id}", viewer.id));
    let mut bytes = [0; 12];
    bytes.iter_mut().zip(digest).for_each(|(byte, random)| *byte = random);
    ObjectId::from_bytes(bytes)
}
