//! The pages of bookings: what is loaded, what is answered. The child modules render it.

mod action;
pub mod api;
pub mod ask;
mod detail;
mod evidence;
pub mod form;
mod list;
pub mod machine_page;

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::booking::context::BookingContext;
use crate::booking::machine::Role;
use crate::booking::machine::reading::MAX_TEXT_CHARACTERS;
use crate::booking::perform::{self, PerformRequest};
use crate::booking::store::Loaded;
use crate::calendar;
use crate::domain::limit::thousands;
use crate::error::{AppError, ErrorKind};
use crate::message;
use crate::notice;
use crate::web::PageContext;
use crate::web::guard::SignedIn;
use crate::web::shell::respond;

pub use action::{ActionPage, render as render_action};
pub use detail::{DetailPage, head as detail_head, render as render_detail};
pub use evidence::{act as act_with_photos, back_to_action};
pub use list::{ListFilter, head as list_head, render as render_list};

crate::web::context::context! {
    /// What a handler of an action with photos knows.
    pub struct EvidenceContext: BookingContext {
        /// Takes and keeps photos.
        photos: crate::photos::Photos,
    }
}

/// `GET /bookings`
pub async fn list(
    ctx: BookingContext,
    SignedIn { page, viewer }: SignedIn,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, AppError> {
    let filter = ListFilter::from_query(&query);
    let (status, role) = (filter.status.as_deref(), filter.role.as_deref());
    let (found, talks) = perform::list(&ctx, &viewer, status, role, filter.cursor.as_deref()).await?;
    Ok(respond(StatusCode::OK, &page, list::head(), move || list::render(found, filter, &talks)))
}

/// `GET /bookings/{id}`; `?done=accept` says what was done, if it really was the last thing. With `.ics` after the id it is
/// the file for a calendar: a router matches whole segments only.
pub async fn detail(
    ctx: BookingContext,
    SignedIn { mut page, viewer }: SignedIn,
    Path(booking_id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, AppError> {
    if let Some(id) = booking_id.strip_suffix(".ics") {
        return calendar::pages::booking(&ctx, &viewer, id).await;
    }
    let (Loaded { booking, talk, .. }, view) = perform::load_with_view(&ctx, &viewer, &booking_id).await?;
    let talk = message::card(&ctx, &viewer, &booking, &talk).await?;
    notice::read::seen(&ctx, &mut page, &viewer, &view.id);
    let role = booking.role_of(&viewer.id, viewer.is_admin).unwrap_or(Role::Admin);
    let last = view.history.last();
    let done = last.filter(|event| query.get("done") == Some(&event.action_name)).map(|event| event.note.clone());
    let head = detail_head(&view);
    let shown = DetailPage { booking, role, view, done: done.unwrap_or_default(), talk };
    Ok(respond(StatusCode::OK, &page, head, move || render_detail(shown)))
}

/// `GET /bookings/{id}/actions/{name}`: one action, its consequence and its fields.
pub async fn action(
    ctx: BookingContext,
    SignedIn { page, viewer }: SignedIn,
    Path((booking_id, action_name)): Path<(String, String)>,
) -> Result<Response, AppError> {
    if ctx.table.row(&action_name).is_none() {
        return Err(AppError::not_found());
    }
    let view = perform::load_view(&ctx, &viewer, &booking_id).await?;
    Ok(show(&page, ActionPage { view, action_name, inputs: BTreeMap::new(), error: None }))
}

/// `POST /bookings/{id}/actions/{name}`: does it, and goes on to the booking; or says why not with all that was typed.
pub async fn act(
    ctx: BookingContext,
    Path((booking_id, action_name)): Path<(String, String)>,
    signed_in: Result<SignedIn, AppError>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, AppError> {
    let return_to = format!("/bookings/{booking_id}");
    let SignedIn { page, viewer } = signed_in.map_err(|error| error.returning_to(&return_to))?;
    let Form(pairs) = form.map_err(|rejection| unreadable(&rejection))?;
    let sent = form::read(&pairs);
    let result = match sent.problem {
        Some(problem) => Err(problem),
        None => {
            let request = PerformRequest {
                booking_id: booking_id.clone(),
                action_name: action_name.clone(),
                version: sent.version,
                command_id: sent.command_id,
                inputs: sent.inputs.clone(),
            };
            perform::perform(&ctx, &viewer, request).await
        }
    };
    let mut error = match result {
        Ok(_) => return Ok(Redirect::to(&format!("{return_to}?done={action_name}#status")).into_response()),
        Err(error) if matches!(error.status, 409 | 422) => error,
        Err(error) => return Err(error),
    };
    let view = match error.booking.take().map(serde_json::from_value) {
        Some(view) => view.map_err(|_| AppError::fault())?,
        None => perform::load_view(&ctx, &viewer, &booking_id).await?,
    };
    Ok(show(&page, ActionPage { view, action_name, inputs: sent.inputs, error: Some(error) }))
}

/// A body that is no form, too large, or not what a browser sends.
fn unreadable(rejection: &FormRejection) -> AppError {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => AppError::new(
            ErrorKind::TooLarge,
            "too_large",
            format!("The form is too large. A text has at most {} characters.", thousands(MAX_TEXT_CHARACTERS)),
        ),
        status => {
            let message =
                "The form could not be read. Send it as a browser does, as application/x-www-form-urlencoded.";
            AppError { status: status.as_u16(), ..AppError::new(ErrorKind::BadInput, "bad_form", message) }
        }
    }
}

fn show(context: &PageContext, page: ActionPage) -> Response {
    let (status, head) = (page.status(), page.head());
    respond(status, context, head, move || action::render(page))
}
