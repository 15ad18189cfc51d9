//! What a booking claims of its provider's time, in cells of a quarter of an hour. Pure: values in, values out.
//!
//! A cell's id is unique in the database, and that alone decides who holds the time: two bookings of one
//! provider overlap exactly if they share a cell.

use std::collections::{BTreeMap, BTreeSet};

use super::machine::Booking;
use super::machine::aggregate::Hold;
use crate::time::Timestamp;

/// Milliseconds in a cell.
const CELL_MILLIS: i64 = 15 * 60_000;

/// What has to be written when a booking moves from one state to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Cells to claim, and whether firmly.
    pub insert: BTreeMap<String, bool>,
    /// Cells to give back.
    pub remove: BTreeSet<String>,
    /// Cells that stay, and become firm (or soft).
    pub update: BTreeMap<String, bool>,
}

impl Moves {
    /// Whether nothing has to be written.
    pub fn is_empty(&self) -> bool {
        self.insert.is_empty() && self.remove.is_empty() && self.update.is_empty()
    }
}

/// The ids of the cells that the half-open span touches, in order of time: `<provider>:<quarter-hours since 1970>`.
pub fn cells(provider: &str, from: Timestamp, to: Timestamp) -> Vec<String> {
    let first = from.0.div_euclid(CELL_MILLIS).max(0);
    // Rounded up: a span that ends inside a cell holds all of it, one that ends with a cell does not touch the next.
    let end = to.0.saturating_add(CELL_MILLIS - 1).div_euclid(CELL_MILLIS);
    (first..end).map(|cell| cell_id(provider, cell)).collect()
}

/// The id of the cell in which an instant lies. Ids of one provider sort by time.
pub fn cell_at(provider: &str, at: Timestamp) -> String {
    cell_id(provider, at.0.div_euclid(CELL_MILLIS).max(0))
}

/// Whose time a cell is of, and its half-open span; nothing if the id is none.
pub fn span_of(cell: &str) -> Option<(&str, Timestamp, Timestamp)> {
    let (provider, number) = cell.rsplit_once(':')?;
    let number: i64 = number.parse().ok()?;
    Some((
        provider,
        Timestamp(number.checked_mul(CELL_MILLIS)?),
        Timestamp(number.checked_add(1)?.checked_mul(CELL_MILLIS)?),
    ))
}

/// The cells of the booked time with its buffers, held or not.
pub fn booked(booking: &Booking) -> Vec<String> {
    buffered(booking, booking.state.starts_at, booking.state.ends_at)
}

/// The cells that the booking would need if it began at `starts_at`, buffers included.
pub fn needed_from(booking: &Booking, starts_at: Timestamp) -> Vec<String> {
    buffered(booking, starts_at, starts_at.plus_minutes(booking.planned_minutes()))
}

/// What the booking holds as it stands: its own time if it is held, and softly the time that is proposed instead.
/// The value says whether the claim is firm.
pub fn claims(booking: &Booking) -> BTreeMap<String, bool> {
    let state = &booking.state;
    let mut claims = BTreeMap::new();
    if let Some(change) = &state.change {
        claims.extend(buffered(booking, change.starts_at, change.ends_at).into_iter().map(|cell| (cell, false)));
    }
    if state.hold != Hold::Free {
        let firm = state.hold == Hold::Firm;
        claims.extend(booked(booking).into_iter().map(|cell| (cell, firm)));
    }
    claims
}

/// What turns the claims of `before` into those of `after`.
pub fn moves(before: &Booking, after: &Booking) -> Moves {
    let (old, new) = (claims(before), claims(after));
    let mut moves = Moves::default();
    for (cell, firm) in &new {
        match old.get(cell) {
            None => _ = moves.insert.insert(cell.clone(), *firm),
            Some(was) if was != firm => _ = moves.update.insert(cell.clone(), *firm),
            Some(_) => {}
        }
    }
    moves.remove = old.into_keys().filter(|cell| !new.contains_key(cell)).collect();
    moves
}

fn with_buffers(booking: &Booking, from: Timestamp, to: Timestamp) -> (Timestamp, Timestamp) {
    let service = &booking.service;
    (from.plus_minutes(-service.buffer_before_minutes.max(0)), to.plus_minutes(service.buffer_after_minutes.max(0)))
}

fn buffered(booking: &Booking, from: Timestamp, to: Timestamp) -> Vec<String> {
    let (from, to) = with_buffers(booking, from, to);
    cells(&booking.provider.id, from, to)
}

/// With ten digits, the order as text is the order in time, until far beyond any year a booking could be in.
fn cell_id(provider: &str, cell: i64) -> String {
    format!("{provider}:{cell:010}")
}

#[cfg(test)]
mod tests;
