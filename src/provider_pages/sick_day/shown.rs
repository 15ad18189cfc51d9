//! What the page of a sick day shows: its bookings, and what became of them.

use super::plan::Choice;
use crate::booking::machine::Booking;
use crate::booking::store::days::Line;
use crate::error::AppError;

/// Where the page is.
pub(super) const PATH: &str = "/provider/sick-day";

/// One booking with what can be done.
pub(super) struct Row {
    pub booking: Booking,
    pub choice: Choice,
}

/// What became of one booking.
pub(super) struct Outcome {
    pub line: Line,
    /// What was asked for: `cancel`, `decline` or `propose_change`; empty if it was left as it is.
    pub action: String,
    pub result: Result<(), AppError>,
}
