//! Every query of the notices and of the choices about them, and nothing else. Whose they are is in the query.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc, serialize_to_bson, serialize_to_document};
use mongodb::error::{Error, Result};
use mongodb::options::ReturnDocument;

use super::kinds::Group;
use super::model::{NOTICE_SETTINGS, NOTICES, Notice, Settings};
use super::quiet::Quiet;
use crate::account::session as sessions;
use crate::ids;
use crate::live::news::{Heard, Source};
use crate::time::Timestamp;
use crate::web::bell::MOST;
use crate::web::cursor;
use crate::web::db::{Db, is_change_of, is_duplicate_key};
use crate::web::transaction::{Work, in_transaction};

pub use crate::web::cursor::Cursor;

/// The most notices on a page.
pub const PAGE_SIZE: usize = 20;

/// What open pages hear of the notices.
pub const NEWS: Source = Source {
    changes: || doc! { "ns.coll": NOTICES, "operationType": { "$in": ["insert", "update", "replace"] } },
    field: "fullDocument.to",
    read: |change| {
        // It is looked up after the change, and may be gone by then.
        Some(Heard::Notice(
            change
                .get_document("fullDocument")
                .ok()
                .filter(|_| is_change_of(change, NOTICES))?
                .get_str("to")
                .ok()?
                .to_owned(),
        ))
    },
};

/// Keeps a notice, unless one with its key is there.
///
/// # Errors
/// When the database fails.
pub async fn put(db: &Db, notice: &Notice) -> Result<()> {
    let mut fields = serialize_to_document(notice)?;
    fields.remove("_id");
    let (query, update) = (doc! { "_id": &notice.key }, doc! { "$setOnInsert": fields });
    match change(db, &notice.to, query, update, true).await {
        // Somebody else delivers the same at the same time.
        Err(error) if is_duplicate_key(&error) => Ok(()),
        done => done.map(|_| ()),
    }
}

/// A change of somebody's notices, and with it what their sessions know of them: a page that hears of the one has the other.
struct Change {
    account: ObjectId,
    query: Document,
    update: Document,
    is_upsert: bool,
}

impl Work for Change {
    type Done = u64;
    type Failure = Error;

    async fn run(&self, db: &Db, session: &mut ClientSession) -> Result<u64> {
        let Self { account, query, update, is_upsert } = self;
        let notices = notices(db);
        let changed = notices.update_many(query.clone(), update.clone()).upsert(*is_upsert);
        let changed = changed.session(&mut *session).await?;
        let count = changed.modified_count + u64::from(changed.upserted_id.is_some());
        if count > 0 {
            sessions::forget_in(session, db, *account).await?;
        }
        Ok(count)
    }
}

async fn change(db: &Db, account: &str, query: Document, update: Document, is_upsert: bool) -> Result<u64> {
    let account = ObjectId::parse_str(account).map_err(Error::custom)?;
    in_transaction(db, &Change { account, query, update, is_upsert }).await
}

/// A page of somebody's notices, the newest first, from where the last one ended; and where this one ends, if there are
/// more.
///
/// # Errors
/// When the database fails.
pub async fn newest(db: &Db, account: &str, before: Option<Cursor>) -> Result<(Vec<Notice>, Option<Cursor>)> {
    let mut query = doc! { "to": account };
    if let Some(Cursor { at, key }) = before {
        // As a negation, what was on the page before never tempts the planner away from the one range.
        query.extend(doc! { "at": { "$lte": at.0 }, "$nor": [{ "at": at.0, "_id": { "$gte": key } }] });
    }
    let found = notices(db).find(query).sort(doc! { "at": -1, "_id": -1 }).limit(cursor::limit(PAGE_SIZE)).await?;
    Ok(cursor::cut(found.try_collect().await?, PAGE_SIZE, |last: &Notice| Cursor {
        at: last.at,
        key: last.key.clone(),
    }))
}

/// The stage of a pipeline that adds, as `unread`, a document with the booking of each unread notice of the account whose id
/// stands as text in `to`: [`MOST`] at most.
pub fn unread_stage() -> Document {
    doc! { "$lookup": {
        "from": NOTICES, "localField": "to", "foreignField": "to", "as": "unread",
        "pipeline": [{ "$match": { "unread": true } }, { "$limit": MOST }, { "$project": { "_id": 0, "booking": 1 } }],
    } }
}

