//! Somebody's bookings as appointments in a calendar.

use futures::TryStreamExt;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use mongodb::error::Result;
use serde::Deserialize;

use crate::booking::machine::aggregate::Party;
use crate::booking::machine::{Role, Status};
use crate::booking::model::BOOKINGS;
use crate::time::Timestamp;
use crate::web::db::Db;

/// The most bookings in a feed.
const MOST: i64 = 500;
/// How far a feed looks back, in days.
const BACK_DAYS: i64 = 30;
/// How far a feed looks ahead, in days.
const AHEAD_DAYS: i64 = 365;

/// What a calendar needs of a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// The booking's id.
    pub id: String,
    /// What people call it.
    pub reference: String,
    /// What is done.
    pub service: String,
    /// For whom.
    pub customer: String,
    /// By whom.
    pub provider: String,
    /// Where.
    pub place: String,
    /// Where the booking stands.
    pub status: Status,
    /// From here on.
    pub starts_at: Timestamp,
    /// Until just before here.
    pub ends_at: Timestamp,
    /// Whether it was ever agreed.
    pub agreed: bool,
    /// The event that last changed its status or its time.
    pub sequence: i64,
    /// When that was.
    pub moved_at: Timestamp,
}

/// Somebody's bookings from 30 days ago to a year ahead, the earliest first, at most 500, each with their part in it.
///
/// Left out is what was never more than a draft, and what ended without having been agreed.
///
/// # Errors
/// When the database fails.
pub async fn of_account(db: &Db, account: ObjectId, now: Timestamp) -> Result<Vec<(Appointment, Role)>> {
    let account = account.to_hex();
    let (from, to) = (now.plus_hours(-24 * BACK_DAYS), now.plus_hours(24 * AHEAD_DAYS));
    // Each branch carries the whole condition, so that each is one range of one index.
    let branch = |side: &str| {
        doc! {
            side: &account,
            "state.starts_at": { "$gte": from.0, "$lt": to.0 },
            "$or": [
                { "state.accepted_at": { "$ne": null } },
                { "state.status": { "$in": [Status::Requested.name(), Status::Quoted.name()] } },
            ],
        }
    };
    let mut shown = doc! { "reference": 1, "customer": 1, "provider": 1, "version": 1, "created_at": 1 };
    for field in ["service.title", "place.label", "state.status", "state.starts_at", "state.ends_at"] {
        shown.insert(field, 1);
    }
    for field in ["state.accepted_at", "history.seq", "history.at", "history.from", "history.to"] {
        shown.insert(field, 1);
    }
    shown.extend(doc! { "history.changes.starts_at": 1, "history.changes.ends_at": 1 });
    let query = doc! { "$or": [branch("customer.id"), branch("provider.id")] };
    let bookings = db.collection::<Found>(BOOKINGS);
    let found = bookings.find(query).sort(doc! { "state.starts_at": 1, "_id": 1 }).limit(MOST).projection(shown);
    let found: Vec<Found> = found.await?.try_collect().await?;
    let role = |found: &Found| if found.provider.id == account { Role::Provider } else { Role::Customer };
    Ok(found.into_iter().map(|found| (role(&found), found)).map(|(role, found)| (found.into(), role)).collect())
}

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "_id")]
    id: ObjectId,
    reference: String,
    customer: Party,
    provider: Party,
    service: Titled,
    place: Labelled,
    version: i64,
    created_at: Timestamp,
    state: Standing,
    #[serde(default)]
    history: Vec<Happened>,
}

#[derive(Deserialize)]
struct Titled {
    title: String,
}

#[derive(Deserialize)]
struct Labelled {
    label: String,
}

#[derive(Deserialize)]
struct Standing {
    status: Status,
    starts_at: Timestamp,
    ends_at: Timestamp,
    accepted_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Happened {
    seq: i64,
    at: Timestamp,
    from: Option<Status>,
    to: Status,
    #[serde(default)]
    changes: Moved,
}

#[derive(Default, Deserialize)]
struct Moved {
    starts_at: Option<serde::de::IgnoredAny>,
    ends_at: Option<serde::de::IgnoredAny>,
}

impl From<Found> for Appointment {
    fn from(found: Found) -> Self {
        let moves = |event: &&Happened| {
            event.from != Some(event.to) || event.changes.starts_at.is_some() || event.changes.ends_at.is_some()
        };
        let last = found.history.iter().rev().find(moves);
        Self {
            id: found.id.to_hex(),
            sequence: last.map_or(found.version, |event| event.seq),
            moved_at: last.map_or(found.created_at, |event| event.at),
            reference: found.reference,
            service: found.service.title,
            customer: found.customer.name,
            provider: found.provider.name,
            place: found.place.label,
            status: found.state.status,
            starts_at: found.state.starts_at,
            ends_at: found.state.ends_at,
            agreed: found.state.accepted_at.is_some(),
        }
    }
}
