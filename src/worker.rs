//! What happens by itself: clocks that strike, reminders, the outbox, mails, calendars, and tidying up.
//!
//! Any number of processes may work on one database. Each booking is leased by one write ([`lease`](crate::booking::store::work::lease)), its clock goes
//! through the same `decide` and the same `apply` as any action, and what follows is done at least once and keyed so that
//! it counts once ([`step`]).

pub mod metrics;
pub mod plan;
pub mod step;
pub mod watch;

use tokio::sync::Notify;

use self::metrics::Metrics;

/// What the worker shares with the rest of the process.
#[derive(Debug, Default)]
pub struct Shared {
    /// Wakes one task of the worker. A task that finds something wakes the next.
    pub bookings: Notify,
    /// Wakes the sender of mails.
    pub mails: Notify,
    /// What is counted.
    pub metrics: std::sync::Arc<Metrics>,
}