/// Whether its reader has not yet read the notice of that key.
///
/// # Errors
/// When the database fails.
pub async fn is_unread(db: &Db, key: &str) -> Result<bool> {
    Ok(notices(db).find_one(doc! { "_id": key, "unread": true }).await?.is_some())
}

/// Marks somebody's notices read: those of a booking, or all. Says how many were unread.
///
/// # Errors
/// When the database fails.
pub async fn mark_read(db: &Db, account: &str, booking: Option<&str>, now: Timestamp) -> Result<u64> {
    let mut query = doc! { "to": account, "unread": true };
    if let Some(booking) = booking {
        query.insert("booking", booking);
    }
    let read = doc! { "$set": { "read_at": now.0 }, "$unset": { "unread": "" } };
    change(db, account, query, read, false).await
}

/// What the accounts have chosen; those that never chose anything are made up of nothing chosen.
///
/// # Errors
/// When the database fails.
pub async fn settings_of(db: &Db, ids: &[ObjectId]) -> Result<BTreeMap<ObjectId, Settings>> {
    let found = settings(db).find(doc! { "_id": { "$in": ids } }).await?;
    let found: Vec<Settings> = found.try_collect().await?;
    let mut chosen: BTreeMap<_, _> = found.into_iter().map(|one| (one.account, one)).collect();
    for id in ids {
        if !chosen.contains_key(id) {
            chosen.insert(*id, begin(db, *id).await?);
        }
    }
    Ok(chosen)
}

/// What one account has chosen.
///
/// # Errors
/// When the database fails.
pub async fn settings_for(db: &Db, id: ObjectId) -> Result<Settings> {
    match settings(db).find_one(doc! { "_id": id }).await? {
        Some(found) => Ok(found),
        None => begin(db, id).await,
    }
}

/// Nothing chosen yet, with a secret that stays.
async fn begin(db: &Db, id: ObjectId) -> Result<Settings> {
    let insert = doc! { "$setOnInsert": { "secret": ids::fresh_command_id(), "muted": [] } };
    let all = settings(db);
    let written = all.find_one_and_update(doc! { "_id": id }, insert).upsert(true);
    let written = match written.return_document(ReturnDocument::After).await {
        // Somebody else was faster by a moment.
        Err(error) if is_duplicate_key(&error) => all.find_one(doc! { "_id": id }).await?,
        written => written?,
    };
    written.ok_or_else(|| mongodb::error::Error::custom("the settings that were just written are gone"))
}

/// Writes what an account has chosen.
///
/// # Errors
/// When the database fails.
pub async fn choose(db: &Db, id: ObjectId, muted: &[Group], quiet: Option<Quiet>) -> Result<()> {
    let set = doc! { "muted": serialize_to_bson(muted)?, "quiet": serialize_to_bson(&quiet)? };
    let insert = doc! { "secret": ids::fresh_command_id() };
    let update = doc! { "$set": set, "$setOnInsert": insert };
    settings(db).update_one(doc! { "_id": id }, update).upsert(true).await.map(|_| ())
}

/// Whether there is an account with that secret.
///
/// # Errors
/// When the database fails.
pub async fn knows(db: &Db, id: ObjectId, secret: &str) -> Result<bool> {
    Ok(settings(db).find_one(doc! { "_id": id, "secret": secret }).await?.is_some())
}

/// Ends the mails of a group for the account with that secret; says whether there is one.
///
/// # Errors
/// When the database fails.
pub async fn mute(db: &Db, id: ObjectId, secret: &str, group: Group) -> Result<bool> {
    let update = doc! { "$addToSet": { "muted": group.name() } };
    Ok(settings(db).update_one(doc! { "_id": id, "secret": secret }, update).await?.matched_count == 1)
}

fn notices(db: &Db) -> mongodb::Collection<Notice> {
    db.collection(NOTICES)
}

fn settings(db: &Db) -> mongodb::Collection<Settings> {
    db.collection(NOTICE_SETTINGS)
}

/// Notes that what a notice reports has been seen, however somebody came to see it. Again, it changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn mark_seen(db: &Db, account: &str, key: &str, now: Timestamp) -> Result<()> {
    let unseen = doc! { "_id": key, "to": account, "read_at": null };
    let read = doc! { "$set": { "read_at": now.0 }, "$unset": { "unread": "" } };
    change(db, account, unseen, read, false).await.map(|_| ())
}
