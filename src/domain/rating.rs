//! What reviews and kept promises add up to.

use serde::{Deserialize, Serialize};

/// Stars, as a count and a sum, so that an average is exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// How many reviews.
    pub count: i64,
    /// All their stars together.
    pub sum: i64,
}

/// How a provider keeps what was agreed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reliability {
    /// Bookings completed.
    pub completed: i64,
    /// Bookings that they cancelled after accepting them, or to which they did not come.
    pub strikes: i64,
}
