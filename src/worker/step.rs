//! One piece of work: one booking, leased, moved if its clock has struck, its reminders and its outbox done, and put back.

mod effects;
mod trouble;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;

use super::metrics::Metrics;
use super::plan;
use crate::booking::delivery::Delivery;
use crate::booking::machine::outbox::OutboxEntry;
use crate::booking::machine::{Actor, Ask, Booking, Facts, Inputs, Table, decide, next_due};
use crate::booking::model::{QueuedEntry, Work};
use crate::booking::store::work::{self as store, ALARM_AFTER, LEASE_MILLIS, Lease};
use crate::booking::store::{ApplyError, apply_leased};
use crate::time::Timestamp;
use crate::web::db::Db;
use trouble::{Trouble, describe};

pub use effects::{Effects, Killed, Point};

/// What a step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// Nothing was due.
    Idle,
    /// One booking was looked at, which had waited for so long, in milliseconds.
    Worked(i64),
    /// A test killed the worker.
    Killed,
}

/// Works on one booking after the other. Several may share a database.
#[derive(Debug)]
pub struct Worker<O> {
    /// The database.
    pub db: Db,
    /// The booking machine's table.
    pub table: Table<'static>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Does what happens outside.
    pub effects: O,
}

/// What a piece of work did, counted once it is written.
#[derive(Default)]
struct Tally {
    done: u64,
    stale: u64,
    dead: u64,
}

impl<O: Effects> Worker<O> {
    /// Leases the booking that is longest due and does all that is due for it. A booking that fails is put off and alarms
    /// after five times; it never stands in the way of another.
    ///
    /// # Errors
    /// When the database fails so that not even the failure could be written; the lease then runs out by itself.
    pub async fn step(&self, now: Timestamp) -> mongodb::error::Result<Stepped> {
        match store::lease(&self.db, now).await? {
            Some(lease) => self.work_on(lease, now).await,
            None => Ok(Stepped::Idle),
        }
    }

