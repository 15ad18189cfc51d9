//! What the model of the store keeps, and what it answers.

use std::sync::Arc;

use crate::booking::machine::{Booking, Facts};
use crate::booking::model::{Command, QueuedEntry, Work};
use crate::time::Timestamp;

/// Why a transition was not written. Nothing was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody moved the booking first.
    Stale,
    /// Another booking holds the time.
    SlotTaken,
}

/// What a store of a test does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It claims cells that others hold.
    IgnoresClaims,
    /// It writes over a version that it has not read.
    IgnoresVersions,
    /// It drops the last entry of every outbox.
    ForgetsEntries,
    /// It does not remember commands.
    ForgetsCommands,
    /// It says that it has written, and every third version it has not.
    LosesWrites,
    /// It keeps claims of bookings that have given them back.
    KeepsClaims,
    /// It never lets a worker look at what was written.
    ForgetsWakes,
}

/// What the rules ask about somebody who books.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the facts of the same names")]
pub struct Customer {
    pub email_verified: bool,
    pub profile_complete: bool,
}

/// What the rules ask about somebody who works.
#[derive(Clone, Copy, Debug)]
pub struct Provider {
    /// They take bookings.
    pub active: bool,
    /// Whether they work throughout a time.
    pub works: fn(Timestamp, Timestamp) -> bool,
}

/// One stored booking and what is kept beside it.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The booking.
    pub booking: Arc<Booking>,
    /// Every command that made a version of it.
    pub commands: Vec<Command>,
    /// What is still to be done outside.
    pub outbox: Vec<QueuedEntry>,
    /// When a worker looks at it next.
    pub wake_at: Option<Timestamp>,
    /// What workers keep.
    pub work: Work,
    /// How often the code for the start was tried.
    pub code_tries: i32,
    /// What the clock does next, and when.
    pub next_due: Option<(&'static str, Timestamp)>,
}

/// A booking as loaded, with what the rules need beside it.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the same as booking::store::Loaded")]
pub struct Loaded {
    pub booking: Arc<Booking>,
    pub commands: Vec<Command>,
    pub facts: Facts,
}
