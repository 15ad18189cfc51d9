//! What guards, updates and effects look at, whichever row is asked about.

use super::aggregate::{Actor, Booking, Facts};
use super::clocks::Clock;
use super::inputs::Inputs;
use crate::time::Timestamp;

/// A booking, who acts on it, with what, and when.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The booking as it stands.
    pub booking: &'a Booking,
    /// Who asks.
    pub actor: &'a Actor,
    /// The clock that takes the action, if it is one that only a clock takes.
    pub clock: Option<Clock>,
    /// With what.
    pub inputs: &'a Inputs,
    /// What the booking does not hold itself.
    pub facts: &'a Facts,
    /// The instant of asking.
    pub now: Timestamp,
}

/// One reason why an action is not possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// A stable name.
    pub code: &'static str,
    /// The reason in words.
    pub message: String,
    /// When time alone cures it, the instant from which on to try again.
    pub retry_at: Option<Timestamp>,
    /// The input that would have to be different, if one would.
    pub field: Option<&'static str>,
}

impl Denial {
    /// One that neither time nor another input cures.
    pub fn new(code: &'static str, message: String) -> Self {
        Self { code, message, retry_at: None, field: None }
    }
}
