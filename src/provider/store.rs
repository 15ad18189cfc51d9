//! Every query of the providers, and nothing else.

mod calendars;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use futures::TryStreamExt;
use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc, serialize_to_bson};
use mongodb::error::{Error, Result};
use serde::Deserialize;

use super::model::{PROVIDERS, Provider};
use crate::account::session;
use crate::domain::rating::{Rating, Reliability};
use crate::domain::standing::ProviderStatus;
use crate::time::Timestamp;
use crate::web::cursor;
use crate::web::db::{Collection, Db, is_duplicate_key};
use crate::web::transaction::{Work, in_transaction};

pub use calendars::{StoredCalendar, calendars};

/// The most providers on a page of the queue.
pub const PAGE_SIZE: usize = 50;

fn providers(db: &Db) -> Collection<Provider> {
    db.collection(PROVIDERS)
}

/// The provider of an account.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, id: ObjectId) -> Result<Option<Provider>> {
    providers(db).find_one(doc! { "_id": id }).await
}

/// The provider whom everybody may see; nothing while they are not approved. What is theirs alone stays behind: their
/// history, their numbers, and the secret addresses of their calendars.
///
/// # Errors
/// When the database fails.
pub async fn find_public(db: &Db, id: ObjectId) -> Result<Option<Provider>> {
    let private = doc! { "history": 0, "payout": 0, "business_number": 0, "feeds": 0 };
    let query = doc! { "_id": id, "status": ProviderStatus::Approved.name() };
    let found = db.collection::<Document>(PROVIDERS).find_one(query).projection(private).await?;
    let Some(mut found) = found else {
        return Ok(None);
    };
    found.insert("business_number", "");
    found.insert("phone", "");
    mongodb::bson::deserialize_from_document(found).map(Some).map_err(Into::into)
}

/// Writes a provider, new or not.
///
/// # Errors
/// When the database fails.
pub async fn save(db: &Db, provider: &Provider) -> Result<()> {
    providers(db).replace_one(doc! { "_id": provider.id }, provider).upsert(true).await?;
    session::forget(db, &[provider.id]).await
}

/// Writes a provider who has just begun; no if they had begun already.
///
/// # Errors
/// When the database fails.
pub async fn begin(db: &Db, provider: &Provider) -> Result<bool> {
    match in_transaction(db, &Begin(provider)).await {
        Err(error) if is_duplicate_key(&error) => Ok(false),
        written => written.map(|()| true),
    }
}

/// The provider, and with it what the sessions of the account know of it.
struct Begin<'a>(&'a Provider);

impl Work for Begin<'_> {
    type Done = ();
    type Failure = Error;

    async fn run(&self, db: &Db, session: &mut ClientSession) -> Result<()> {
        providers(db).insert_one(self.0).session(&mut *session).await?;
        session::forget_in(session, db, self.0.id).await
    }
}

/// Writes what an action made of the application, with its event, in one write; no if somebody was faster.
///
/// # Errors
/// When the database fails.
pub async fn advance(db: &Db, before: &Provider, after: &Provider) -> Result<bool> {
    let event = after.history.last().map(serialize_to_bson).transpose()?;
    let set = doc! {
        "trading_name": &after.trading_name,
        "about": &after.about,
        "phone": &after.phone,
        "business_number": &after.business_number,
        "base": serialize_to_bson(&after.base)?,
        "zone": &after.zone,
        "payout": &after.payout,
        "status": after.status.name(),
        "active": after.active,
        "version": after.version,
    };
    let update = doc! { "$set": set, "$push": { "history": event } };
    in_transaction(db, &Advance { before, update }).await
}

/// An action's write, and with it what the sessions of the account know of the provider.
struct Advance<'a> {
    before: &'a Provider,
    update: Document,
}

impl Work for Advance<'_> {
    type Done = bool;
    type Failure = Error;

    async fn run(&self, db: &Db, session: &mut ClientSession) -> Result<bool> {
        let same = doc! { "_id": self.before.id, "version": self.before.version };
        let written = providers(db).update_one(same, self.update.clone()).session(&mut *session).await?;
        session::forget_in(session, db, self.before.id).await?;
        Ok(written.matched_count == 1)
    }
}

