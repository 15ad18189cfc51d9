//! Loading and acting for pages and server functions. A stand-in until the real one is merged.

use std::collections::BTreeMap;

use super::schema::{BookingPage, BookingView};
use crate::account::viewer::Viewer;
use crate::error::AppError;
use crate::server::context::RequestContext;

/// What is asked of [`perform`].
#[derive(Clone, Debug)]
pub struct PerformRequest {
    /// Which booking.
    pub booking_id: String,
    /// Which action.
    pub action_name: String,
    /// The version the person saw.
    pub version: i64,
    /// The idempotency key.
    pub command_id: String,
    /// What was typed.
    pub inputs: BTreeMap<String, String>,
}

/// Loads a booking for its viewer.
///
/// # Errors
/// 404 when it is not there or not theirs.
pub async fn load_view(_ctx: &RequestContext, _viewer: &Viewer, _booking_id: &str) -> Result<BookingView, AppError> {
    Err(AppError::not_found())
}

/// Does one action.
///
/// # Errors
/// As [`AppError`] says.
pub async fn perform(_ctx: &RequestContext, _viewer: &Viewer, _request: PerformRequest) -> Result<BookingView, AppError> {
    Err(AppError::not_found())
}

/// A page of the viewer's bookings.
///
/// # Errors
/// When the database is away.
pub async fn list(
    _ctx: &RequestContext,
    _viewer: &Viewer,
    _status: Option<&str>,
    _role: Option<&str>,
    _cursor: Option<&str>,
) -> Result<BookingPage, AppError> {
    Ok(BookingPage { bookings: Vec::new(), next_cursor: None })
}
