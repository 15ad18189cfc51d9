//! Dead letters: what was to be told or sent and was given up after many tries. Those of the outbox are the worker's.

use futures::TryStreamExt;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;
use serde::Deserialize;

use super::store::{MOST_COUNTED, PAGE_SIZE};
use crate::booking::model::BOOKINGS;
use crate::mail::model::MAILS;
use crate::server::db::Db;
use crate::time::Timestamp;

/// A mail that was given up, without its text: a link in it may open more than an admin should see.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DeadMail {
    /// What it is the one mail for.
    #[serde(rename = "_id")]
    pub key: String,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// When it was written.
    pub at: Timestamp,
    /// Why it was given up.
    #[serde(default)]
    pub last_error: Option<String>,
}

fn dead_effects() -> Document {
    doc! { "outbox.status": "dead" }
}

fn dead_mails() -> Document {
    doc! { "status": "dead" }
}

/// How many there are: bookings with a dead effect, and dead mails; each counted up to [`MOST_COUNTED`].
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db) -> Result<u64> {
    let bookings = db.collection::<Document>(BOOKINGS);
    let effects = bookings.count_documents(dead_effects()).limit(MOST_COUNTED).await?;
    let mails = db.collection::<Document>(MAILS);
    Ok(effects + mails.count_documents(dead_mails()).limit(MOST_COUNTED).await?)
}

/// The mails that were given up, at most [`PAGE_SIZE`].
///
/// # Errors
/// When the database fails.
pub async fn mails(db: &Db) -> Result<Vec<DeadMail>> {
    let shown = doc! { "to": 1, "subject": 1, "at": 1, "last_error": 1 };
    let mails = db.collection::<DeadMail>(MAILS);
    mails.find(dead_mails()).limit(PAGE_SIZE).projection(shown).await?.try_collect().await
}

/// Lets a mail that was given up be tried again at once. Says whether there was one of that key.
///
/// # Errors
/// When the database fails.
pub async fn retry_mail(db: &Db, key: &str, now: Timestamp) -> Result<bool> {
    let again = doc! {
        "$set": { "status": "pending", "send_at": now.0, "tries": 0_i64 },
        "$unset": { "last_error": "", "failed_at": "", "expires_at": "" },
    };
    let mails = db.collection::<Document>(MAILS);
    Ok(mails.update_one(doc! { "_id": key, "status": "dead" }, again).await?.matched_count == 1)
}
