//! One event of the audit trail.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::booking::role::Role;
use crate::booking::status::Status;
use crate::domain::chain::{FieldChange, digest};
use crate::time::Timestamp;

/// Where an action came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A page.
    Web,
    /// The clock.
    Timer,
    /// A program.
    Api,
    /// The marketplace's own people.
    Admin,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// 1, 2, 3, ...: equal to the version it made.
    pub seq: i64,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// Which action.
    pub action_name: String,
    /// In which role.
    pub actor: Role,
    /// Whose account; none for the clock.
    pub actor_id: Option<String>,
    /// Under which name.
    pub actor_name: String,
    /// The status before; none for the first event.
    pub from: Option<Status>,
    /// The status after.
    pub to: Status,
    /// The sentence of the table.
    pub note: String,
    /// The reason or message that was given.
    pub message: Option<String>,
    /// Every field of the state that changed.
    pub changes: BTreeMap<String, FieldChange>,
    /// Where it came from.
    pub source: Source,
    /// SHA-256 over the previous hash and this event.
    pub hash: String,
    /// The hash of the event before; empty for the first.
    pub prev_hash: String,
}

impl Event {
    /// Seals the event: sets its hash over everything else in it.
    pub fn seal(mut self) -> Event {
        self.hash = self.digest();
        self
    }

    /// What its hash has to be.
    pub(super) fn digest(&self) -> String {
        digest(self)
    }
}
