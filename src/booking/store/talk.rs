//! What stands in a booking of its thread: written in the transaction of a message, and of reading it.

use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{doc, serialize_to_bson};
use mongodb::error::Result;

use super::bookings;
use crate::booking::machine::Role;
use crate::booking::model::{LATEST_MESSAGES, TalkMessage};
use crate::web::db::Db;

/// Adds a message, which its readers have not read.
///
/// # Errors
/// When the database fails.
pub async fn add(
    transaction: &mut ClientSession,
    db: &Db,
    booking: ObjectId,
    message: &TalkMessage,
    readers: &[Role],
) -> Result<()> {
    let latest = doc! { "$each": [serialize_to_bson(message)?], "$slice": -LATEST_MESSAGES };
    let counts = readers.iter().map(|role| (unread_path(*role), 1_i64.into())).collect::<mongodb::bson::Document>();
    let update = doc! { "$push": { "talk.latest": latest }, "$inc": counts };
    bookings(db).update_one(doc! { "_id": booking }, update).session(transaction).await.map(|_| ())
}

/// Says how many messages a side has not read.
///
/// # Errors
/// When the database fails.
pub async fn set_unread(
    transaction: &mut ClientSession,
    db: &Db,
    booking: ObjectId,
    reader: Role,
    count: i64,
) -> Result<()> {
    let update = doc! { "$set": { unread_path(reader): count } };
    bookings(db).update_one(doc! { "_id": booking }, update).session(transaction).await.map(|_| ())
}

fn unread_path(role: Role) -> String {
    format!("talk.unread.{}", role.name())
}
