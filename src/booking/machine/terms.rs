//! The terms of a booking that stay as they were when it was accepted.

use serde::{Deserialize, Serialize};

/// The cancellation policy, frozen into the booking when it is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Hours before the start until which the customer cancels freely.
    pub free_hours: i64,
    /// Minutes after acceptance within which the customer cancels freely.
    pub grace_minutes: i64,
    /// Hours before the start from which the higher fee applies.
    pub last_hours: i64,
    /// Per cent of the price between the two.
    pub late_percent: i64,
    /// The most hours' rate between the two.
    pub late_rate_hours: i64,
    /// Per cent of the price at the last, or for a no-show.
    pub last_percent: i64,
    /// The most hours' rate at the last, or for a no-show.
    pub last_rate_hours: i64,
}

impl Policy {
    /// The marketplace's policy today.
    pub const CURRENT: Policy = Policy {
        free_hours: 24,
        grace_minutes: 15,
        last_hours: 4,
        late_percent: 25,
        late_rate_hours: 1,
        last_percent: 50,
        last_rate_hours: 2,
    };

    /// The policy in plain words.
    pub fn text(&self) -> String {
        format!(
            "Free to cancel until {} hours before the start and for {} minutes after acceptance. Then {} % of the \
             price, at most {} hour's rate; under {} hours before the start or for a no-show {} %, at most {} hours' \
             rate. If the provider cancels or does not come, everything is refunded.",
            self.free_hours,
            self.grace_minutes,
            self.late_percent,
            self.late_rate_hours,
            self.last_hours,
            self.last_percent,
            self.last_rate_hours
        )
    }
}
