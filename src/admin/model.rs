//! What MongoDB stores about admins.

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// The collection of what admins did that stands in no history of a booking or provider. Append-only.
pub const ADMIN_ACTS: &str = "admin_acts";

/// What an admin can do that no history tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AdminAction {
    /// An effect of a booking that was given up is tried again.
    RetryEffect,
    /// A mail that was given up is tried again.
    RetryMail,
}

impl AdminAction {
    /// The name that is stored: `retry_mail`.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// One thing that an admin did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminAct {
    /// Grows with time.
    #[serde(rename = "_id")]
    pub id: ObjectId,
    /// When.
    pub at: Timestamp,
    /// Whose account: 24 hexadecimal digits.
    pub by: String,
    /// Under which name.
    pub by_name: String,
    /// What.
    pub action: AdminAction,
    /// On what: the key of an entry of the outbox, or of a mail.
    pub subject: String,
}
