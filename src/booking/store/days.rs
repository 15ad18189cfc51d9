//! Every query of the sick day, and nothing else. Each carries whose bookings they are.

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;
use serde::Deserialize;

use crate::booking::machine::{Booking, Status};
use crate::booking::model::{BOOKINGS, BookingDocument};
use crate::time::Timestamp;
use crate::web::db::Db;

/// The most bookings that are handled in one go.
pub const MOST: usize = 50;

/// The statuses in which a booking still wants its time.
const WANTS_TIME: [Status; 3] = [Status::Requested, Status::Quoted, Status::Accepted];

/// A booking as a line of the result.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: ObjectId,
    /// What people call it.
    pub reference: String,
    /// What is done.
    pub service: Title,
    /// For whom.
    pub customer: Name,
}

/// The title of a service.
#[derive(Clone, Debug, Deserialize)]
pub struct Title {
    /// As people read it.
    pub title: String,
}

/// The name of a person.
#[derive(Clone, Debug, Deserialize)]
pub struct Name {
    /// As people read it.
    pub name: String,
}

/// The provider's bookings that begin in `from..to` and still want their time, in order and without their histories: at most
/// [`MOST`], and whether there are more.
///
/// # Errors
/// When the database fails.
pub async fn between(db: &Db, provider: ObjectId, from: Timestamp, to: Timestamp) -> Result<(Vec<Booking>, bool)> {
    let filter = doc! {
        "provider.id": provider.to_hex(),
        "state.status": { "$in": WANTS_TIME.map(Status::name).to_vec() },
        "state.starts_at": { "$gte": from.0, "$lt": to.0 },
    };
    let bookings = db.collection::<BookingDocument>(BOOKINGS);
    let found = bookings
        .find(filter)
        .sort(doc! { "state.starts_at": 1, "_id": 1 })
        .limit(i64::try_from(MOST + 1).unwrap_or(i64::MAX));
    let found = found.projection(doc! { "history": 0, "commands": 0, "outbox": 0 }).await?;
    let mut found: Vec<BookingDocument> = found.try_collect().await?;
    let more = found.len() > MOST;
    found.truncate(MOST);
    Ok((found.into_iter().map(Booking::from).collect(), more))
}

/// Which of these bookings are the provider's.
///
/// # Errors
/// When the database fails.
pub async fn own(db: &Db, provider: ObjectId, ids: &[ObjectId]) -> Result<Vec<Line>> {
    let filter: Document = doc! { "_id": { "$in": ids }, "provider.id": provider.to_hex() };
    let fields = doc! { "reference": 1, "service.title": 1, "customer.name": 1 };
    let bookings = db.collection::<Line>(BOOKINGS);
    bookings.find(filter).projection(fields).await?.try_collect().await
}
