//! Server functions. A stand-in until the real ones are merged.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::server_fn;

use super::schema::BookingView;
use crate::error::AppError;

/// The booking as it stands for whoever is signed in.
///
/// # Errors
/// As [`AppError`] says.
#[server(prefix = "/api", endpoint = "get_booking", input = server_fn::codec::GetUrl)]
pub async fn get_booking(booking_id: String) -> Result<BookingView, AppError> {
    let _ = booking_id;
    Err(AppError::not_found())
}

/// Does one action once.
///
/// # Errors
/// As [`AppError`] says.
#[server(prefix = "/api", endpoint = "perform_booking_action")]
pub async fn perform_booking_action(
    booking_id: String,
    action_name: String,
    version: i64,
    command_id: String,
    #[server(default)] inputs: BTreeMap<String, String>,
) -> Result<BookingView, AppError> {
    let _ = (booking_id, action_name, version, command_id, inputs);
    Err(AppError::not_found())
}
