//! What happens by itself: clocks that strike, reminders, the outbox, mails, calendars, and tidying up.
//!
//! Any number of processes may work on one database. Each booking is leased by one write ([`lease`](crate::booking::store::work::lease)), its clock goes
//! through the same `decide` and the same `apply` as any action, and what follows is done at least once and keyed so that
//! it counts once ([`step`]).

pub mod metrics;
pub mod plan;
pub mod step;
pub mod watch;

use std::sync::{Mutex, PoisonError};

use mongodb::bson::oid::ObjectId;
use tokio::sync::{Notify, Semaphore};

use self::metrics::Metrics;

/// More looks than these are not kept: whoever finds that work has waited goes on looking anyway.
const MOST_LOOKS: usize = 1_000;

/// Looks that the worker's tasks still have to take.
#[derive(Debug)]
pub struct Looks(Semaphore);

impl Default for Looks {
    fn default() -> Self {
        Self(Semaphore::new(0))
    }
}

impl Looks {
    /// Asks one task for a look.
    pub fn ask(&self) {
        if self.0.available_permits() < MOST_LOOKS {
            self.0.add_permits(1);
        }
    }

    /// Waits until a look is asked for, and takes it.
    pub async fn take(&self) {
        if let Ok(look) = self.0.acquire().await {
            look.forget();
        }
    }
}

/// What the worker shares with the rest of the process.
#[derive(Debug, Default)]
pub struct Shared {
    /// One look for each booking that was written.
    pub bookings: Looks,
    /// Wakes the sender of mails.
    pub mails: Notify,
    /// What is counted.
    pub metrics: std::sync::Arc<Metrics>,
    /// The booking up to which the claims were looked through.
    swept: Mutex<Option<ObjectId>>,
}

impl Shared {
    /// The booking up to which the claims were looked through; nothing at the beginning.
    pub fn swept(&self) -> Option<ObjectId> {
        *self.swept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes up to which booking the claims were looked through.
    pub fn set_swept(&self, booking: Option<ObjectId>) {
        *self.swept.lock().unwrap_or_else(PoisonError::into_inner) = booking;
    }
}
