//! Every query of the drafts, and nothing else. A draft is found only together with whose it is.

use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use mongodb::error::Result;

use super::model::{AskDraft, DRAFTS};
use crate::time::Timestamp;
use crate::web::db::{Collection, Db};

fn drafts(db: &Db) -> Collection<AskDraft> {
    db.collection(DRAFTS)
}

/// The draft for a service that one of these owners has, the latest if there are several.
///
/// # Errors
/// When the database fails.
pub async fn find_owned(db: &Db, owners: &[String], service: ObjectId, now: Timestamp) -> Result<Option<AskDraft>> {
    if owners.is_empty() {
        return Ok(None);
    }
    // The TTL index is late by up to a minute, and the demo's clock runs ahead of it.
    let kept = mongodb::bson::DateTime::from_millis(now.0);
    let mine = doc! { "owner": { "$in": owners }, "service_id": service, "expires_at": { "$gt": kept } };
    drafts(db).find_one(mine).sort(doc! { "created_at": -1 }).await
}

/// The draft of that id, for the link that was mailed for it.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, id: ObjectId) -> Result<Option<AskDraft>> {
    drafts(db).find_one(doc! { "_id": id }).await
}

/// Writes a draft, new or not.
///
/// # Errors
/// When the database fails.
pub async fn save(db: &Db, draft: &AskDraft) -> Result<()> {
    drafts(db).replace_one(doc! { "_id": draft.id }, draft).upsert(true).await.map(|_| ())
}

/// Forgets a draft.
///
/// # Errors
/// When the database fails.
pub async fn remove(db: &Db, id: ObjectId) -> Result<()> {
    drafts(db).delete_one(doc! { "_id": id }).await.map(|_| ())
}

/// How many times are held at the moment by an owner and by an address, a draft not counted.
///
/// # Errors
/// When the database fails.
pub async fn live_holds(db: &Db, owner: &str, peer: &str, but: ObjectId, now: Timestamp) -> Result<(u64, u64)> {
    let held = async |field: &str, value: &str| {
        let others = doc! { field: value, "held_until": { "$gt": now.0 }, "_id": { "$ne": but } };
        drafts(db).count_documents(others).await
    };
    Ok((held("owner", owner).await?, held("peer", peer).await?))
}
