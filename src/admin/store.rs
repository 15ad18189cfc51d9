//! What an admin asks about the bookings as a whole. Every query is a range of an index, and every answer has an end.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;
use serde::Deserialize;

use super::model::{ADMIN_ACTS, AdminAct};
use crate::booking::machine::Status;
use crate::booking::machine::aggregate::Party;
use crate::booking::model::BOOKINGS;
use crate::time::Timestamp;
use crate::web::db::Db;

/// The most on a page.
pub const PAGE_SIZE: i64 = 100;
/// Counting ends here.
pub const MOST_COUNTED: u64 = 1_000;
/// The most bookings that one search of the histories reads.
pub const MOST_SEARCHED: usize = 500;
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

/// What is searched for in the histories of all bookings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Of this booking alone: its reference.
    pub reference: Option<String>,
    /// Done by this account alone.
    pub actor_id: Option<String>,
    /// One of these actions.
    pub actions: Vec<String>,
    /// Not before.
    pub from: Timestamp,
    /// Before.
    pub to: Timestamp,
}

/// Something that happened, without what it changed: there the sealed words of reviews are.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// Which action.
    pub action_name: String,
    /// Under which name.
    pub actor_name: String,
    /// In which part.
    pub actor: String,
    /// The sentence of the table.
    pub note: String,
    /// The reason or message that was given.
    #[serde(default)]
    pub message: Option<String>,
}

/// What a search found, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What happened, with the booking's id and reference.
    pub events: Vec<(ObjectId, String, Happened)>,
    /// Whether more bookings fit than were read.
    pub more: bool,
}

/// Searches the histories of all bookings. At most [`MOST_SEARCHED`] bookings are read; of them everything that fits.
///
/// Which index: a booking's reference is unique; a person's or an action's events in a time are one range each.
///
/// # Errors
/// When the database fails.
pub async fn search(db: &Db, search: &Search) -> Result<Found> {
    #[derive(Deserialize)]
    struct Fits {
        #[serde(rename = "_id")]
        id: ObjectId,
        reference: String,
        events: Vec<Happened>,
    }
    let mut event = doc! { "at": { "$gte": search.from.0, "$lt": search.to.0 } };
    let mut same = vec![
        doc! { "$gte": ["$$event.at", search.from.0] },
        doc! { "$lt": ["$$event.at", search.to.0] },
        doc! { "$in": ["$$event.action_name", { "$literal": &search.actions }] },
    ];
    match &search.actor_id {
        Some(id) => {
            event.insert("actor_id", id);
            same.push(doc! { "$eq": ["$$event.actor_id", { "$literal": id }] });
        }
        None => _ = event.insert("action_name", doc! { "$in": &search.actions }),
    }
    let mut fits = doc! { "history": { "$elemMatch": event } };
    if let Some(reference) = &search.reference {
        fits.insert("reference", reference);
    }
    let told = ["at", "action_name", "actor_name", "actor", "note", "message"];
    let told: Document = told.iter().map(|name| ((*name).to_owned(), format!("$$event.{name}").into())).collect();
    let events = doc! { "$filter": { "input": "$history", "as": "event", "cond": { "$and": same } } };
    let limit = i64::try_from(MOST_SEARCHED + 1).unwrap_or(i64::MAX);
    let pipeline = [
        doc! { "$match": fits },
        doc! { "$limit": limit },
        doc! { "$project": {
            "reference": 1,
            "events": { "$map": { "input": events, "as": "event", "in": told } },
        } },
    ];
    let found = db.collection::<Document>(BOOKINGS).aggregate(pipeline).with_type::<Fits>().await?;
    let mut found: Vec<Fits> = found.try_collect().await?;
    let more = found.len() > MOST_SEARCHED;
    found.truncate(MOST_SEARCHED);
    let told = found
        .into_iter()
        .flat_map(|Fits { id, reference, events }| events.into_iter().map(move |event| (id, reference.clone(), event)));
    let mut events: Vec<_> = told.collect();
    events.sort_by_key(|(id, _, event)| (std::cmp::Reverse(event.at), *id));
    Ok(Found { events, more })
}

/// Keeps what an admin is about to do.
///
/// # Errors
/// When the database fails; then it must not be done.
pub async fn record(db: &Db, act: &AdminAct) -> Result<()> {
    db.collection::<AdminAct>(ADMIN_ACTS).insert_one(act).await.map(|_| ())
}

/// What admins did lately, the latest first, at most twenty.
///
/// # Errors
/// When the database fails.
pub async fn latest_acts(db: &Db) -> Result<Vec<AdminAct>> {
    // Every id is above this one: with a condition on it the newest are a range of the index.
    let all = doc! { "_id": { "$gte": ObjectId::from_bytes([0; 12]) } };
    db.collection::<AdminAct>(ADMIN_ACTS).find(all).sort(doc! { "_id": -1 }).limit(20).await?.try_collect().await
}
