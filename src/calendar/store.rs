//! Every query of the calendars, and nothing else.

use futures::TryStreamExt;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use mongodb::error::Result;
use serde::Deserialize;

use super::event::Entry;
use super::model::{CALENDAR_FEEDS, CalendarFeed};
use crate::account::links;
use crate::booking::machine::aggregate::Party;
use crate::booking::machine::{Role, Status};
use crate::booking::model::BOOKINGS;
use crate::ids;
use crate::time::Timestamp;
use crate::web::db::Db;

/// The most bookings in a feed.
pub const MOST: i64 = 500;
/// How far a feed looks back, in days.
const BACK_DAYS: i64 = 30;
/// How far a feed looks ahead, in days.
const AHEAD_DAYS: i64 = 365;

/// Somebody's feed, if they have one.
///
/// # Errors
/// When the database fails.
pub async fn feed_of(db: &Db, account: ObjectId) -> Result<Option<CalendarFeed>> {
    feeds(db).find_one(doc! { "_id": account }).await
}

/// Gives somebody a new feed in place of their old one, and its token, which is kept nowhere.
///
/// # Errors
/// When the database fails.
pub async fn make_feed(db: &Db, account: ObjectId, now: Timestamp) -> Result<String> {
    let token = ids::fresh_token();
    let feed = CalendarFeed { account_id: account, token_hash: links::hash(&token), created_at: now };
    feeds(db).replace_one(doc! { "_id": account }, &feed).upsert(true).await?;
    Ok(token)
}

/// Ends somebody's feed.
///
/// # Errors
/// When the database fails.
pub async fn revoke_feed(db: &Db, account: ObjectId) -> Result<()> {
    feeds(db).delete_one(doc! { "_id": account }).await.map(|_| ())
}

/// Whose feed has that token, if any has. What was never a token is not even looked for.
///
/// # Errors
/// When the database fails.
pub async fn account_of(db: &Db, token: &str) -> Result<Option<ObjectId>> {
    if !links::is_token(token) {
        return Ok(None);
    }
    let feed = feeds(db).find_one(doc! { "token_hash": links::hash(token) }).await?;
    Ok(feed.map(|feed| feed.account_id))
}

/// Only what a calendar needs of a booking.
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

impl From<Found> for Entry {
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

/// Somebody's bookings from 30 days ago to a year ahead, the earliest first, at most 500, each with their part in it.
///
/// Left out is what was never more than a draft, and what ended without having been agreed.
///
/// # Errors
/// When the database fails.
pub async fn entries(db: &Db, account: ObjectId, now: Timestamp) -> Result<Vec<(Entry, Role)>> {
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

fn feeds(db: &Db) -> mongodb::Collection<CalendarFeed> {
    db.collection(CALENDAR_FEEDS)
}
