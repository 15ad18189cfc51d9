//! Bookings in a change stream: which changes are of interest, and what they say.

use mongodb::bson::{Document, doc};

use super::parties_in;
use crate::booking::model::BOOKINGS;
use crate::time::Timestamp;
use crate::web::db::is_change_of;

/// The changes that made a booking or a version of one, as a condition. What the worker notes in a booking leaves its version
/// as it is.
pub fn made_a_version() -> Document {
    doc! { "ns.coll": BOOKINGS, "$or": [
        { "operationType": { "$in": ["insert", "replace"] } },
        { "operationType": "update", "updateDescription.updatedFields.version": { "$exists": true } },
    ] }
}

/// The fields of a change that [`read`] reads.
pub const FIELDS: [&str; 6] = [
    "ns.coll",
    "documentKey",
    "fullDocument.version",
    "fullDocument.customer.id",
    "fullDocument.provider.id",
    "fullDocument.state.requested_at",
];

/// The fields of a change that [`wake_at`] reads.
pub const WAKE_AT: [&str; 2] = ["fullDocument.wake_at", "updateDescription.updatedFields.wake_at"];

/// When somebody is to look at the changed booking, if the change says it.
pub fn wake_at(change: &Document) -> Option<Timestamp> {
    let updated = change.get_document("updateDescription").and_then(|update| update.get_document("updatedFields"));
    let written = updated.or_else(|_| change.get_document("fullDocument")).ok()?;
    written.get_i64("wake_at").ok().map(Timestamp)
}

/// A booking that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its id.
    pub id: String,
    /// Its version now.
    pub version: i64,
    /// The accounts that take part in it and know of it.
    pub parties: Vec<String>,
}

/// What a change says of a booking; nothing if it is of something else, or the booking is gone by now.
pub fn read(change: &Document) -> Option<Moved> {
    if !is_change_of(change, BOOKINGS) {
        return None;
    }
    let now = change.get_document("fullDocument").ok()?;
    let id = change.get_document("documentKey").ok()?.get_object_id("_id").ok()?;
    Some(Moved { id: id.to_hex(), version: now.get_i64("version").ok()?, parties: parties_in(now) })
}
