//! A search of the histories of all bookings, for admins.

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;
use serde::Deserialize;

use crate::booking::model::BOOKINGS;
use crate::time::Timestamp;
use crate::web::db::Db;

/// The most bookings that one search of the histories reads.
pub const MOST_SEARCHED: usize = 500;

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
    let fields = ["at", "action_name", "actor_name", "actor", "note", "message"];
    let fields: Document = fields.iter().map(|name| ((*name).to_owned(), format!("$$event.{name}").into())).collect();
    let events = doc! { "$filter": { "input": "$history", "as": "event", "cond": { "$and": same } } };
    let limit = i64::try_from(MOST_SEARCHED + 1).unwrap_or(i64::MAX);
    let pipeline = [
        doc! { "$match": fits },
        doc! { "$limit": limit },
        doc! { "$project": {
            "reference": 1,
            "events": { "$map": { "input": events, "as": "event", "in": fields } },
        } },
    ];
    let found = db.collection::<Document>(BOOKINGS).aggregate(pipeline).with_type::<Fits>().await?;
    let mut found: Vec<Fits> = found.try_collect().await?;
    let more = found.len() > MOST_SEARCHED;
    found.truncate(MOST_SEARCHED);
    let events = found
        .into_iter()
        .flat_map(|Fits { id, reference, events }| events.into_iter().map(move |event| (id, reference.clone(), event)));
    let mut events: Vec<_> = events.collect();
    events.sort_by_key(|(id, _, event)| (std::cmp::Reverse(event.at), *id));
    Ok(Found { events, more })
}
