//! Where the work stands. What is orthogonal (a proposed change, money, reviews) stays out of it.

use serde::{Deserialize, Serialize};

/// The twelve statuses of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is named after what it says")]
pub enum Status {
    Draft,
    Requested,
    Quoted,
    Accepted,
    InProgress,
    AwaitingConfirmation,
    Completed,
    NoShow,
    Disputed,
    Declined,
    Expired,
    Cancelled,
}

use Status::*;

impl Status {
    /// Every status, in the order of a booking's lifecycle.
    pub const ALL: [Status; 12] = [
        Draft,
        Requested,
        Quoted,
        Accepted,
        InProgress,
        AwaitingConfirmation,
        Completed,
        NoShow,
        Disputed,
        Declined,
        Expired,
        Cancelled,
    ];

    /// The statuses in which an admin can still end the booking.
    pub const UNFINISHED: &'static [Status] =
        &[Draft, Requested, Quoted, Accepted, InProgress, AwaitingConfirmation, NoShow, Disputed];

    /// The name that is stored and travels: `in_progress`.
    pub fn name(self) -> &'static str {
        match self {
            Draft => "draft",
            Requested => "requested",
            Quoted => "quoted",
            Accepted => "accepted",
            InProgress => "in_progress",
            AwaitingConfirmation => "awaiting_confirmation",
            Completed => "completed",
            NoShow => "no_show",
            Disputed => "disputed",
            Declined => "declined",
            Expired => "expired",
            Cancelled => "cancelled",
        }
    }

    /// The status in words: `In progress`.
    pub fn label(self) -> &'static str {
        match self {
            Draft => "Draft",
            Requested => "Requested",
            Quoted => "Quoted",
            Accepted => "Accepted",
            InProgress => "In progress",
            AwaitingConfirmation => "Awaiting confirmation",
            Completed => "Completed",
            NoShow => "No-show",
            Disputed => "Disputed",
            Declined => "Declined",
            Expired => "Expired",
            Cancelled => "Cancelled",
        }
    }

    /// The status of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }
}
