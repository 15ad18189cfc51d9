//! Every query of the notices and, below, of the choices about them, and nothing else. Whose they are is in the query.

mod settings;

use futures::TryStreamExt;
use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc, serialize_to_document};
use mongodb::error::{Error, Result};
use mongodb::options::WriteConcern;

use super::model::{NOTICES, Notice};
use crate::account::session as sessions;
use crate::live::news::{Heard, Source};
use crate::time::Timestamp;
use crate::web::bell::MOST;
use crate::web::cursor;
use crate::web::db::{Collection, Db, is_change_of, is_duplicate_key};
use crate::web::transaction::{Work, in_transaction};

pub use crate::web::cursor::Cursor;
pub use settings::{choose, knows, mute, recipients, settings_for};

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

    fn write_concern(&self, db: &Db) -> WriteConcern {
        db.database.write_concern().cloned().unwrap_or(WriteConcern::majority())
    }

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

fn notices(db: &Db) -> Collection<Notice> {
    db.collection(NOTICES)
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
