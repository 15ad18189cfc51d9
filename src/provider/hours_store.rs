//! Every query about a provider's hours, and nothing else. Each carries whose hours they are.

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc, serialize_to_bson};
use mongodb::error::Result;
use serde::Deserialize;

use super::feed::Feeds;
use super::model::PROVIDERS;
use super::week::{DayException, Week};
use crate::booking::machine::Status;
use crate::booking::model::BOOKINGS;
use crate::server::db::Db;
use crate::time::Timestamp;

/// How many days ahead bookings are looked at that other hours would leave outside.
pub const LOOK_AHEAD_DAYS: i64 = 60;
/// The most bookings that are looked at.
const MOST_BOOKINGS: i64 = 500;
/// The statuses in which a booking still wants its time.
const WANTS_TIME: [Status; 4] = [Status::Requested, Status::Quoted, Status::Accepted, Status::InProgress];

/// A booking, as far as hours are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Its id.
    pub id: String,
    /// Its reference.
    pub reference: String,
    /// What is done.
    pub service: String,
    /// For whom.
    pub customer: String,
    /// Where it stands.
    pub status: Status,
    /// From here on.
    pub starts_at: Timestamp,
    /// Until just before here.
    pub ends_at: Timestamp,
}

/// Writes the week if nobody changed the provider since `version`; keeps the old one, to be taken back. Says whether it did.
///
/// # Errors
/// When the database fails.
pub async fn save_week(db: &Db, provider: ObjectId, version: i64, week: &Week, old: &Week) -> Result<bool> {
    let set = doc! { "week": serialize_to_bson(week)?, "week_before": serialize_to_bson(old)? };
    save(db, provider, version, set).await
}

/// Writes the exceptions if nobody changed the provider since `version`. Says whether it did.
///
/// # Errors
/// When the database fails.
pub async fn save_exceptions(db: &Db, provider: ObjectId, version: i64, all: &[DayException]) -> Result<bool> {
    save(db, provider, version, doc! { "exceptions": serialize_to_bson(all)? }).await
}

async fn save(db: &Db, provider: ObjectId, version: i64, set: Document) -> Result<bool> {
    let change = doc! { "$set": set, "$inc": { "version": 1_i64 } };
    let unchanged = doc! { "_id": provider, "version": version };
    let done = db.collection::<Document>(PROVIDERS).update_one(unchanged, change).await?;
    Ok(done.matched_count == 1)
}

/// Writes the calendars and what they take, if nobody changed them since they were read. Says whether it did. The
/// provider's version stays: forms that are open do not speak of calendars.
///
/// # Errors
/// When the database fails.
pub async fn save_feeds(db: &Db, provider: ObjectId, feeds: &Feeds) -> Result<bool> {
    let before = feeds.revision - 1;
    let mut unchanged = doc! { "_id": provider, "feeds.revision": before };
    if before == 0 {
        // Providers from before there were calendars have none of it.
        unchanged.insert("feeds.revision", doc! { "$in": [0_i64, mongodb::bson::Bson::Null] });
    }
    let set = doc! { "$set": { "feeds": serialize_to_bson(feeds)?, "busy": serialize_to_bson(&feeds.busy())? } };
    let done = db.collection::<Document>(PROVIDERS).update_one(unchanged, set).await?;
    Ok(done.matched_count == 1)
}

/// The week before the last change, if there was one.
///
/// # Errors
/// When the database fails.
pub async fn week_before(db: &Db, provider: ObjectId) -> Result<Option<Week>> {
    #[derive(Deserialize)]
    struct Before {
        week_before: Option<Week>,
    }
    let providers = db.collection::<Before>(PROVIDERS);
    let found = providers.find_one(doc! { "_id": provider }).projection(doc! { "_id": 0, "week_before": 1 }).await?;
    Ok(found.and_then(|found| found.week_before))
}

/// The ids of providers with a calendar that has to be read again by `now`, longest due first.
///
/// # Errors
/// When the database fails.
pub async fn feeds_due(db: &Db, now: Timestamp, limit: i64) -> Result<Vec<ObjectId>> {
    #[derive(Deserialize)]
    struct Due {
        #[serde(rename = "_id")]
        id: ObjectId,
    }
    let providers = db.collection::<Due>(PROVIDERS);
    let due = providers.find(doc! { "feeds.due_at": { "$lte": now.0 } });
    let due = due.sort(doc! { "feeds.due_at": 1 }).limit(limit).projection(doc! { "_id": 1 }).await?;
    due.map_ok(|due| due.id).try_collect().await
}

/// The provider's bookings of the next 60 days that still want their time, in order.
///
/// # Errors
/// When the database fails.
pub async fn bookings_ahead(db: &Db, provider: ObjectId, now: Timestamp) -> Result<Vec<Ahead>> {
    #[derive(Deserialize)]
    struct Named {
        #[serde(alias = "title")]
        name: String,
    }
    #[derive(Deserialize)]
    struct State {
        status: Status,
        starts_at: Timestamp,
        ends_at: Timestamp,
    }
    #[derive(Deserialize)]
    struct Found {
        #[serde(rename = "_id")]
        id: ObjectId,
        reference: String,
        service: Named,
        customer: Named,
        state: State,
    }
    let statuses: Vec<&str> = WANTS_TIME.iter().map(|status| status.name()).collect();
    let filter = doc! {
        "provider.id": provider.to_hex(),
        "state.status": { "$in": statuses },
        // What has begun may still be going on.
        "state.starts_at": { "$gte": now.plus_hours(-24).0, "$lt": now.plus_hours(24 * LOOK_AHEAD_DAYS).0 },
    };
    let fields = doc! {
        "reference": 1, "service.title": 1, "customer.name": 1, "state.status": 1, "state.starts_at": 1, "state.ends_at": 1,
    };
    let bookings = db.collection::<Found>(BOOKINGS);
    let found = bookings.find(filter).limit(MOST_BOOKINGS).projection(fields).await?;
    let found: Vec<Found> = found.try_collect().await?;
    let ahead = |found: Found| Ahead {
        id: found.id.to_hex(),
        reference: found.reference,
        service: found.service.name,
        customer: found.customer.name,
        status: found.state.status,
        starts_at: found.state.starts_at,
        ends_at: found.state.ends_at,
    };
    let mut ahead: Vec<Ahead> = found.into_iter().map(ahead).filter(|one| one.ends_at > now).collect();
    ahead.sort_by_key(|one| one.starts_at);
    Ok(ahead)
}