/// What the queue shows of a provider.
#[derive(Clone, Debug, Deserialize)]
pub struct Queued {
    /// The account's id.
    #[serde(rename = "_id")]
    pub id: ObjectId,
    /// The name of the business.
    pub trading_name: String,
    /// When they began.
    pub created_at: Timestamp,
}

/// A page of those in a status, those who began first; and the id after which the next page begins, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn queue(
    db: &Db,
    status: ProviderStatus,
    after: Option<ObjectId>,
) -> Result<(Vec<Queued>, Option<ObjectId>)> {
    let mut query = doc! { "status": status.name() };
    if let Some(after) = after {
        query.insert("_id", doc! { "$gt": after });
    }
    let shown = doc! { "trading_name": 1, "created_at": 1 };
    let found = db.collection::<Queued>(PROVIDERS);
    let found = found.find(query).sort(doc! { "_id": 1 }).limit(cursor::limit(PAGE_SIZE)).projection(shown).await?;
    Ok(cursor::cut(found.try_collect().await?, PAGE_SIZE, |last: &Queued| last.id))
}

/// How many providers there are in each status.
///
/// # Errors
/// When the database fails.
pub async fn count_by_status(db: &Db) -> Result<BTreeMap<ProviderStatus, u64>> {
    #[derive(Deserialize)]
    struct Count {
        #[serde(rename = "_id")]
        status: ProviderStatus,
        count: i64,
    }
    // The condition holds for every provider; with it the index alone answers.
    let pipeline = [
        doc! { "$match": { "status": { "$gt": "" } } },
        doc! { "$group": { "_id": "$status", "count": { "$sum": 1_i64 } } },
    ];
    let counts: Vec<Count> = providers(db).aggregate(pipeline).with_type().await?.try_collect().await?;
    Ok(counts.into_iter().map(|count| (count.status, count.count.unsigned_abs())).collect())
}

/// Visits every provider, by id, until the visitor has seen enough.
///
/// # Errors
/// When the database fails, or a provider cannot be read.
pub async fn for_each(db: &Db, mut visit: impl FnMut(Provider) -> ControlFlow<()>) -> Result<()> {
    let mut all =
        providers(db).find(doc! { "_id": { "$gte": ObjectId::from_bytes([0; 12]) } }).sort(doc! { "_id": 1 }).await?;
    while let Some(provider) = all.try_next().await? {
        if visit(provider).is_break() {
            break;
        }
    }
    Ok(())
}

/// Writes what a provider has earned, inside a transaction. No version grows, so nobody who is editing is disturbed.
///
/// # Errors
/// When the database fails.
pub async fn set_earned(
    db: &Db,
    session: &mut ClientSession,
    id: ObjectId,
    rating: Rating,
    reliability: Reliability,
) -> Result<()> {
    let set = doc! { "rating": serialize_to_bson(&rating)?, "reliability": serialize_to_bson(&reliability)? };
    providers(db).update_one(doc! { "_id": id }, doc! { "$set": set }).session(session).await.map(|_| ())
}

/// The ids of those whom everybody may see and ask, at most so many.
///
/// # Errors
/// When the database fails.
pub async fn open_to_requests(db: &Db, most: i64) -> Result<Vec<ObjectId>> {
    #[derive(Deserialize)]
    struct Open {
        #[serde(rename = "_id")]
        id: ObjectId,
    }
    let open = doc! { "status": ProviderStatus::Approved.name(), "active": true };
    let found = db.collection::<Open>(PROVIDERS);
    let found = found.find(open).sort(doc! { "_id": 1 }).limit(most);
    let found = found.projection(doc! { "_id": 1 }).await?;
    found.map_ok(|open| open.id).try_collect().await
}

/// The stage of a pipeline that adds, as `into`, the provider whose id stands in `field`, if there is one.
pub fn lookup_stage(field: &str, into: &str) -> Document {
    doc! { "$lookup": { "from": PROVIDERS, "localField": field, "foreignField": "_id", "as": into } }
}

/// The stage of a pipeline that adds, as `into`, the provider of that id, if there is one.
pub fn lookup_one_stage(id: ObjectId, into: &str) -> Document {
    doc! { "$lookup": { "from": PROVIDERS, "pipeline": [{ "$match": { "_id": id } }], "as": into } }
}
