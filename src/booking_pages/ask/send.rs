//! Sending: the draft becomes a booking, and the machine does the rest. However often it is sent, it is done once.

use std::collections::BTreeMap;

use axum::extract::Form as Posted;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::asked::{Asked, path};
use super::model::{AskDraft, LINK_HOURS};
use super::review::{self, SENDING};
use super::{draft, store};
use crate::booking::machine::aggregate::Party;
use crate::booking::machine::{Booking, names};
use crate::booking::perform::{self, PerformRequest};
use crate::booking::schema::BookingView;
use crate::booking::store::{self as bookings, PutDraft};
use crate::booking_pages::ask::AskContext;
use crate::catalogue::model::ServiceDocument;
use crate::domain::limit::hours;
use crate::error::{AppError, ErrorKind};
use crate::ids;
use crate::ui::form::Form;
use crate::web::plain;
use crate::web::viewer::Viewer;

/// How many references are drawn before sending fails: of 32^6 each is free but for those of other bookings.
const DRAWS: usize = 5;

/// `POST /book/{slug}/send`
pub(super) async fn post(
    ctx: AskContext,
    asked: Asked,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let slug = asked.service.slug.as_str();
    let Some(viewer) = asked.page.viewer.clone() else {
        return Err(AppError::sign_in_needed().returning_to(&format!("{}/review", path(slug))));
    };
    let mut form = Form::from_pairs(&pairs);
    let Some(draft) = review::load(&ctx, &asked).await? else {
        // Sent before: a second press, or the way back.
        return Ok(sent_before(&ctx, &viewer, form.get("draft"), slug).await);
    };
    if form.get("version") != asked.service.version.to_string() {
        form.problem(
            "message",
            "service_changed",
            "The provider has changed this service meanwhile. Look at it once more.",
        );
        return review::page(&ctx, asked, draft, form, StatusCode::CONFLICT).await;
    }
    let action = SENDING.into_iter().find(|name| *name == form.get("action")).unwrap_or(names::REQUEST);
    match send(&ctx, &viewer, &draft, &asked.service, action, form.get("message")).await {
        Ok(view) => Ok(Redirect::to(&format!("/bookings/{}?done={action}#status", view.id)).into_response()),
        Err(error) if matches!(error.status, 409 | 422) => {
            let status = plain::status(&error);
            form.problem("message", &error.code, explain(&error));
            review::page(&ctx, asked, draft, form, status).await
        }
        Err(error) => Err(error),
    }
}

/// Makes the booking of a draft and sends it.
///
/// # Errors
/// 409 when the rules say no or the time is taken, 422 for a bad message, 503. The draft is there as before.
pub(super) async fn send(
    ctx: &AskContext,
    viewer: &Viewer,
    draft: &AskDraft,
    service: &ServiceDocument,
    action: &str,
    message: &str,
) -> Result<BookingView, AppError> {
    let db = &ctx.kit.db;
    let party = Party { id: viewer.id.clone(), name: viewer.name.clone() };
    let code = ids::fresh_start_code();
    for _ in 0..DRAWS {
        let reference = ids::fresh_reference();
        let booking = draft::booking(draft, service, party.clone(), reference, code.clone(), ctx.now);
        match bookings::put_draft(db, &booking).await? {
            PutDraft::Written => return ask(ctx, viewer, draft, &booking, action, message).await,
            PutDraft::MovedOn => {
                // This draft was sent.
                store::remove(db, draft.id).await?;
                return perform::load_view(ctx, viewer, &booking.id).await;
            }
            PutDraft::ReferenceTaken => {}
        }
    }
    Err(AppError::fault())
}

/// Sends a booking that was just made of a draft.
async fn ask(
    ctx: &AskContext,
    viewer: &Viewer,
    draft: &AskDraft,
    booking: &Booking,
    action: &str,
    message: &str,
) -> Result<BookingView, AppError> {
    let db = &ctx.kit.db;
    let request = PerformRequest {
        booking_id: booking.id.clone(),
        action_name: action.into(),
        version: booking.version,
        command_id: format!("ask-{}", booking.id),
        inputs: BTreeMap::from([("message".into(), message.into())]),
    };
    match perform::perform(ctx, viewer, request).await {
        Ok(view) => {
            // What is left of both is found and removed by time alone, should this not come to pass.
            store::remove(db, draft.id).await?;
            bookings::release(db, draft.id).await?;
            Ok(view)
        }
        Err(error) => {
            // Nothing was sent: the draft alone remains.
            bookings::remove_draft(db, draft.id).await?;
            Err(error)
        }
    }
}

/// What a refusal says, with the times that are free instead.
fn explain(error: &AppError) -> String {
    let mut sentences: Vec<&str> = vec![&error.message];
    sentences.extend(error.denials.iter().map(|denial| denial.message.as_str()).filter(|text| *text != error.message));
    let free = (!error.alternatives.is_empty()).then(|| format!("Free instead: {}.", error.alternatives.join("; ")));
    sentences.extend(free.as_deref());
    sentences.join(" ")
}

async fn sent_before(ctx: &AskContext, viewer: &Viewer, draft: &str, slug: &str) -> Response {
    let to = match perform::load_view(ctx, viewer, draft).await {
        Ok(view) => format!("/bookings/{}#status", view.id),
        Err(_) => path(slug),
    };
    Redirect::to(&to).into_response()
}

/// The link was used, or the time is over.
pub(super) fn link_over() -> AppError {
    let message = format!(
        "This link was used before, or it is older than {}. If you have sent the request, sign in to see it; otherwise ask again.",
        hours(LINK_HOURS)
    );
    AppError::new(ErrorKind::NotFound, "link_over", message)
}
