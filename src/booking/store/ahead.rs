//! The bookings ahead of a provider, as far as hours are concerned.

use futures::TryStreamExt;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use mongodb::error::Result;
use serde::Deserialize;

use crate::booking::machine::Status;
use crate::booking::model::BOOKINGS;
use crate::time::Timestamp;
use crate::web::db::Db;

/// How many days ahead bookings are looked at that other hours would leave outside.
pub const LOOK_AHEAD_DAYS: i64 = 60;
/// The most bookings that are looked at.
const MOST_BOOKINGS: i64 = 500;
/// The statuses in which a booking still wants its time.
const WANTS_TIME: [Status; 4] = [Status::Requested, Status::Quoted, Status::Accepted, Status::InProgress];

/// A booking, as far as hours are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Its id.
    pub id: String,
    /// Its reference.
    pub reference: String,
    /// What is done.
    pub service: String,
    /// For whom.
    pub customer: String,
    /// Where it stands.
    pub status: Status,
    /// From here on.
    pub starts_at: Timestamp,
    /// Until just before here.
    pub ends_at: Timestamp,
}

/// The provider's bookings of the next 60 days that still want their time, in order.
///
/// # Errors
/// When the database fails.
pub async fn bookings_ahead(db: &Db, provider: ObjectId, now: Timestamp) -> Result<Vec<Ahead>> {
    #[derive(Deserialize)]
    struct Named {
        #[serde(alias = "title")]
        name: String,
    }
    #[derive(Deserialize)]
    struct State {
        status: Status,
        starts_at: Timestamp,
        ends_at: Timestamp,
    }
    #[derive(Deserialize)]
    struct Found {
        #[serde(rename = "_id")]
        id: ObjectId,
        reference: String,
        service: Named,
        customer: Named,
        state: State,
    }
    let statuses: Vec<&str> = WANTS_TIME.iter().map(|status| status.name()).collect();
    let filter = doc! {
        "provider.id": provider.to_hex(),
        "state.status": { "$in": statuses },
        // What has begun may still be going on.
        "state.starts_at": { "$gte": now.plus_hours(-24).0, "$lt": now.plus_hours(24 * LOOK_AHEAD_DAYS).0 },
    };
    let fields = doc! {
        "reference": 1, "service.title": 1, "customer.name": 1, "state.status": 1, "state.starts_at": 1, "state.ends_at": 1,
    };
    let bookings = db.collection::<Found>(BOOKINGS);
    let found = bookings.find(filter).limit(MOST_BOOKINGS).projection(fields).await?;
    let found: Vec<Found> = found.try_collect().await?;
    let ahead = |found: Found| Ahead {
        id: found.id.to_hex(),
        reference: found.reference,
        service: found.service.name,
        customer: found.customer.name,
        status: found.state.status,
        starts_at: found.state.starts_at,
        ends_at: found.state.ends_at,
    };
    let mut ahead: Vec<Ahead> = found.into_iter().map(ahead).filter(|one| one.ends_at > now).collect();
    ahead.sort_by_key(|one| one.starts_at);
    Ok(ahead)
}
