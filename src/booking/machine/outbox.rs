//! The entries of the outbox: what is to be done outside a booking after it was written.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxKind {
    /// Somebody is notified of an action.
    Notice,
    /// The agreed price is made sure of.
    AuthorisePayment,
    /// Money is paid and refunded as the booking's split says.
    SettlePayment,
    /// The provider let the customer down: what they have earned is counted anew.
    Strike,
    /// Both sides are asked for a review.
    InviteReviews,
    /// What the provider has earned is counted anew.
    UpdateRatings,
    /// Somebody is notified that something is due. It follows from no action but from the time.
    Reminder,
}

impl OutboxKind {
    /// Every kind.
    pub const ALL: [OutboxKind; 7] = [
        OutboxKind::Notice,
        OutboxKind::AuthorisePayment,
        OutboxKind::SettlePayment,
        OutboxKind::Strike,
        OutboxKind::InviteReviews,
        OutboxKind::UpdateRatings,
        OutboxKind::Reminder,
    ];

    /// The name that is stored: `settle_payment`.
    pub const fn name(self) -> &'static str {
        match self {
            OutboxKind::Notice => "notice",
            OutboxKind::AuthorisePayment => "authorise_payment",
            OutboxKind::SettlePayment => "settle_payment",
            OutboxKind::Strike => "strike",
            OutboxKind::InviteReviews => "invite_reviews",
            OutboxKind::UpdateRatings => "update_ratings",
            OutboxKind::Reminder => "reminder",
        }
    }
}

/// Whether an entry still waits. What has been done is kept no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxStatus {
    /// It is to be done.
    Pending,
    /// It was given up.
    Dead,
}

impl OutboxStatus {
    /// The name that is stored: `pending`.
    pub fn name(self) -> &'static str {
        match self {
            OutboxStatus::Pending => "pending",
            OutboxStatus::Dead => "dead",
        }
    }
}

/// Whom a notice is for. Stored as one string.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Addressee {
    /// Every admin.
    Admins,
    /// The account of that id.
    Account(String),
}

const ADMINS: &str = "admins";

impl Addressee {
    /// The account's id, or `admins`.
    pub fn as_str(&self) -> &str {
        match self {
            Addressee::Admins => ADMINS,
            Addressee::Account(id) => id,
        }
    }
}

impl From<&str> for Addressee {
    fn from(stored: &str) -> Self {
        String::from(stored).into()
    }
}

impl From<String> for Addressee {
    fn from(stored: String) -> Self {
        if stored == ADMINS { Addressee::Admins } else { Addressee::Account(stored) }
    }
}

impl From<Addressee> for String {
    fn from(addressee: Addressee) -> Self {
        addressee.as_str().into()
    }
}

/// One entry of the outbox: done at least once, and once only by its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxEntry {
    /// The idempotency key: `booking:version:n`; of a reminder, `booking:kind:instant:role`.
    pub key: String,
    /// What is to be done.
    pub kind: OutboxKind,
    /// Whom a notice is for.
    pub to: Option<Addressee>,
    /// The action it follows from, or the kind of a reminder.
    pub action_name: String,
    /// When that was; the instant of a reminder.
    pub at: Timestamp,
    /// Whether it still waits.
    pub status: OutboxStatus,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json, to_value};

    use super::*;

    #[test]
    fn an_entry_is_stored_as_it_always_was() {
        let stored = |kind: &str, to: Value, status: &str| json!({ "key": "1:2:0", "kind": kind, "to": to, "action_name": "any", "at": 5, "status": status });
        for kind in OutboxKind::ALL {
            for (to, status) in [("admins", OutboxStatus::Dead), ("6f", OutboxStatus::Pending)] {
                let stored = stored(kind.name(), to.into(), status.name());
                let entry: OutboxEntry = from_value(stored.clone()).unwrap();
                assert_eq!((entry.kind, entry.status), (kind, status));
                assert_eq!(to_value(entry).unwrap(), stored);
            }
        }
        let names = OutboxKind::ALL.map(OutboxKind::name);
        let known = ["notice", "authorise_payment", "settle_payment", "strike", "invite_reviews", "update_ratings"];
        assert_eq!(names[..6], known);
        assert_eq!(
            (names[6], OutboxStatus::Pending.name(), OutboxStatus::Dead.name()),
            ("reminder", "pending", "dead")
        );
        let entry: OutboxEntry = from_value(stored("strike", Value::Null, "pending")).unwrap();
        assert_eq!(entry.to, None);
        assert_eq!(to_value(Addressee::Admins).unwrap(), "admins");
    }
}
