//! What MongoDB stores about admins.

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// The collection of what admins did that stands in no history of a booking or provider. Append-only.
pub const ADMIN_ACTS: &str = "admin_acts";

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
    /// What: `retry_effect`, `retry_mail`.
    pub action: String,
    /// On what: the key of an entry of the outbox, or of a mail.
    pub subject: String,
}
