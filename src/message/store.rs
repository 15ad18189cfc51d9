//! Every query of the messages and of how far they were read, and nothing else.

use futures::TryStreamExt;
use mongodb::ClientSession;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use mongodb::error::{Error, Result};
use mongodb::options::ReturnDocument;
use serde::Deserialize;

use super::model::{MESSAGE_MARKS, MESSAGES, Mark, Message, mark_key, message_id};
use crate::booking::machine::Role;
use crate::booking::model::TalkMessage;
use crate::booking::store::talk;
use crate::live::news::{Heard, Source};
use crate::time::Timestamp;
use crate::web::db::{Collection, Db, is_change_of, is_duplicate_key};
use crate::web::transaction::{Work, in_transaction};

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

/// Writes a message, once for its sender's key, and in the same transaction what its booking shows of it.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &Db, message: &Message) -> Result<Written> {
    match in_transaction(db, &Insert(message)).await {
        Err(error) if is_duplicate_key(&error) => Ok(Written::Repeated),
        written => written.map(|()| Written::New),
    }
}

struct Insert<'a>(&'a Message);

impl Work for Insert<'_> {
    type Done = ();
    type Failure = Error;

    async fn run(&self, db: &Db, session: &mut ClientSession) -> Result<()> {
        let Message { booking, by, role, text, photos, at, .. } = self.0;
        messages(db).insert_one(self.0).session(&mut *session).await?;
        let photos = i32::try_from(photos.len()).unwrap_or(i32::MAX);
        let shown = TalkMessage { by: by.clone(), role: *role, text: text.clone(), photos, at: *at };
        let readers: Vec<Role> = [Role::Customer, Role::Provider].into_iter().filter(|reader| reader != role).collect();
        talk::add(session, db, *booking, &shown, &readers).await
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

/// How far somebody has read; nothing before there was anything to read.
///
/// # Errors
/// When the database fails.
pub async fn mark(db: &Db, booking: ObjectId, account: &str) -> Result<Option<ObjectId>> {
    let mark = marks(db).find_one(doc! { "_id": mark_key(booking, account) }).await?;
    Ok(mark.map(|mark| mark.read))
}

/// Moves the mark of somebody in a role forward; it never goes back. The booking says from then on how much is left.
///
/// # Errors
/// When the database fails.
pub async fn set_read(db: &Db, booking: ObjectId, account: &str, role: Role, read: ObjectId) -> Result<()> {
    in_transaction(db, &SetRead { booking, account, role, read }).await
}

struct SetRead<'a> {
    booking: ObjectId,
    account: &'a str,
    role: Role,
    read: ObjectId,
}

impl Work for SetRead<'_> {
    type Done = ();
    type Failure = Error;

    async fn run(&self, db: &Db, session: &mut ClientSession) -> Result<()> {
        let Self { booking, account, role, read } = self;
        let change = doc! { "$max": { "read": read }, "$setOnInsert": { "booking": booking } };
        let marks = marks(db);
        let mark = marks.find_one_and_update(doc! { "_id": mark_key(*booking, account) }, change).upsert(true);
        let mark = mark.return_document(ReturnDocument::After).session(&mut *session).await?;
        let read = mark.map_or(*read, |mark| mark.read);
        let unread = doc! { "booking": booking, "_id": { "$gt": read }, "by": { "$ne": account } };
        let count = messages(db).count_documents(unread).session(&mut *session).await?;
        talk::set_unread(session, db, *booking, *role, i64::try_from(count).unwrap_or(i64::MAX)).await
    }
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

fn messages(db: &Db) -> Collection<Message> {
    db.collection(MESSAGES)
}

fn marks(db: &Db) -> Collection<Mark> {
    db.collection(MESSAGE_MARKS)
}
