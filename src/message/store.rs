//! Every query of the messages and of how far they were read, and nothing else.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use mongodb::Collection;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;
use serde::Deserialize;

use super::model::{MESSAGE_MARKS, MESSAGES, Mark, Message, mark_key, message_id};
use crate::live::news::{Heard, Source};
use crate::time::Timestamp;
use crate::web::db::{Db, is_change_of, is_duplicate_key};

/// The most unread messages of a thread that are counted.
pub const MOST_UNREAD: usize = 99;

/// What open pages hear of the messages.
pub const NEWS: Source = Source {
    changes: || doc! { "ns.coll": MESSAGES, "operationType": "insert" },
    field: "fullDocument.booking",
    read: |change| {
        // It is looked up after the change, and may be gone by then.
        Some(Heard::Message(
            change
                .get_document("fullDocument")
                .ok()
                .filter(|_| is_change_of(change, MESSAGES))?
                .get_object_id("booking")
                .ok()?,
        ))
    },
};

/// What came of writing a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is there now.
    New,
    /// One of the same person with the same key was there before.
    Repeated,
}

/// Writes a message, once for its sender's key.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, message: &Message) -> Result<Written> {
    match messages(db).insert_one(message).await {
        Err(error) if is_duplicate_key(&error) => Ok(Written::Repeated),
        written => written.map(|_| Written::New),
    }
}

/// The message that somebody wrote with that key.
///
/// # Errors
/// When the database fails.
pub async fn find_command(db: &Db, booking: ObjectId, by: &str, command_id: &str) -> Result<Option<Message>> {
    messages(db).find_one(doc! { "booking": booking, "by": by, "command_id": command_id }).await
}

/// A message of a booking.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, booking: ObjectId, id: ObjectId) -> Result<Option<Message>> {
    messages(db).find_one(doc! { "_id": id, "booking": booking }).await
}

/// The latest messages of a booking, at most `limit`, the oldest first; those before one, if it is given. And whether there
/// are earlier ones.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, booking: ObjectId, before: Option<ObjectId>, limit: usize) -> Result<(Vec<Message>, bool)> {
    let mut query = doc! { "booking": booking };
    if let Some(before) = before {
        query.insert("_id", doc! { "$lt": before });
    }
    // One more than is shown says whether there are others.
    let most = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let found = messages(db).find(query).sort(doc! { "_id": -1 }).limit(most).await?;
    let mut found: Vec<Message> = found.try_collect().await?;
    let more = found.len() > limit;
    found.truncate(limit);
    found.reverse();
    Ok((found, more))
}

/// When somebody's messages in a booking since an instant were written, the oldest first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn written_since(
    db: &Db,
    booking: ObjectId,
    by: &str,
    since: Timestamp,
    limit: usize,
) -> Result<Vec<Timestamp>> {
    #[derive(Deserialize)]
    struct At {
        at: Timestamp,
    }
    let query = doc! { "booking": booking, "_id": { "$gt": message_id(since, [u8::MAX; 6]) }, "by": by };
    let messages = db.collection::<At>(MESSAGES);
    let found = messages.find(query).sort(doc! { "_id": 1 }).limit(i64::try_from(limit).unwrap_or(i64::MAX));
    let found = found.projection(doc! { "_id": 0, "at": 1 }).await?;
    found.map_ok(|found| found.at).try_collect().await
}

/// Makes somebody's mark, if it is not there, so that what comes counts as unread.
///
/// # Errors
/// When the database fails.
pub async fn begin_mark(db: &Db, booking: ObjectId, account: &str) -> Result<()> {
    let new = doc! { "$setOnInsert": { "booking": booking, "read": ObjectId::from_bytes([0; 12]) } };
    marks(db).update_one(doc! { "_id": mark_key(booking, account) }, new).upsert(true).await.map(|_| ())
}

/// How far somebody has read; nothing before there was anything to read.
///
/// # Errors
/// When the database fails.
pub async fn mark(db: &Db, booking: ObjectId, account: &str) -> Result<Option<ObjectId>> {
    let mark = marks(db).find_one(doc! { "_id": mark_key(booking, account) }).await?;
    Ok(mark.map(|mark| mark.read))
}

/// Moves somebody's mark forward; it never goes back.
///
/// # Errors
/// When the database fails.
pub async fn set_read(db: &Db, booking: ObjectId, account: &str, read: ObjectId) -> Result<()> {
    let change = doc! { "$max": { "read": read }, "$setOnInsert": { "booking": booking } };
    marks(db).update_one(doc! { "_id": mark_key(booking, account) }, change).upsert(true).await.map(|_| ())
}

/// The first message of others that somebody has not read.
///
/// # Errors
/// When the database fails.
pub async fn first_unread(db: &Db, booking: ObjectId, account: &str) -> Result<Option<ObjectId>> {
    #[derive(Deserialize)]
    struct Id {
        #[serde(rename = "_id")]
        id: ObjectId,
    }
    let read = mark(db, booking, account).await?.unwrap_or(ObjectId::from_bytes([0; 12]));
    let query = doc! { "booking": booking, "_id": { "$gt": read }, "by": { "$ne": account } };
    let messages = db.collection::<Id>(MESSAGES);
    let found = messages.find_one(query).sort(doc! { "_id": 1 }).projection(doc! { "_id": 1 });
    Ok(found.await?.map(|found| found.id))
}

/// How many messages of others somebody has not read, by the booking's id; bookings without one are left out. One round
/// trip for a whole page of bookings.
///
/// # Errors
/// When the database fails.
pub async fn unread(db: &Db, account: &str, bookings: &[ObjectId]) -> Result<BTreeMap<String, usize>> {
    #[derive(Deserialize)]
    struct Count {
        booking: ObjectId,
        unread: Vec<Document>,
    }
    let keys: Vec<String> = bookings.iter().map(|booking| mark_key(*booking, account)).collect();
    let after = doc! { "$expr": { "$gt": ["$_id", "$$read"] }, "by": { "$ne": account } };
    let most = i64::try_from(MOST_UNREAD + 1).unwrap_or(i64::MAX);
    let pipeline = [
        doc! { "$match": { "_id": { "$in": keys } } },
        doc! { "$lookup": {
            "from": MESSAGES,
            "localField": "booking",
            "foreignField": "booking",
            "let": { "read": "$read" },
            "pipeline": [{ "$match": after }, { "$limit": most }, { "$project": { "_id": 1 } }],
            "as": "unread",
        } },
    ];
    let counts = marks(db).aggregate(pipeline).with_type::<Count>().await?;
    let counts = counts.map_ok(|count| (count.booking.to_hex(), count.unread.len()));
    let counts: BTreeMap<String, usize> = counts.try_collect().await?;
    Ok(counts.into_iter().filter(|(_, count)| *count > 0).collect())
}

fn messages(db: &Db) -> Collection<Message> {
    db.collection(MESSAGES)
}

fn marks(db: &Db) -> Collection<Mark> {
    db.collection(MESSAGE_MARKS)
}
