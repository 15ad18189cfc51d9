//! Every query of the bookings, and nothing else.

use std::collections::BTreeMap;

use super::machine::{Booking, Facts, Status, Transition};
use crate::account::viewer::Viewer;
use crate::server::db::Db;
use crate::time::Timestamp;

/// A command as it is remembered in the booking, so that doing it twice has one effect.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Command {
    /// The sender's key.
    pub command_id: String,
    /// SHA-256 of the action, its inputs and its actor.
    pub digest: String,
    /// The version it made.
    pub version: i64,
}

/// A booking as loaded, with what the rules need beside it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The booking.
    pub booking: Booking,
    /// The commands that made it.
    pub commands: Vec<Command>,
    /// What it does not hold itself.
    pub facts: Facts,
}

/// Why a transition was not written. Nothing was.
#[derive(Debug)]
pub enum ApplyError {
    /// Somebody moved the booking first.
    Stale,
    /// Another booking holds the time.
    SlotTaken,
    /// The database failed.
    Database(mongodb::error::Error),
}

/// What a list asks for.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    /// Only this status.
    pub status: Option<Status>,
    /// Only where the viewer is this: customer or provider.
    pub role: Option<super::machine::Role>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// The booking, if the viewer takes part in it or is an admin, with its facts.
pub async fn find_for(_db: &Db, _viewer: &Viewer, _id: &str) -> mongodb::error::Result<Option<Loaded>> {
    Ok(None)
}

/// Whether nobody else holds the time from `starts_at` on for as long as the booking is planned.
pub async fn new_time_free(_db: &Db, _booking: &Booking, _starts_at: Timestamp) -> mongodb::error::Result<bool> {
    Ok(true)
}

/// Up to three starts near the booking's own at which its provider is free.
pub async fn next_free_times(_db: &Db, _booking: &Booking, _now: Timestamp) -> mongodb::error::Result<Vec<Timestamp>> {
    Ok(vec![])
}

/// Writes a transition: one update by version, with the slot claims in the same transaction when they move.
pub async fn apply(
    _db: &Db,
    _before: &Booking,
    _transition: Transition,
    _command: Option<Command>,
) -> Result<Booking, ApplyError> {
    Err(ApplyError::Stale)
}

/// A page of the viewer's bookings, latest start first, and the cursor of the next page.
pub async fn list_for(
    _db: &Db,
    _viewer: &Viewer,
    _filter: &ListFilter,
) -> mongodb::error::Result<(Vec<Booking>, Option<String>)> {
    Ok((vec![], None))
}

/// How many bookings there are in each status (for the drawn machine).
pub async fn count_by_status(_db: &Db) -> mongodb::error::Result<BTreeMap<Status, u64>> {
    Ok(BTreeMap::new())
}
