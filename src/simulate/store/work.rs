//! What workers do with the store: lease the booking that is longest due, write as its holder, and put it back. The same as
//! `booking::store::work`.

use std::sync::Arc;

use super::Store;
use super::model::Refusal;
use crate::booking::machine::{Booking, Transition};
use crate::booking::model::{QueuedEntry, Work};
use crate::booking::store::work::LEASE_MILLIS;
use crate::time::Timestamp;

/// A booking that is a worker's for a while, as it was when it was leased.
#[derive(Clone, Debug)]
pub struct Lease {
    /// The fencing token.
    pub token: i64,
    /// The booking.
    pub booking: Arc<Booking>,
    /// What waits to be done outside.
    pub outbox: Vec<QueuedEntry>,
    /// What the worker keeps.
    pub work: Work,
}

impl Store {
    /// Leases the booking that is longest due, if one is.
    pub fn lease(&mut self, now: Timestamp) -> Option<Lease> {
        let id = self.wakes.first().filter(|(at, _)| *at <= now)?.1.clone();
        self.set_wake(&id, Some(Timestamp(now.0 + LEASE_MILLIS)));
        let stored = self.bookings.get_mut(&id)?;
        stored.work.lease += 1;
        Some(Lease {
            token: stored.work.lease,
            booking: stored.booking.clone(),
            outbox: stored.outbox.clone(),
            work: stored.work.clone(),
        })
    }

    /// Writes a transition if the worker still holds the lease with that token.
    ///
    /// # Errors
    /// [`Refusal`]; a lost lease is [`Refusal::Stale`].
    pub fn apply_leased(
        &mut self,
        before: &Booking,
        transition: Transition,
        token: i64,
    ) -> Result<Arc<Booking>, Refusal> {
        let held = self.bookings.get(&before.id).is_some_and(|stored| stored.work.lease == token);
        if held { self.write(before, transition, None) } else { Err(Refusal::Stale) }
    }

    /// Writes what is left after the work and gives the booking back. Says whether it did: not if the lease or the booking
    /// is somebody else's by now.
    pub fn settle(
        &mut self,
        lease: &Lease,
        version: i64,
        outbox: Vec<QueuedEntry>,
        work: Work,
        wake_at: Option<Timestamp>,
    ) -> bool {
        let id = lease.booking.id.clone();
        let Some(stored) = self.bookings.get_mut(&id) else { return false };
        if stored.work.lease != lease.token || stored.booking.version != version {
            return false;
        }
        stored.outbox = outbox;
        stored.work = work;
        self.set_wake(&id, wake_at);
        true
    }

    /// Bookings on which the clock has to act by `now`, longest due first.
    pub fn find_due(&self, now: Timestamp, limit: usize) -> Vec<String> {
        self.due.iter().take_while(|(at, _)| *at <= now).take(limit).map(|(_, id)| id.clone()).collect()
    }

    /// When the first booking is due to be looked at, if one ever is.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        self.wakes.first().map(|(at, _)| *at)
    }

    pub(super) fn set_wake(&mut self, id: &str, wake_at: Option<Timestamp>) {
        let Some(stored) = self.bookings.get_mut(id) else { return };
        if let Some(at) = stored.wake_at {
            self.wakes.remove(&(at, id.to_owned()));
        }
        stored.wake_at = wake_at;
        if let Some(at) = wake_at {
            self.wakes.insert((at, id.to_owned()));
        }
    }
}
