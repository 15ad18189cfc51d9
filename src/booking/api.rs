//! The server functions of bookings: authenticate, call, answer. Stable addresses below `/api/`.
#![expect(missing_docs, reason = "the macro turns each function's arguments into the fields of a struct")]

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::schema::{AvailableAction, BookingPage, BookingView};
use crate::error::AppError;

/// The booking as the viewer may see it.
///
/// # Errors
/// 401, 404, 503.
#[server(prefix = "/api", endpoint = "get_booking", input = GetUrl)]
pub async fn get_booking(booking_id: String) -> Result<BookingView, AppError> {
    let (ctx, viewer) = super::context::current().await?;
    super::perform::load_view(&ctx, &viewer, &booking_id).await
}

/// What the viewer can do with the booking, possible now or not.
///
/// # Errors
/// 401, 404, 503.
#[server(prefix = "/api", endpoint = "get_available_booking_actions", input = GetUrl)]
pub async fn get_available_booking_actions(booking_id: String) -> Result<Vec<AvailableAction>, AppError> {
    let (ctx, viewer) = super::context::current().await?;
    Ok(super::perform::load_view(&ctx, &viewer, &booking_id).await?.actions)
}

/// Does an action once, however often it is sent with one `command_id`.
///
/// # Errors
/// 401, 404, 409 with the fresh booking, 422 with the field, 503.
#[server(prefix = "/api", endpoint = "perform_booking_action")]
pub async fn perform_booking_action(
    booking_id: String,
    action_name: String,
    version: i64,
    command_id: String,
    #[server(default)] inputs: BTreeMap<String, String>,
) -> Result<BookingView, AppError> {
    let (ctx, viewer) = super::context::current().await?;
    let inputs = super::perform::typed(inputs);
    let request = super::perform::PerformRequest { booking_id, action_name, version, command_id, inputs };
    super::perform::perform(&ctx, &viewer, request).await
}

/// A page of the viewer's bookings, latest start first; an admin sees all.
///
/// # Errors
/// 401, 422 for an unknown status, role or cursor, 503.
#[server(prefix = "/api", endpoint = "list_bookings", input = GetUrl)]
pub async fn list_bookings(
    #[server(default)] status: Option<String>,
    #[server(default)] role: Option<String>,
    #[server(default)] cursor: Option<String>,
) -> Result<BookingPage, AppError> {
    let (ctx, viewer) = super::context::current().await?;
    super::perform::list(&ctx, &viewer, status.as_deref(), role.as_deref(), cursor.as_deref())
        .await
        .map(|(page, _)| page)
}
