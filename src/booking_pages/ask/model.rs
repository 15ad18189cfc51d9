//! What MongoDB stores of a request that has not been sent yet.

use mongodb::bson::DateTime;
use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

use crate::domain::photo::Photo;
use crate::domain::place::Place;
use crate::time::Timestamp;

/// The collection of drafts. A TTL index removes what is past `expires_at`.
pub const DRAFTS: &str = "drafts";

/// How long a draft is kept after it was last changed, in hours.
pub const KEPT_HOURS: i64 = 24;
/// How long the chosen time is held for it, in minutes.
pub const HELD_MINUTES: i64 = 15;
/// How long it works, in hours.
pub const LINK_HOURS: i64 = 24;
/// The most photos of a job.
pub const MOST_PHOTOS: usize = 5;

/// Somebody without an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Their name.
    pub name: String,
    /// Where the link goes.
    pub email: String,
    /// With country code.
    pub phone: String,
}

/// What is being asked for. Its id becomes the booking's, so that it is sent once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskDraft {
    /// Its id, and later the booking's.
    #[serde(rename = "_id")]
    pub id: ObjectId,
    /// Whose it is: `account:<id>`, or `browser:<SHA-256 of its cookie>`.
    pub owner: String,
    /// The service.
    pub service_id: ObjectId,
    /// From when on.
    pub starts_at: Timestamp,
    /// Until when the time is held.
    pub held_until: Timestamp,
    /// How often it has been held.
    pub holds: i32,
    /// From which address it is held, to bound how much one place can hold.
    pub peer: String,
    /// Where.
    pub place: Place,
    /// What was typed as street, to change it again.
    pub street: String,
    /// What was typed as town or suburb.
    pub locality: String,
    /// The IANA zone of the place.
    pub zone: String,
    /// About the job.
    pub details: String,
    /// What it looks like.
    #[serde(default)]
    pub photos: Vec<Photo>,
    /// Who asks, if they have no account.
    pub guest: Option<Guest>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it is forgotten.
    pub expires_at: DateTime,
}
