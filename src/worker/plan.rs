//! What is due for a booking, and when to look again. Pure: values in, values out.

use std::time::Duration;

use crate::booking::machine::clocks::{self, Reminder};
use crate::booking::machine::outbox::{Addressee, OutboxEntry, OutboxKind, OutboxStatus};
use crate::booking::machine::{Booking, Role, Table, next_due};
use crate::booking::model::QueuedEntry;
use crate::domain::backoff::{self, Backoff};
use crate::time::Timestamp;

/// After so many failures an entry of the outbox is dead: it waits until an admin lets it try again.
pub const DEAD_AFTER: u32 = 8;

/// The longest wait after each failure.
const WAIT: Backoff = Backoff::new(Duration::from_secs(5), Duration::from_secs(15 * 60));

/// When to try again after so many failures: after half to all of the longest wait, where `jitter` decides.
pub fn try_again_at(now: Timestamp, failures: u32, jitter: u32) -> Timestamp {
    let longest = i64::try_from(WAIT.after(failures).as_millis()).unwrap_or(i64::MAX);
    Timestamp(now.0 + backoff::between(longest / 2, longest - 1, jitter))
}

/// What is remembered of a reminder: one kind at one instant.
pub fn mark(reminder: &Reminder) -> String {
    format!("{}:{}", reminder.kind.name(), reminder.at.0)
}

/// The reminders that the booking still calls for and that were not sent: those whose instant comes after the booking got
/// its present status and time. Somebody who accepts an hour before the start needs no "in 24 hours".
pub fn reminders_ahead<'a>(booking: &'a Booking, reminded: &'a [String]) -> impl Iterator<Item = Reminder> + 'a {
    let settles = |name: &str| name == "status" || name == "starts_at";
    let settled = booking.history.iter().rev().find(|event| event.changes.keys().any(|name| settles(name)));
    let since = settled.map_or(booking.created_at, |event| event.at);
    let ahead = move |reminder: &Reminder| reminder.at > since && !reminded.contains(&mark(reminder));
    clocks::reminders(booking).into_iter().filter(ahead)
}

/// The entries of a reminder, one for each whom it is for.
pub fn entries(booking: &Booking, reminder: &Reminder) -> Vec<OutboxEntry> {
    let entry = |role: &Role| OutboxEntry {
        key: format!("{}:{}:{}", booking.id, mark(reminder), role.name()),
        kind: OutboxKind::Reminder,
        to: Some(booking.party(*role).map_or(Addressee::Admins, |party| Addressee::Account(party.id.clone()))),
        action_name: reminder.kind.name().into(),
        at: reminder.at,
        status: OutboxStatus::Pending,
    };
    reminder.to.iter().map(entry).collect()
}

/// Whether the entry is a reminder of something that is no longer so.
pub fn is_outlived(booking: &Booking, entry: &OutboxEntry) -> bool {
    let called_for = |reminder: Reminder| reminder.kind.name() == entry.action_name && reminder.at == entry.at;
    entry.kind == OutboxKind::Reminder && !clocks::reminders(booking).into_iter().any(called_for)
}

/// When to look at the booking again: at its next clock, reminder, or try of an entry. Never, if nothing is to come.
pub fn wake_at(table: Table, booking: &Booking, reminded: &[String], outbox: &[QueuedEntry]) -> Option<Timestamp> {
    let clock = next_due(table, booking).map(|(_, at)| at);
    let reminder = reminders_ahead(booking, reminded).map(|reminder| reminder.at);
    let pending = outbox.iter().filter(|queued| queued.is_pending());
    let tries = pending.map(|queued| queued.try_at.unwrap_or(queued.entry.at));
    clock.into_iter().chain(reminder).chain(tries).min()
}

impl QueuedEntry {
    /// Whether it is still to be done.
    pub fn is_pending(&self) -> bool {
        self.entry.status == OutboxStatus::Pending
    }

    /// Whether to do it now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.is_pending() && self.try_at.is_none_or(|at| at <= now)
    }

    /// The entry after one more failure: to be tried later, or dead.
    pub fn failed(mut self, error: String, now: Timestamp, jitter: u32) -> Self {
        self.tries += 1;
        self.error = Some(error);
        self.try_at = Some(try_again_at(now, self.tries, jitter));
        if self.tries >= DEAD_AFTER {
            self.entry.status = OutboxStatus::Dead;
            self.try_at = None;
        }
        self
    }
}

#[cfg(test)]
mod tests;
