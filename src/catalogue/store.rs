//! Every query of the services, and nothing else.

mod findable;
pub(super) mod search;

use futures::TryStreamExt;
use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Bson, Document, doc, serialize_to_bson};
use mongodb::error::Result;
use mongodb::options::ReturnDocument;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::model::{SERVICES, ServiceDocument, ServiceStatus};
use crate::domain::photo::Photo;
use crate::domain::rating::{Rating, Reliability};
use crate::time::Timestamp;
use crate::web::db::{Collection, Db, is_duplicate_key};

pub use findable::{complete, stored};

/// The most photos of a service.
pub const MAX_PHOTOS: usize = 8;

/// What an edit never touches: whose it is, its address, and what has writes of its own.
const NOT_EDITED: [&str; 10] =
    ["_id", "slug", "provider_id", "photos", "status", "listed", "rating", "reliability", "version", "created_at"];

/// A service as somebody saw it who now changes it: whose, which, and which version.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The provider who asks.
    pub provider_id: ObjectId,
    /// The service.
    pub id: ObjectId,
    /// The version that they saw.
    pub version: i64,
}

impl Seen {
    fn filter(&self) -> Document {
        doc! { "_id": self.id, "provider_id": self.provider_id, "version": self.version }
    }
}

fn services(db: &Db) -> Collection<ServiceDocument> {
    db.collection(SERVICES)
}

/// The service of that address, if it can be found and asked for.
///
/// # Errors
/// When the database fails.
pub async fn find_listed(db: &Db, slug: &str) -> Result<Option<ServiceDocument>> {
    services(db).find_one(doc! { "slug": slug, "listed": true }).await
}

/// The service of that address, if everybody can see it or it is the viewer's own, and what stages make of it.
///
/// # Errors
/// When the database fails.
pub async fn find_visible<T>(db: &Db, slug: &str, viewer: Option<ObjectId>, stages: Vec<Document>) -> Result<Option<T>>
where
    T: DeserializeOwned + Unpin + Send + Sync,
{
    let visible = match viewer {
        Some(viewer) => doc! { "slug": slug, "$or": [{ "listed": true }, { "provider_id": viewer }] },
        None => doc! { "slug": slug, "listed": true },
    };
    let mut pipeline = vec![doc! { "$match": visible }];
    pipeline.extend(stages);
    services(db).aggregate(pipeline).with_type::<T>().await?.try_next().await
}

/// A provider's own service.
///
/// # Errors
/// When the database fails.
pub async fn find_own(db: &Db, provider_id: ObjectId, id: ObjectId) -> Result<Option<ServiceDocument>> {
    services(db).find_one(doc! { "_id": id, "provider_id": provider_id }).await
}

/// Writes a new service; says whether it could, or its id or its address is taken.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, service: &ServiceDocument) -> Result<bool> {
    match db.collection(SERVICES).insert_one(stored(service)?).await {
        Err(error) if is_duplicate_key(&error) => Ok(false),
        written => written.map(|_| true),
    }
}

/// Writes what an edit made of a service that still is at `service.version`, and gives it as it is now. Nothing if it has
/// changed meanwhile, or is not theirs.
///
/// # Errors
/// When the database fails.
pub async fn save(db: &Db, service: &ServiceDocument, now: Timestamp) -> Result<Option<ServiceDocument>> {
    let mut set = stored(service)?;
    for field in NOT_EDITED {
        set.remove(field);
    }
    let seen = Seen { provider_id: service.provider_id, id: service.id, version: service.version };
    change(db, seen.filter(), doc! { "$set": set }, now).await
}

/// Publishes, archives or takes back a service that was seen. Nothing if it has changed meanwhile, or is not theirs.
///
/// # Errors
/// When the database fails.
pub async fn set_status(
    db: &Db,
    seen: Seen,
    status: ServiceStatus,
    takes_requests: bool,
    now: Timestamp,
) -> Result<Option<ServiceDocument>> {
    let listed = status == ServiceStatus::Active && takes_requests;
    change(db, seen.filter(), doc! { "$set": { "status": status.name(), "listed": listed } }, now).await
}

