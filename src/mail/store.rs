//! Every query of the mails, and nothing else.

mod queue;

use futures::TryStreamExt;
use mongodb::bson::{Document, doc, serialize_to_document};
use mongodb::error::Result;

use super::model::{MAILS, Mail, MailStatus};
use crate::web::cursor;
use crate::web::db::{Collection, Db, is_change_of, is_duplicate_key};

pub use crate::web::cursor::Cursor;
pub use queue::{again, claim, count_dead, dead, drop_stale, give_up, keep_all, queue_health, retry, sent};

/// The most mails on a page.
const PAGE_SIZE: usize = 20;

/// Puts a mail into the queue, unless one with its key is there: writing it again changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn put(db: &Db, mail: &Mail) -> Result<()> {
    let mut fields = serialize_to_document(mail)?;
    fields.remove("_id");
    let send_at = mail.at.max(mail.send_at);
    fields.extend(doc! { "status": MailStatus::Pending.name(), "send_at": send_at.0, "tries": 0_i64, "claim": 0_i64 });
    let update = doc! { "$setOnInsert": fields };
    match mails(db).update_one(doc! { "_id": &mail.key }, update).upsert(true).await {
        // Somebody else writes the same at the same time.
        Err(error) if is_duplicate_key(&error) => Ok(()),
        done => done.map(|_| ()),
    }
}

/// A page of mails, the newest first, from where the last one ended; and where this one ends, if there are more.
///
/// # Errors
/// When the database fails.
pub async fn newest(db: &Db, before: Option<Cursor>) -> Result<(Vec<Mail>, Option<Cursor>)> {
    let query = before.map_or(doc! {}, |Cursor { at, key }| {
        // As a negation, what was on the page before never tempts the planner away from the one range.
        doc! { "at": { "$lte": at.0 }, "$nor": [{ "at": at.0, "_id": { "$gte": key } }] }
    });
    let found = mails(db).find(query).sort(doc! { "at": -1, "_id": -1 }).limit(cursor::limit(PAGE_SIZE)).await?;
    Ok(cursor::cut(found.try_collect().await?, PAGE_SIZE, |last: &Mail| Cursor { at: last.at, key: last.key.clone() }))
}

/// The mail of a key.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, key: &str) -> Result<Option<Mail>> {
    mails(db).find_one(doc! { "_id": key }).await
}

fn mails(db: &Db) -> Collection<Mail> {
    db.collection(MAILS)
}

/// The changes that brought a new mail, as a condition of a change stream.
pub fn new_mails() -> Document {
    doc! { "ns.coll": MAILS, "operationType": { "$in": ["insert", "replace"] } }
}

/// Whether a change of a change stream is one of a mail.
pub fn is_of_mail(change: &Document) -> bool {
    is_change_of(change, MAILS)
}
