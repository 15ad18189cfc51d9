//! Loading one booking, or every one of them in turn.

use std::ops::ControlFlow;

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{self, Document, doc};
use serde::Deserialize;

use super::{Loaded, bookings, facts, visible_to};
use crate::account::viewer::Viewer;
use crate::booking::machine::guards::MAX_CODE_TRIES;
use crate::booking::machine::{Booking, Facts, Status};
use crate::booking::model::{BOOKINGS, BookingDocument, SLOT_CLAIMS, SlotClaim};
use crate::server::db::Db;
use crate::time::Timestamp;

#[derive(Deserialize)]
struct Found {
    booking: BookingDocument,
    claims: Vec<SlotClaim>,
}

/// The booking, if the viewer takes part in it or is an admin, with its facts.
///
/// One round trip, and one more for a draft, whose rules ask about its people.
///
/// # Errors
/// When the database fails. An id that is none is a booking that is not there.
pub async fn find_for(db: &Db, viewer: &Viewer, id: &str, now: Timestamp) -> mongodb::error::Result<Option<Loaded>> {
    find(db, id, visible_to(viewer), now).await
}

/// The booking with its facts, whoever takes part in it: for the clock and other programs of ours.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, id: &str, now: Timestamp) -> mongodb::error::Result<Option<Loaded>> {
    find(db, id, doc! {}, now).await
}

/// The ids of bookings on which the clock has to act by `now`, longest due first.
///
/// # Errors
/// When the database fails.
pub async fn find_due(db: &Db, now: Timestamp, limit: i64) -> mongodb::error::Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Due {
        #[serde(rename = "_id")]
        id: ObjectId,
    }
    let due = db
        .collection::<Due>(BOOKINGS)
        .find(doc! { "next_due_at": { "$lte": now.0 } })
        .sort(doc! { "next_due_at": 1 })
        .limit(limit)
        .projection(doc! { "_id": 1 })
        .await?;
    let due: Vec<Due> = due.try_collect().await?;
    Ok(due.into_iter().map(|due| due.id.to_hex()).collect())
}

/// One stored booking: its id, and the booking if it can be read.
pub type Visit = (String, Result<Booking, bson::error::Error>);

/// Shows every booking to `visit`, one at a time and in the order they were made, until it breaks.
///
/// # Errors
/// When the database fails.
pub async fn for_each(db: &Db, mut visit: impl FnMut(Visit) -> ControlFlow<()>) -> mongodb::error::Result<()> {
    let mut cursor = db.collection::<Document>(BOOKINGS).find(doc! {}).sort(doc! { "_id": 1 }).await?;
    while let Some(document) = cursor.try_next().await? {
        let id = document.get_object_id("_id").map_or_else(|_| "?".into(), |id| id.to_hex());
        let booking = bson::deserialize_from_document::<BookingDocument>(document).map(Booking::from);
        if visit((id, booking)).is_break() {
            break;
        }
    }
    Ok(())
}

async fn find(db: &Db, id: &str, mut filter: Document, now: Timestamp) -> mongodb::error::Result<Option<Loaded>> {
    let Ok(id) = ObjectId::parse_str(id) else {
        return Ok(None);
    };
    filter.insert("_id", id);
    let pipeline = [
        doc! { "$match": filter },
        doc! { "$unset": "outbox" },
        doc! { "$project": { "booking": "$$ROOT" } },
        doc! { "$lookup": {
            "from": SLOT_CLAIMS, "localField": "booking.cells", "foreignField": "_id", "as": "claims",
        } },
    ];
    let mut found = bookings(db).aggregate(pipeline).with_type::<Found>().await?;
    let Some(Found { booking, claims }) = found.try_next().await? else {
        return Ok(None);
    };
    let slot_free = claims.iter().all(|claim| claim.booking == id || claim.until.is_some_and(|until| until <= now));
    let commands = booking.commands.clone();
    let code_tries_left = booking.code_tries < MAX_CODE_TRIES;
    let booking = Booking::from(booking);
    let mut facts = Facts { code_tries_left, ..facts::of_booking(&booking, slot_free) };
    if booking.state.status == Status::Draft {
        facts::add_people(db, &booking, id, &mut facts).await?;
    }
    Ok(Some(Loaded { booking, commands, facts }))
}
