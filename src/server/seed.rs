//! The demo: people, and bookings in every status, relative to now. Each booking is walked through the real machine in
//! the past it tells of, so its history is as true as any.

use futures::TryStreamExt;
use futures::future::try_join_all;
use mongodb::bson::{Bson, Document, doc, serialize_to_document};
use mongodb::error::TRANSIENT_TRANSACTION_ERROR;
use serde::Serialize;

use super::migrations::MIGRATIONS;
use crate::account::model::ACCOUNTS;
use crate::booking::machine::Denial;
use crate::booking::model::BOOKINGS;
use crate::booking::store;
use crate::catalogue::model::SERVICES;
use crate::catalogue::store as catalogue_store;
use crate::provider::model::PROVIDERS;
use crate::review::ratings;
use crate::time::Timestamp;
use crate::web::db::{Db, is_duplicate_key};

pub mod due;
mod fixed_ids;
mod hours;
mod jobs;
mod people;
mod providers;
pub mod scale;
mod stories;
mod talk;
mod walk;

/// The password of every demo account.
pub const DEMO_PASSWORD: &str = "kia-ora-gigsta";

/// The demo's people whom one can sign in as, and what they are.
pub const DEMO_ACCOUNTS: [(&str, &str); 5] = [
    ("customer@demo.test", "a customer"),
    ("customer2@demo.test", "another customer"),
    ("provider@demo.test", "a provider"),
    ("provider2@demo.test", "another provider"),
    ("admin@demo.test", "an admin"),
];

/// What the seed wrote. All zero when everything was there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// New accounts.
    pub accounts: usize,
    /// New bookings.
    pub bookings: usize,
}

/// Why the demo could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The machine denies an action of a story: the table has changed, or the story is wrong.
    #[error("the demo's story {story} cannot do {action}: {}", reasons(denials))]
    Denied {
        /// The story's key.
        story: &'static str,
        /// The action.
        action: &'static str,
        /// Why not.
        denials: Vec<Denial>,
    },
    /// A story names an unknown action or input.
    #[error("the demo's story {0} does {1}, which is unknown")]
    Unknown(&'static str, &'static str),
    /// The database failed.
    #[error("the demo could not be written: {0}")]
    Database(#[from] mongodb::error::Error),
}

fn reasons(denials: &[Denial]) -> String {
    denials.iter().map(|denial| denial.message.as_str()).collect::<Vec<_>>().join(" ")
}

/// Writes the demo where it is missing. `password_hash` is the PHC hash of the password of all demo accounts.
///
/// Accounts that are there stay as they are. If any demo booking is there, all of them are, because they are written
/// together; they have lived since, so they stay as they are too.
///
/// # Errors
/// [`SeedError`]; bookings are written all or none.
pub async fn seed(db: &Db, now: Timestamp, password_hash: &str) -> Result<Summary, SeedError> {
    let accounts = put_missing(db, ACCOUNTS, people::accounts(now, password_hash)).await?;
    let mut summary = Summary { accounts, bookings: 0 };
    let businesses = providers::all(now)?;
    let providers: Vec<_> = businesses.iter().map(|provider| provider.id).collect();
    put_missing(db, PROVIDERS, businesses).await?;
    let services: Result<Vec<_>, _> = jobs::services(now).iter().map(catalogue_store::stored).collect();
    put_missing(db, SERVICES, services?).await?;
    let walked = walk::all(now)?;
    let ids: Vec<_> = stories::keys().map(fixed_ids::booking_id).collect();
    let demo = doc! { "_id": { "$in": ids } };
    let there = db.collection::<Document>(BOOKINGS);
    if there.find_one(demo.clone()).await?.is_some() {
        return Ok(summary);
    }
    let count = walked.len();
    match store::insert_all(db, walked).await {
        Ok(()) => {
            summary.bookings = count;
            talk::put(db, now).await?;
            try_join_all(providers.into_iter().map(|provider| ratings::recount(db, provider))).await?;
        }
        // Another seed is faster by a moment, and holds these ids.
        Err(error) if error.contains_label(TRANSIENT_TRANSACTION_ERROR) => {}
        Err(error) => {
            // It may have been done by now. If not, somebody else's booking is in the demo's way.
            there.find_one(demo).await?.ok_or(error)?;
        }
    }
    Ok(summary)
}

/// Deletes every document but the record of migrations; collections and their indexes stay, because to make them takes
/// longer than everything that is written into them.
///
/// # Errors
/// When the database fails.
pub async fn empty(db: &Db) -> mongodb::error::Result<()> {
    let names = db.database.list_collection_names().await?;
    let emptied = names.iter().filter(|name| *name != MIGRATIONS && !name.starts_with("system."));
    try_join_all(emptied.map(async |name| db.collection::<Document>(name).delete_many(doc! {}).await)).await?;
    Ok(())
}

/// Writes those documents whose `_id` is not there yet, and says how many those were.
async fn put_missing<T: Serialize>(db: &Db, collection: &str, documents: Vec<T>) -> mongodb::error::Result<usize> {
    let documents: Vec<Document> = documents.iter().map(serialize_to_document).collect::<Result<_, _>>()?;
    let ids: Vec<&Bson> = documents.iter().filter_map(|document| document.get("_id")).collect();
    let ids = doc! { "_id": { "$in": ids } };
    let collection = db.collection::<Document>(collection);
    let there = collection.find(ids.clone()).projection(doc! { "_id": 1 }).await?;
    let there: Vec<Document> = there.try_collect().await?;
    let known = |document: &Document| there.iter().any(|one| one.get("_id") == document.get("_id"));
    let missing: Vec<Document> = documents.into_iter().filter(|document| !known(document)).collect();
    let (count, wanted) = (missing.len(), u64::try_from(missing.len() + there.len()).unwrap_or_default());
    if missing.is_empty() {
        return Ok(0);
    }
    match collection.insert_many(missing).ordered(false).await {
        Ok(_) => Ok(count),
        // Another seed is faster by a moment and has written some of them.
        Err(error) if is_duplicate_key(&error) && collection.count_documents(ids).await? == wanted => Ok(0),
        Err(error) => Err(error),
    }
}
