//! What the worker needs from the rest of the marketplace, and where a test may break it off.

use crate::booking::delivery::Delivery;
use crate::booking::machine::Booking;
use crate::booking::machine::outbox::OutboxEntry;
use crate::time::Timestamp;

/// What the worker needs from outside of the bookings.
pub trait Effects: Sync {
    /// Does what an entry of the outbox asks for, once however often it is called.
    fn deliver(
        &self,
        booking: &Booking,
        entry: &OutboxEntry,
        now: Timestamp,
    ) -> impl Future<Output = mongodb::error::Result<Delivery>> + Send;

    /// Randomness that keeps those apart who failed together.
    fn jitter(&self) -> u32;

    /// Called at each point of a piece of work; only a test says no, and with that the worker has stopped.
    ///
    /// # Errors
    /// [`Killed`], to break off there.
    fn reached(&self, _point: Point) -> Result<(), Killed> {
        Ok(())
    }
}

/// A point at which a worker may be killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// It holds the lease.
    Leased,
    /// The clock's transition is decided and not written.
    Decided,
    /// It is written.
    Applied,
    /// An entry of the outbox was done, and nobody knows yet.
    Delivered,
    /// Everything is done and not written.
    Settling,
    /// It is written.
    Settled,
}

/// The worker was killed, in a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Killed;
