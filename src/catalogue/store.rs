//! Every query of the services but the search, and nothing else.

use futures::TryStreamExt;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use mongodb::error::Result;

use super::model::{SERVICES, ServiceDocument, ServiceStatus};
use crate::server::db::Db;

fn services(db: &Db) -> mongodb::Collection<ServiceDocument> {
    db.collection(SERVICES)
}

/// The service of that address, if it can be found and asked for.
///
/// # Errors
/// When the database fails.
pub async fn find_listed(db: &Db, slug: &str) -> Result<Option<ServiceDocument>> {
    services(db).find_one(doc! { "slug": slug, "listed": true }).await
}

/// Shows or hides the services of a provider, as they begin or cease to take requests.
///
/// # Errors
/// When the database fails.
pub async fn relist(db: &Db, provider_id: ObjectId, takes_requests: bool) -> Result<()> {
    let mut query = doc! { "provider_id": provider_id };
    if takes_requests {
        query.insert("status", ServiceStatus::Active.name());
    }
    services(db).update_many(query, doc! { "$set": { "listed": takes_requests } }).await.map(|_| ())
}

/// The services of one provider, the latest changed first, at most a hundred.
///
/// # Errors
/// When the database fails.
pub async fn of_provider(db: &Db, provider: ObjectId) -> Result<Vec<ServiceDocument>> {
    let found = services(db).find(doc! { "provider_id": provider }).sort(doc! { "updated_at": -1 }).limit(100).await?;
    found.try_collect().await
}

/// The service of that id, if it can be found and asked for.
///
/// # Errors
/// When the database fails.
pub async fn find_listed_by_id(db: &Db, id: ObjectId) -> Result<Option<ServiceDocument>> {
    services(db).find_one(doc! { "_id": id, "listed": true }).await
}