    /// Does all that is due for a booking that is leased already.
    ///
    /// # Errors
    /// When the database fails so that not even the failure could be written; the lease then runs out by itself.
    pub async fn work_on(&self, lease: Lease, now: Timestamp) -> mongodb::error::Result<Stepped> {
        let patience = Duration::from_millis(LEASE_MILLIS.unsigned_abs());
        let work = AssertUnwindSafe(tokio::time::timeout(patience, self.work(&lease, now))).catch_unwind();
        let outcome = match work.await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(Trouble::Failed("It took longer than a lease lasts.".into())),
            Err(_) => Err(Trouble::Failed("The program has a fault here; the log says which.".into())),
        };
        match outcome {
            Ok(()) | Err(Trouble::Lost) => Ok(Stepped::Worked(lease.waited_millis)),
            Err(Trouble::Killed) => Ok(Stepped::Killed),
            Err(Trouble::Failed(error)) => {
                self.put_off(&lease, &error, now).await.map(|()| Stepped::Worked(lease.waited_millis))
            }
        }
    }

    async fn work(&self, lease: &Lease, now: Timestamp) -> Result<(), Trouble> {
        self.effects.reached(Point::Leased)?;
        let unreadable = |error| Trouble::Failed(format!("It cannot be read: {error}"));
        let document = *lease.document.clone().map_err(unreadable)?;
        let (mut work, mut outbox) = (document.work.clone(), document.outbox.clone());
        let mut booking = Booking::from(document);
        if let Some((after, effects)) = self.take_clock(&booking, lease.token, now).await? {
            booking = after;
            outbox.extend(effects.into_iter().map(QueuedEntry::from));
        }
        let due: Vec<_> =
            plan::reminders_ahead(&booking, &work.reminded).filter(|reminder| reminder.at <= now).collect();
        for reminder in due {
            outbox.extend(plan::entries(&booking, &reminder).into_iter().map(QueuedEntry::from));
            work.reminded.push(plan::mark(&reminder));
        }
        let (outbox, tally) = self.drain(&booking, outbox, now).await?;
        self.effects.reached(Point::Settling)?;
        let wake_at = plan::wake_at(self.table, &booking, &work.reminded, &outbox);
        let work = Work { lease: lease.token, failures: 0, error: None, reminded: work.reminded };
        if !store::settle(&self.db, lease, booking.version, &outbox, &work, wake_at).await? {
            return Err(Trouble::Lost);
        }
        self.metrics.outbox_done.inc_by(tally.done);
        self.metrics.outbox_stale.inc_by(tally.stale);
        self.metrics.outbox_dead.inc_by(tally.dead);
        self.effects.reached(Point::Settled)?;
        Ok(())
    }

    /// The transition whose clock has struck, written; the booking after it and what follows from it.
    async fn take_clock(
        &self,
        booking: &Booking,
        lease: i64,
        now: Timestamp,
    ) -> Result<Option<(Booking, Vec<OutboxEntry>)>, Trouble> {
        let due = next_due(self.table, booking).filter(|(_, at)| *at <= now);
        let Some(row) = due.and_then(|(action, _)| self.table.row(action)) else {
            return Ok(None);
        };
        // The clock's rows ask about nothing outside of the booking.
        let (actor, inputs, facts) = (Actor::system(), Inputs::default(), Facts::good());
        let ask = Ask { booking, actor: &actor, row, inputs: &inputs, facts: &facts, now };
        let transition = decide(&ask).map_err(|denials| {
            let reasons: Vec<&str> = denials.iter().map(|denial| denial.code).collect();
            Trouble::Failed(format!("{} was denied: {}", row.action_name, reasons.join(", ")))
        })?;
        self.effects.reached(Point::Decided)?;
        let effects = transition.outbox.clone();
        let after = match apply_leased(&self.db, booking, transition, lease).await {
            Ok(after) => after,
            Err(ApplyError::Stale) => return Err(Trouble::Lost),
            Err(ApplyError::SlotTaken) => return Err(Trouble::Failed("Its time is another booking's.".into())),
            Err(ApplyError::Database(error)) => return Err(error.into()),
        };
        self.metrics.transitions.inc_by(1);
        let (booking, action, to) = (after.id.as_str(), row.action_name, after.state.status.name());
        tracing::info!(booking, action, actor = "system", to, version = after.version, outcome = "done", "action");
        self.effects.reached(Point::Applied)?;
        Ok(Some((after, effects)))
    }

    /// Does the entries that are due, and gives those that are left.
    async fn drain(
        &self,
        booking: &Booking,
        outbox: Vec<QueuedEntry>,
        now: Timestamp,
    ) -> Result<(Vec<QueuedEntry>, Tally), Trouble> {
        let (mut left, mut tally) = (Vec::new(), Tally::default());
        for queued in outbox {
            if !queued.is_due(now) {
                left.push(queued);
                continue;
            }
            let outcome = match plan::is_outlived(booking, &queued.entry) {
                true => Ok(Delivery::Stale),
                false => self.effects.deliver(booking, &queued.entry, now).await,
            };
            match outcome {
                Ok(Delivery::Done) => tally.done += 1,
                Ok(Delivery::Stale) => tally.stale += 1,
                Err(error) => {
                    self.metrics.failures.inc_by(1);
                    let queued = queued.failed(describe(&error), now, self.effects.jitter());
                    let (key, tries, dead) = (queued.entry.key.as_str(), queued.tries, !queued.is_pending());
                    match tries {
                        ALARM_AFTER.. => {
                            tracing::error!(key, tries, dead, %error, "an entry of the outbox fails again and again");
                        }
                        _ => tracing::warn!(key, tries, %error, "an entry of the outbox failed; it is tried again"),
                    }
                    tally.dead += u64::from(dead);
                    left.push(queued);
                }
            }
            self.effects.reached(Point::Delivered)?;
        }
        Ok((left, tally))
    }

    async fn put_off(&self, lease: &Lease, error: &str, now: Timestamp) -> mongodb::error::Result<()> {
        self.metrics.failures.inc_by(1);
        let failures = lease.failures.saturating_add(1);
        let booking = lease.id.to_hex();
        match failures {
            ALARM_AFTER.. => {
                tracing::error!(booking, failures, error, "the clock's work on a booking fails again and again");
            }
            _ => tracing::warn!(booking, failures, error, "the clock's work on a booking failed; it is tried again"),
        }
        let at = plan::try_again_at(now, failures, self.effects.jitter());
        store::put_off(&self.db, lease, failures, error, at).await
    }
}
