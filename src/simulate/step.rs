//! What happens in a simulated marketplace, one thing after the other. A script of steps replays alike, and what is left of
//! it when some are taken out is still a script.

use crate::booking::machine::Role;
use crate::time::Timestamp;

/// One thing that happens.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// When, by a clock that never jumps.
    pub at: Timestamp,
    /// Its number in the script; taken as the command's key by those who send one.
    pub number: u32,
    /// What.
    pub what: What,
}

/// The kinds of things that happen.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// A customer drafts a booking; `pick` says whose, of what, and for when.
    Draft {
        /// The booking's number.
        booking: u32,
        /// What decides the details.
        pick: u64,
        /// The booking whose provider and time it wants as well.
        like: Option<u32>,
    },
    /// Somebody sends a command.
    Act(Act),
    /// Somebody looks at a booking and is shown what they can do.
    Look {
        /// At which.
        booking: u32,
        /// Who.
        by: By,
    },
    /// The process that stopped in the middle of step `number` goes on.
    Resume {
        /// That step.
        number: u32,
    },
    /// A worker does what is due, one booking after the other.
    Work {
        /// Where it breaks off in the first of them, and how.
        breaks: Option<(Point, Fate)>,
    },
    /// The server's clock shows so many minutes less than it should.
    Skew {
        /// Minutes.
        minutes: i64,
    },
}

/// A point in a worker's work on one booking: the same as `worker::step` has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "described there")]
pub enum Point {
    Leased,
    Decided,
    Applied,
    Delivered,
    Settling,
}

/// A command.
#[derive(Clone, Copy, Debug)]
pub struct Act {
    /// On which booking.
    pub booking: u32,
    /// Who sends it.
    pub by: By,
    /// Which row of the table.
    pub row: usize,
    /// What decides what is typed.
    pub pick: u64,
    /// How many versions the sender's page is behind.
    pub behind: i64,
    /// The number of the command's key: that of another step when it is sent again.
    pub command: u32,
    /// What becomes of the server meanwhile.
    pub fate: Fate,
}

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Whoever has that role in the booking.
    Role(Role),
    /// An admin who is one of the two people, and says so.
    AdminWithInterest,
    /// Somebody who has no business there.
    Stranger,
}

/// What becomes of a process in the middle of its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Fine,
    /// It stops when it has decided, before anything is written.
    DiesBeforeWriting,
    /// It stops when it has written, before anybody receives it.
    DiesBeforeAnswering,
    /// It stops before it writes, and goes on later as if nothing had happened.
    Stalls,
    /// What it asks of others fails (a worker's notices).
    IsRefused,
}
