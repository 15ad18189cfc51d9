//! What an admin asks about the bookings as a whole: where they stand, which clocks are late, what is in dispute. Every query is a range of an index, and every answer has an end.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;
use serde::Deserialize;

use crate::booking::machine::Status;
use crate::booking::machine::aggregate::Party;
use crate::booking::model::BOOKINGS;
use crate::time::Timestamp;
use crate::web::db::Db;

/// The most on a page.
pub const PAGE_SIZE: i64 = 100;
/// Counting ends here.
pub const MOST_COUNTED: u64 = 1_000;
/// So many minutes late the clock may be before it is said to be stuck.
pub const LATE_MINUTES: i64 = 10;

/// The oldest booking of a status.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Oldest {
    #[serde(rename = "_id")]
    status: Status,
    /// Its id.
    pub booking: ObjectId,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The oldest booking of each status that has any, found in the index alone.
///
/// # Errors
/// When the database fails.
pub async fn oldest_by_status(db: &Db) -> Result<BTreeMap<Status, Oldest>> {
    // The condition holds for every booking; with it the first of each status is one look into the index.
    let pipeline = [
        doc! { "$match": { "state.status": { "$gt": "" } } },
        doc! { "$sort": { "state.status": 1, "created_at": 1, "_id": 1 } },
        doc! { "$group": {
            "_id": "$state.status",
            "booking": { "$first": "$_id" },
            "created_at": { "$first": "$created_at" },
        } },
    ];
    let found = db.collection::<Document>(BOOKINGS).aggregate(pipeline).with_type::<Oldest>().await?;
    let found: Vec<Oldest> = found.try_collect().await?;
    Ok(found.into_iter().map(|oldest| (oldest.status, oldest)).collect())
}

/// A booking on which the clock should have acted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Late {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: ObjectId,
    /// What people call it.
    pub reference: String,
    /// When the clock should have acted.
    pub next_due_at: Timestamp,
    /// What it should have done.
    #[serde(default)]
    pub next_due_action: String,
}

fn late(now: Timestamp) -> Document {
    doc! { "next_due_at": { "$lte": now.plus_minutes(-LATE_MINUTES).0 } }
}

/// The bookings on which the clock is late by more than [`LATE_MINUTES`], the latest of all first, at most [`PAGE_SIZE`].
///
/// # Errors
/// When the database fails.
pub async fn stuck(db: &Db, now: Timestamp) -> Result<Vec<Late>> {
    let shown = doc! { "reference": 1, "next_due_at": 1, "next_due_action": 1 };
    let bookings = db.collection::<Late>(BOOKINGS);
    let found = bookings.find(late(now)).sort(doc! { "next_due_at": 1 }).limit(PAGE_SIZE).projection(shown).await?;
    found.try_collect().await
}

/// How many such bookings there are, counted up to [`MOST_COUNTED`].
///
/// # Errors
/// When the database fails.
pub async fn count_stuck(db: &Db, now: Timestamp) -> Result<u64> {
    db.collection::<Document>(BOOKINGS).count_documents(late(now)).limit(MOST_COUNTED).await
}

/// An open dispute.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Disputed {
    /// The booking's id.
    #[serde(rename = "_id")]
    pub id: ObjectId,
    /// What people call it.
    pub reference: String,
    /// Who books.
    pub customer: Party,
    /// Who does the work.
    pub provider: Party,
    /// What was booked.
    pub service: Title,
    /// What is in dispute.
    pub state: DisputedState,
}

/// What a service is called.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Title {
    /// Its title.
    pub title: String,
}

/// What the queue needs of a disputed booking's state.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DisputedState {
    /// The dispute.
    pub dispute: Opened,
    /// The agreed price.
    pub price: Option<crate::money::Money>,
}

/// Who opened a dispute, and when.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Opened {
    /// Who.
    pub by: crate::booking::machine::Role,
    /// When.
    pub at: Timestamp,
}

/// The open disputes, the oldest first, at most [`PAGE_SIZE`].
///
/// # Errors
/// When the database fails.
pub async fn disputes(db: &Db) -> Result<Vec<Disputed>> {
    let open = doc! { "state.status": Status::Disputed.name() };
    let shown = doc! {
        "reference": 1, "customer": 1, "provider": 1, "service.title": 1, "state.dispute.by": 1, "state.dispute.at": 1,
        "state.price": 1,
    };
    let bookings = db.collection::<Disputed>(BOOKINGS);
    let found = bookings.find(open).sort(doc! { "state.dispute.at": 1, "_id": 1 }).limit(PAGE_SIZE).projection(shown);
    found.await?.try_collect().await
}
