//! Every query of what admins did, and nothing else.

use futures::TryStreamExt;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use mongodb::error::Result;

use super::model::{ADMIN_ACTS, AdminAct};
use crate::web::db::Db;

/// Keeps what an admin is about to do.
///
/// # Errors
/// When the database fails; then it must not be done.
pub async fn record(db: &Db, act: &AdminAct) -> Result<()> {
    db.collection::<AdminAct>(ADMIN_ACTS).insert_one(act).await.map(|_| ())
}

/// What admins did lately, the latest first, at most twenty.
///
/// # Errors
/// When the database fails.
pub async fn latest_acts(db: &Db) -> Result<Vec<AdminAct>> {
    // Every id is above this one: with a condition on it the newest are a range of the index.
    let all = doc! { "_id": { "$gte": ObjectId::from_bytes([0; 12]) } };
    db.collection::<AdminAct>(ADMIN_ACTS).find(all).sort(doc! { "_id": -1 }).limit(20).await?.try_collect().await
}
