//! One event of what became of an application.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::chain::FieldChange;
use crate::domain::standing::ProviderStatus;
use crate::time::Timestamp;

/// In which part somebody acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActingAs {
    /// Whose application it is.
    Applicant,
    /// The marketplace's own people.
    Admin,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderEvent {
    /// 1, 2, 3, ...
    pub seq: i64,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// Which action.
    pub action_name: String,
    /// In which part.
    pub actor: ActingAs,
    /// Whose account.
    pub actor_id: String,
    /// Under which name.
    pub actor_name: String,
    /// The status before; none for the first event.
    pub from: Option<ProviderStatus>,
    /// The status after.
    pub to: ProviderStatus,
    /// The sentence of the table.
    pub note: String,
    /// The reason, question or answer that was submission.
    pub reason: Option<String>,
    /// Every field that changed.
    pub changes: BTreeMap<String, FieldChange>,
    /// SHA-256 over the previous hash and this event.
    pub hash: String,
    /// The hash of the event before; empty for the first.
    pub prev_hash: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_stored_under_the_names_that_hashes_are_made_of() {
        let names = serde_json::to_value([ActingAs::Applicant, ActingAs::Admin]).unwrap();
        assert_eq!(names, serde_json::json!(["applicant", "admin"]));
    }
}
