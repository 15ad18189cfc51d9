//! Every query about a provider's hours, and nothing else. Each carries whose hours they are.

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc, serialize_to_bson};
use mongodb::error::Result;
use serde::Deserialize;

use super::feed::Feeds;
use super::model::PROVIDERS;
use super::week::{DayException, Week};
use crate::time::Timestamp;
use crate::web::db::Db;

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
