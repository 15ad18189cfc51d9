//! What actions move: the status, and what is orthogonal to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::terms::Policy;
use crate::booking::role::Role;
use crate::booking::status::Status;
use crate::money::Money;
use crate::time::Timestamp;

/// How firmly the booked time is held in the provider's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// Anybody may book it.
    Free,
    /// Held while the request is open.
    Soft,
    /// Agreed.
    Firm,
}

/// A price named by one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Who named it.
    pub by: Role,
    /// The price.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
}

/// An open proposal of another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Who proposed it.
    pub by: Role,
    /// The new start.
    pub starts_at: Timestamp,
    /// The new end.
    pub ends_at: Timestamp,
    /// When it was proposed.
    pub at: Timestamp,
}

/// A report that the other side did not come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoShow {
    /// Who reported it; the other side is the accused.
    pub by: Role,
    /// When.
    pub at: Timestamp,
    /// What is kept and given back if nobody contests it.
    pub split: Split,
    /// When the clock settled it.
    pub settled_at: Option<Timestamp>,
}

/// An offer to end a dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Who offers.
    pub by: Role,
    /// What the customer would get back.
    pub refund: Money,
    /// When.
    pub at: Timestamp,
}

/// What one side brings forward in a dispute. Its words stand in the history, so that they are kept once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Whose.
    pub by: Role,
    /// When.
    pub at: Timestamp,
    /// The ids of its photos in the store of files.
    pub photos: Vec<String>,
}

/// An open or ended dispute.
///
/// What came later to its fields is left out where it is nothing, so that older histories keep their hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Who opened it.
    pub by: Role,
    /// When.
    pub at: Timestamp,
    /// What it is about: one of [`DISPUTE_TOPICS`](super::fields::DISPUTE_TOPICS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Offers so far; the last one is open.
    pub offers: Vec<Offer>,
    /// Evidence so far, of both sides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// How the agreed price ends up: the two always sum to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// What the provider keeps: the pay, or the fee of a cancellation.
    pub kept: Money,
    /// What the customer gets back.
    pub refund: Money,
}

/// What completed the booking. Only the clock's word can be disputed afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompletedBy {
    /// The customer confirmed.
    Customer,
    /// Nobody answered in time.
    Clock,
    /// Both agreed on a split.
    Settlement,
    /// An admin ruled.
    Ruling,
}

/// One side's review of the other, sealed until published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// 1 to 5.
    pub stars: u8,
    /// What they wrote.
    pub text: Option<String>,
    /// When it was written or last edited.
    pub at: Timestamp,
    /// The reviewed side's public answer.
    pub reply: Option<String>,
    /// Why an admin has hidden it, if one has. Left out where nobody has, so that older histories keep their hashes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<String>,
}

/// Everything that actions move. All of it is rebuilt from the history alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it; the types above carry the detail")]
pub struct State {
    pub status: Status,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// How the provider's calendar holds the booked time.
    pub hold: Hold,
    /// The price on the table, then the agreed one.
    pub price: Option<Money>,
    pub quotes: Vec<Quote>,
    pub change: Option<Change>,
    /// Changes proposed so far, by the proposer's role name.
    pub changes_proposed: BTreeMap<String, u32>,
    /// Frozen when the booking was accepted.
    pub policy: Option<Policy>,
    /// The earliest start that was already inside the fee window when the booking was moved.
    pub fee_anchor: Option<Timestamp>,
    pub requested_at: Option<Timestamp>,
    pub accepted_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub done_at: Option<Timestamp>,
    /// Nobody said the work was done; the clock did.
    pub unattended: bool,
    pub final_amount: Option<Money>,
    pub fixes: u32,
    pub fix_asked_at: Option<Timestamp>,
    pub no_show: Option<NoShow>,
    /// No-show reports so far, by the reporter's role name.
    pub no_shows_reported: BTreeMap<String, u32>,
    pub dispute: Option<Dispute>,
    pub completed_at: Option<Timestamp>,
    pub completed_by: Option<CompletedBy>,
    pub split: Option<Split>,
    /// Reviews by their author's role name.
    pub reviews: BTreeMap<String, Review>,
    pub reviews_published_at: Option<Timestamp>,
}

impl State {
    /// The state of a fresh draft.
    pub fn draft(starts_at: Timestamp, ends_at: Timestamp) -> Self {
        Self {
            status: Status::Draft,
            starts_at,
            ends_at,
            hold: Hold::Free,
            price: None,
            quotes: Vec::new(),
            change: None,
            changes_proposed: BTreeMap::new(),
            policy: None,
            fee_anchor: None,
            requested_at: None,
            accepted_at: None,
            started_at: None,
            done_at: None,
            unattended: false,
            final_amount: None,
            fixes: 0,
            fix_asked_at: None,
            no_show: None,
            no_shows_reported: BTreeMap::new(),
            dispute: None,
            completed_at: None,
            completed_by: None,
            split: None,
            reviews: BTreeMap::new(),
            reviews_published_at: None,
        }
    }

    /// Whether nothing can move the work any more: completed, declined, expired, cancelled, or a settled no-show.
    pub fn is_final(&self) -> bool {
        match self.status {
            Status::Completed | Status::Declined | Status::Expired | Status::Cancelled => true,
            Status::NoShow => self.no_show.as_ref().is_some_and(|report| report.settled_at.is_some()),
            _ => false,
        }
    }

    /// The open offer of a dispute.
    pub fn open_offer(&self) -> Option<&Offer> {
        self.dispute.as_ref().and_then(|dispute| dispute.offers.last())
    }

    /// The published review that somebody in `author`'s part has written, hidden or not.
    pub fn published_review(&self, author: Role) -> Option<&Review> {
        self.reviews_published_at.and_then(|_| self.reviews.get(author.name()))
    }

    /// The same while everybody may read it.
    pub fn public_review(&self, author: Role) -> Option<&Review> {
        self.published_review(author).filter(|review| review.hidden.is_none())
    }

    /// How many quotes one side has named.
    pub fn quotes_by(&self, role: Role) -> usize {
        self.quotes.iter().filter(|quote| quote.by == role).count()
    }
}
