//! The queue: who takes a mail on, what came of it, and what waits.
//!
//! Taking a mail on moves its `send_at` to the end of the lease, so that one range of one index finds what is due: what
//! nobody has touched, what is to be tried again, and what a sender took on and never came back from.

use futures::TryStreamExt;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;
use mongodb::options::ReturnDocument;
use serde::Deserialize;

use super::{Cursor, PAGE_SIZE};
use crate::mail::model::{Claimed, DeadMail, MAILS, MailStatus, QueueHealth};
use crate::time::Timestamp;
use crate::web::cursor;
use crate::web::db::{Collection, Db};

/// Says of every mail that waits that it is only kept, for a marketplace without a mail server. Gives their number.
///
/// # Errors
/// When the database fails.
pub async fn keep_all(db: &Db) -> Result<u64> {
    let kept = doc! { "$set": { "status": MailStatus::Kept.name() } };
    let done = mails(db).update_many(doc! { "status": MailStatus::Pending.name() }, kept).await?;
    Ok(done.modified_count)
}

/// Takes on the mail that has been due the longest, until `until`. Of many at once, each gets another one.
///
/// # Errors
/// When the database fails.
pub async fn claim(db: &Db, now: Timestamp, until: Timestamp) -> Result<Option<Claimed>> {
    let due = doc! { "status": MailStatus::Pending.name(), "send_at": { "$lte": now.0 } };
    let mine = doc! { "$set": { "send_at": until.0 }, "$inc": { "tries": 1_i64, "claim": 1_i64 } };
    let mails = db.collection::<Claimed>(MAILS);
    mails.find_one_and_update(due, mine).sort(doc! { "send_at": 1 }).return_document(ReturnDocument::After).await
}

/// Writes that a mail server has taken it. False when somebody else has taken it on meanwhile.
///
/// # Errors
/// When the database fails; then it is sent again when the lease is over.
pub async fn sent(db: &Db, mail: &Claimed, now: Timestamp) -> Result<bool> {
    let sent = doc! { "status": MailStatus::Sent.name(), "sent_at": now.0 };
    finish(db, mail, doc! { "$set": sent, "$unset": { "last_error": "", "failed_at": "" } }).await
}

/// Writes why it could not be sent and when it is tried again. False when somebody else has taken it on meanwhile.
///
/// # Errors
/// When the database fails; then it is tried again when the lease is over.
pub async fn again(db: &Db, mail: &Claimed, why: &str, at: Timestamp, now: Timestamp) -> Result<bool> {
    finish(db, mail, doc! { "$set": { "send_at": at.0, "last_error": why, "failed_at": now.0 } }).await
}

/// Writes why it will not be tried again. False when somebody else has taken it on meanwhile.
///
/// # Errors
/// When the database fails; then it is tried again when the lease is over.
pub async fn give_up(db: &Db, mail: &Claimed, why: &str, now: Timestamp) -> Result<bool> {
    let dead = doc! { "status": MailStatus::Dead.name(), "last_error": why, "failed_at": now.0 };
    finish(db, mail, doc! { "$set": dead }).await
}

/// Writes that it is not sent because it is no longer so. False when somebody else has taken it on meanwhile.
///
/// # Errors
/// When the database fails; then it is looked at again when the lease is over.
pub async fn drop_stale(db: &Db, mail: &Claimed) -> Result<bool> {
    let stale = doc! { "status": MailStatus::Stale.name() };
    finish(db, mail, doc! { "$set": stale, "$unset": { "last_error": "", "failed_at": "" } }).await
}

/// A page of the mails that were given up, the latest written first, from where the last page ended; and where this one
/// ends, if there are more.
///
/// # Errors
/// When the database fails.
pub async fn dead(db: &Db, before: Option<Cursor>) -> Result<(Vec<DeadMail>, Option<Cursor>)> {
    let mut query = doc! { "status": MailStatus::Dead.name() };
    if let Some(Cursor { at, key }) = before {
        query.extend(doc! { "at": { "$lte": at.0 }, "$nor": [{ "at": at.0, "_id": { "$gte": key } }] });
    }
    let shown = doc! { "to": 1, "kind": 1, "subject": 1, "at": 1, "tries": 1, "last_error": 1, "failed_at": 1 };
    let mails = db.collection::<DeadMail>(MAILS);
    let found =
        mails.find(query).sort(doc! { "at": -1, "_id": -1 }).limit(cursor::limit(PAGE_SIZE)).projection(shown).await?;
    Ok(cursor::cut(found.try_collect().await?, PAGE_SIZE, |last: &DeadMail| Cursor {
        at: last.at,
        key: last.key.clone(),
    }))
}

/// Puts a mail that was given up back into the queue, as if it had never been tried. False when it was not given up.
///
/// # Errors
/// When the database fails.
pub async fn retry(db: &Db, key: &str, now: Timestamp) -> Result<bool> {
    let fresh = doc! {
        "$set": { "status": MailStatus::Pending.name(), "send_at": now.0, "tries": 0_i64 },
        // Whoever tries it again has decided that it is worth sending; nobody asks any more whether it is still so.
        "$unset": { "last_error": "", "failed_at": "", "expires_at": "", "about": "" },
    };
    let done = mails(db).update_one(doc! { "_id": key, "status": MailStatus::Dead.name() }, fresh).await?;
    Ok(done.modified_count == 1)
}

/// How the queue does, for the admin.
///
/// # Errors
/// When the database fails.
pub async fn queue_health(db: &Db) -> Result<QueueHealth> {
    #[derive(Deserialize)]
    struct Oldest {
        at: Timestamp,
    }
    #[derive(Deserialize)]
    struct Failure {
        failed_at: Timestamp,
        #[serde(default)]
        last_error: String,
    }
    let pending = || doc! { "status": MailStatus::Pending.name() };
    let oldest = db.collection::<Oldest>(MAILS);
    let oldest = oldest.find_one(pending()).sort(doc! { "at": 1, "_id": 1 }).await?;
    let failure = db.collection::<Failure>(MAILS);
    let failure = failure.find_one(doc! { "failed_at": { "$gte": 0_i64 } }).sort(doc! { "failed_at": -1 }).await?;
    Ok(QueueHealth {
        pending: mails(db).count_documents(pending()).await?,
        oldest: oldest.map(|oldest| oldest.at),
        dead: mails(db).count_documents(doc! { "status": MailStatus::Dead.name() }).await?,
        last_error: failure.map(|last| (last.failed_at, last.last_error)),
    })
}

async fn finish(db: &Db, mail: &Claimed, outcome: Document) -> Result<bool> {
    let mine = doc! { "_id": &mail.mail.key, "status": MailStatus::Pending.name(), "claim": mail.claim };
    Ok(mails(db).update_one(mine, outcome).await?.modified_count == 1)
}

fn mails(db: &Db) -> Collection<Document> {
    db.collection(MAILS)
}

/// How many mails were given up, counted up to `most`.
///
/// # Errors
/// When the database fails.
pub async fn count_dead(db: &Db, most: u64) -> Result<u64> {
    mails(db).count_documents(doc! { "status": MailStatus::Dead.name() }).limit(most).await
}