/// Lists what a provider offers, or takes all of it off the list: after they were approved, suspended, or changed by
/// themselves whether they take requests. Says how many services were looked at.
///
/// # Errors
/// When the database fails.
pub async fn relist(db: &Db, provider_id: ObjectId, takes_requests: bool) -> Result<u64> {
    let active = doc! { "$eq": ["$status", ServiceStatus::Active.name()] };
    let listed = if takes_requests { Bson::from(active) } else { Bson::from(false) };
    let update = vec![doc! { "$set": { "listed": listed } }];
    Ok(services(db).update_many(doc! { "provider_id": provider_id }, update).await?.matched_count)
}

/// Adds a photo at the end. Nothing if there are [`MAX_PHOTOS`] already, or the service is not theirs.
///
/// # Errors
/// When the database fails.
pub async fn add_photo(
    db: &Db,
    provider_id: ObjectId,
    id: ObjectId,
    photo: &Photo,
    now: Timestamp,
) -> Result<Option<ServiceDocument>> {
    let mut filter = doc! { "_id": id, "provider_id": provider_id };
    filter.insert(format!("photos.{}", MAX_PHOTOS - 1), doc! { "$exists": false });
    change(db, filter, doc! { "$push": { "photos": serialize_to_bson(photo)? } }, now).await
}

/// Puts photos in place of those that were seen: in another order, with other words, or fewer. Nothing if the service has
/// changed meanwhile, or is not theirs.
///
/// # Errors
/// When the database fails.
pub async fn set_photos(db: &Db, seen: Seen, photos: &[Photo], now: Timestamp) -> Result<Option<ServiceDocument>> {
    change(db, seen.filter(), doc! { "$set": { "photos": serialize_to_bson(&photos)? } }, now).await
}

/// One write to one service, which makes it one version newer.
async fn change(db: &Db, filter: Document, mut update: Document, now: Timestamp) -> Result<Option<ServiceDocument>> {
    match update.get_document_mut("$set") {
        Ok(set) => _ = set.insert("updated_at", now.0),
        Err(_) => _ = update.insert("$set", doc! { "updated_at": now.0 }),
    }
    update.insert("$inc", doc! { "version": 1_i64 });
    services(db).find_one_and_update(filter, update).return_document(ReturnDocument::After).await
}

/// How many services a provider has, archived ones included, counted up to so many.
///
/// # Errors
/// When the database fails.
pub async fn count_of_provider(db: &Db, provider: ObjectId, most: u64) -> Result<u64> {
    services(db).count_documents(doc! { "provider_id": provider }).limit(most).await
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

/// Writes what a provider has earned on all their services, inside a transaction, so that a search needs no join. No version
/// grows.
///
/// # Errors
/// When the database fails.
pub async fn set_earned(
    db: &Db,
    session: &mut ClientSession,
    provider_id: ObjectId,
    rating: Rating,
    reliability: Reliability,
) -> Result<()> {
    let set = doc! { "rating": serialize_to_bson(&rating)?, "reliability": serialize_to_bson(&reliability)? };
    let theirs = doc! { "provider_id": provider_id };
    services(db).update_many(theirs, doc! { "$set": set }).session(session).await.map(|_| ())
}

/// A listed service, as far as its address is concerned.
#[derive(Debug, Deserialize)]
pub struct ListedService {
    /// The last part of its address.
    pub slug: String,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// The listed services, the best known first, at most so many.
///
/// # Errors
/// When the database fails.
pub async fn listed(db: &Db, most: i64) -> Result<Vec<ListedService>> {
    let collection = db.collection::<ListedService>(SERVICES);
    let found = collection.find(doc! { "listed": true }).sort(doc! { "rating.sum": -1, "_id": 1 }).limit(most);
    found.projection(doc! { "slug": 1, "updated_at": 1 }).await?.try_collect().await
}
