//! Puts what lists and pages show of a thread into bookings that were written before it stood there.

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Bson, Document, doc};

use crate::booking::machine::Role;
use crate::booking::model::{BOOKINGS, LATEST_MESSAGES};
use crate::message::model::{MESSAGE_MARKS, MESSAGES};
use crate::web::db::Db;

/// The number of the migration.
pub(super) const NUMBER: i32 = 15;

/// Fills it in where it is missing. What an older server writes to a thread while it still runs beside a newer one shows in
/// the thread at once, and on these pages with the next message.
///
/// # Errors
/// When the database fails; then it may be called again.
pub(super) async fn fill(db: &Db) -> mongodb::error::Result<()> {
    let key = |party: &str| doc! { "$concat": [{ "$toString": "$_id" }, ":", format!("${party}.id")] };
    let photos = doc! { "$size": { "$ifNull": ["$photos", []] } };
    let fields = doc! { "by": 1, "role": 1, "text": 1, "at": 1, "photos": photos };
    let pipeline = [
        doc! { "$match": { "talk": { "$exists": false }, "state.requested_at": { "$ne": null } } },
        doc! { "$project": { "customer": key("customer"), "provider": key("provider") } },
        doc! { "$lookup": {
            "from": MESSAGES, "localField": "_id", "foreignField": "booking", "as": "messages",
            "pipeline": [{ "$sort": { "_id": 1 } }, { "$project": fields }],
        } },
        doc! { "$match": { "messages.0": { "$exists": true } } },
        doc! { "$set": { "keys": ["$customer", "$provider"] } },
        doc! { "$lookup": { "from": MESSAGE_MARKS, "localField": "keys", "foreignField": "_id", "as": "marks" } },
        doc! { "$project": { "talk": {
            "latest": { "$slice": ["$messages", -LATEST_MESSAGES] },
            "unread": { "customer": unread(Role::Customer), "provider": unread(Role::Provider) },
        } } },
        doc! { "$merge": { "into": BOOKINGS, "on": "_id", "whenMatched": "merge", "whenNotMatched": "discard" } },
    ];
    let mut done = db.collection::<Document>(BOOKINGS).unbounded().aggregate(pipeline).await?;
    while done.try_next().await?.is_some() {}
    Ok(())
}

/// How many messages of others come after the mark of a side.
fn unread(role: Role) -> Document {
    let own = doc! { "$filter": {
        "input": "$marks", "as": "mark", "cond": { "$eq": ["$$mark._id", format!("${}", role.name())] },
    } };
    let read = doc! { "$ifNull": [{ "$first": { "$map": { "input": own, "as": "mark", "in": "$$mark.read" } } }, ObjectId::from_bytes([0; 12])] };
    let is_new = doc! { "$and": [{ "$ne": ["$$message.role", role.name()] }, { "$gt": ["$$message._id", read] }] };
    let count = doc! { "$size": { "$filter": { "input": "$messages", "as": "message", "cond": is_new } } };
    doc! { "$toLong": Bson::Document(count) }
}
