//! The pages of bookings: what is loaded, what is answered. The drawing is in the children.

mod action;
pub mod api;
pub mod ask;
mod detail;
mod evidence;
mod form;
mod list;
pub mod machine_page;

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

pub use action::{ActionPage, draw as draw_action};
pub use detail::{DetailPage, draw as draw_detail, head as detail_head};
pub use evidence::{act as act_with_photos, back_to_action};
pub use list::{ListFilter, draw as draw_list, head as list_head};

use crate::booking::bar::form::action_path;
use crate::booking::context::BookingContext;
use crate::booking::machine::Role;
use crate::booking::perform::{self, PerformRequest};
use crate::calendar;
use crate::error::{AppError, ErrorKind};
use crate::message;
use crate::notice;
use crate::web::problem::answer;
use crate::web::shell::{PageContext, respond};

crate::web::context::context! {
    /// What a handler of an action with photos knows.
    pub struct EvidenceContext: BookingContext {
        /// Takes and keeps photos.
        photos: crate::photos::Photos,
    }
}

/// `GET /bookings`
pub async fn list(ctx: BookingContext, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let (frame, viewer) = match PageContext::require(&ctx, "/bookings").await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let filter = ListFilter::from_query(&query);
    let (status, role) = (filter.status.as_deref(), filter.role.as_deref());
    let loaded = async {
        let page = perform::list(&ctx, &viewer, status, role, filter.cursor.as_deref()).await?;
        let unread = message::unread(&ctx, &viewer, page.bookings.iter().map(|booking| booking.id.as_str())).await?;
        Ok::<_, AppError>((page, unread))
    };
    match loaded.await {
        Ok((page, unread)) => respond(StatusCode::OK, &frame, list::head(), move || list::draw(page, filter, &unread)),
        Err(error) => answer(&frame, "/bookings", error),
    }
}

/// `GET /bookings/{id}`; `?done=accept` says what was done, if it really was the last thing. With `.ics` after the id it is
/// the file for a calendar: a router tells whole segments apart only.
pub async fn detail(
    ctx: BookingContext,
    Path(booking_id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    if let Some(id) = booking_id.strip_suffix(".ics") {
        return calendar::pages::booking(&ctx, id).await;
    }
    let here = format!("/bookings/{booking_id}");
    let (mut frame, viewer) = match PageContext::require(&ctx, &here).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let loaded = async {
        let (booking, view) = perform::load_with_view(&ctx, &viewer, &booking_id).await?;
        let talk = message::card(&ctx, &viewer, &booking).await?;
        Ok::<_, AppError>((booking, view, talk))
    };
    let (booking, view, talk) = match loaded.await {
        Ok(loaded) => loaded,
        Err(error) => return answer(&frame, &here, error),
    };
    notice::read::seen(&ctx, &mut frame, &viewer, &view.id).await;
    let role = booking.role_of(&viewer.id, viewer.is_admin).unwrap_or(Role::Admin);
    let last = view.history.last();
    let done = last.filter(|event| query.get("done") == Some(&event.action_name)).map(|event| event.note.clone());
    let head = detail_head(&view);
    let page = DetailPage { booking, role, view, done: done.unwrap_or_default(), talk };
    respond(StatusCode::OK, &frame, head, move || draw_detail(page))
}

/// `GET /bookings/{id}/actions/{name}`: one action, its consequence and its fields.
pub async fn action(ctx: BookingContext, Path((booking_id, action_name)): Path<(String, String)>) -> Response {
    let here = action_path(&booking_id, &action_name);
    let (frame, viewer) = match PageContext::require(&ctx, &here).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    if ctx.table.row(&action_name).is_none() {
        return answer(&frame, &here, AppError::not_found());
    }
    match perform::load_view(&ctx, &viewer, &booking_id).await {
        Ok(view) => show(&frame, ActionPage { view, action_name, inputs: BTreeMap::new(), error: None }),
        Err(error) => answer(&frame, &here, error),
    }
}

/// `POST /bookings/{id}/actions/{name}`: does it, and goes on to the booking; or says why not with all that was typed.
pub async fn act(
    ctx: BookingContext,
    Path((booking_id, action_name)): Path<(String, String)>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let here = format!("/bookings/{booking_id}");
    let (frame, viewer) = match PageContext::require(&ctx, &here).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let pairs = match form {
        Ok(Form(pairs)) => pairs,
        Err(rejection) => return answer(&frame, &here, unreadable(&rejection)),
    };
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
        Ok(_) => return Redirect::to(&format!("{here}?done={action_name}#status")).into_response(),
        Err(error) if matches!(error.status, 409 | 422) => error,
        Err(error) => return answer(&frame, &here, error),
    };
    let fresh = match error.booking.take().map(serde_json::from_value) {
        Some(view) => view.map_err(|_| AppError::fault()),
        None => perform::load_view(&ctx, &viewer, &booking_id).await,
    };
    match fresh {
        Ok(view) => show(&frame, ActionPage { view, action_name, inputs: sent.inputs, error: Some(error) }),
        Err(error) => answer(&frame, &here, error),
    }
}

/// A body that is no form, too large, or not what a browser sends.
fn unreadable(rejection: &FormRejection) -> AppError {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => AppError::new(
            ErrorKind::TooLarge,
            "too_large",
            "The form is too large. A text has at most 2,000 characters.",
        ),
        status => {
            let message =
                "The form could not be read. Send it as a browser does, as application/x-www-form-urlencoded.";
            AppError { status: status.as_u16(), ..AppError::new(ErrorKind::BadInput, "bad_form", message) }
        }
    }
}

fn show(frame: &PageContext, page: ActionPage) -> Response {
    let status = page.status();
    let head = page.head();
    respond(status, frame, head, move || action::draw(page))
}
