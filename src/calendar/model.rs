//! What MongoDB stores about calendar feeds.

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// The collection of calendar feeds.
pub const CALENDAR_FEEDS: &str = "calendar_feeds";

/// Somebody's feed: one a person, so that a new address ends the old one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarFeed {
    /// Whose it is.
    #[serde(rename = "_id")]
    pub account_id: ObjectId,
    /// SHA-256 of the token in its address, in hexadecimal; unique.
    pub token_hash: String,
    /// When the address was made.
    pub created_at: Timestamp,
}
