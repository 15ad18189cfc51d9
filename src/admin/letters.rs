//! Dead letters: what was to be told or sent and was given up after many tries.

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;
use serde::Deserialize;

use super::store::{MOST_COUNTED, PAGE_SIZE};
use crate::booking::model::BOOKINGS;
use crate::mail::model::MAILS;
use crate::server::db::Db;
use crate::time::Timestamp;

/// An entry of a booking's outbox that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadEffect {
    /// The booking's id.
    pub booking: ObjectId,
    /// What people call it.
    pub reference: String,
    /// What was to be done.
    pub entry: DeadEntry,
}

/// What of the entry is shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DeadEntry {
    /// Its key.
    pub key: String,
    /// `notice`, `update_ratings`, ...
    pub kind: String,
    /// The action it follows from.
    pub action_name: String,
    /// When that was.
    pub at: Timestamp,
    /// `pending` or `dead`.
    status: String,
    /// The last failure's words.
    #[serde(default)]
    pub error: Option<String>,
}

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

/// The effects that were given up, of at most [`PAGE_SIZE`] bookings.
///
/// # Errors
/// When the database fails.
pub async fn effects(db: &Db) -> Result<Vec<DeadEffect>> {
    #[derive(Deserialize)]
    struct Found {
        #[serde(rename = "_id")]
        id: ObjectId,
        reference: String,
        outbox: Vec<DeadEntry>,
    }
    let bookings = db.collection::<Found>(BOOKINGS);
    let found = bookings.find(dead_effects()).limit(PAGE_SIZE).projection(doc! { "reference": 1, "outbox": 1 });
    let found: Vec<Found> = found.await?.try_collect().await?;
    let dead = found.into_iter().flat_map(|Found { id, reference, outbox }| {
        let dead = outbox.into_iter().filter(|entry| entry.status == "dead");
        dead.map(move |entry| DeadEffect { booking: id, reference: reference.clone(), entry })
    });
    Ok(dead.collect())
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

/// Lets an effect that was given up be tried again at once. Says whether there was one of that key.
///
/// # Errors
/// When the database fails.
pub async fn retry_effect(db: &Db, key: &str, now: Timestamp) -> Result<bool> {
    // Every key begins with its booking's id.
    let Some(id) = key.split(':').next().and_then(|id| ObjectId::parse_str(id).ok()) else {
        return Ok(false);
    };
    let entry = doc! { "_id": id, "outbox": { "$elemMatch": { "key": key, "status": "dead" } } };
    let again = doc! {
        "$set": { "outbox.$.status": "pending", "outbox.$.tries": 0_i64, "wake_at": now.0 },
        "$unset": { "outbox.$.try_at": "" },
        // Whoever works on the booking has read it as it was.
        "$inc": { "work.lease": 1_i64 },
    };
    let bookings = db.collection::<Document>(BOOKINGS);
    Ok(bookings.update_one(entry, again).await?.matched_count == 1)
}

/// The same for a mail.
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
