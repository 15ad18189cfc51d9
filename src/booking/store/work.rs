//! What the worker asks and writes: leases, what waits, what was given up. Each query is one range of one index.

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Bson, Document, deserialize_from_document, doc, serialize_to_bson};
use mongodb::error::Result;
use mongodb::options::ReturnDocument;
use serde::Deserialize;

use crate::booking::machine::outbox::OutboxStatus;
use crate::booking::model::{BOOKINGS, BookingDocument, QueuedEntry, Work};
use crate::time::Timestamp;
use crate::web::db::{Collection, Db};

/// After so many failures in a row an admin is alarmed.
pub const ALARM_AFTER: u32 = 5;
/// How long a lease lasts, in milliseconds.
pub const LEASE_MILLIS: i64 = 30_000;
/// The most on a page for the admin.
const PAGE_SIZE: i64 = 50;
/// Counting what is due ends here.
pub const MOST_COUNTED: u64 = 10_000;

/// A booking that is ours for a while.
#[derive(Clone, Debug)]
pub struct Lease {
    /// Which.
    pub id: ObjectId,
    /// The fencing token: writes carry it, and the next lease has a higher one.
    pub token: i64,
    /// How often in a row the work on it has failed.
    pub failures: u32,
    /// How long it was due, in milliseconds.
    pub waited_millis: i64,
    /// The booking as it was stored, or why it cannot be read.
    pub document: std::result::Result<Box<BookingDocument>, String>,
}

impl Lease {
    /// The lease of a booking that was leased as it was written.
    pub(super) fn of(document: BookingDocument) -> Self {
        let Work { lease: token, failures, .. } = document.work;
        Self { id: document.id, token, failures, waited_millis: 0, document: Ok(Box::new(document)) }
    }
}

/// An entry of the outbox that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// The booking's id.
    pub booking: String,
    /// Its reference.
    pub reference: String,
    /// The entry, with how often it failed and the last failure's words.
    pub queued: QueuedEntry,
}

/// A booking on which the clock's work fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// The booking's id.
    pub booking: String,
    /// Its reference, if it can be read.
    pub reference: String,
    /// How often in a row.
    pub failures: u32,
    /// The last failure's words.
    pub error: String,
    /// When it is tried again.
    pub try_at: Option<Timestamp>,
}

/// Leases the booking that is longest due, if one is: nobody else gets it before the lease ends, and whoever held it
/// before can no longer write. One write.
///
/// # Errors
/// When the database fails.
pub async fn lease(db: &Db, now: Timestamp) -> Result<Option<Lease>> {
    let due = doc! { "wake_at": { "$lte": now.0 } };
    let take = doc! { "$set": { "wake_at": now.0 + LEASE_MILLIS }, "$inc": { "work.lease": 1_i64 } };
    let bookings = bookings(db);
    let found = bookings.find_one_and_update(due, take).sort(doc! { "wake_at": 1 });
    let Some(document) = found.return_document(ReturnDocument::Before).await? else {
        return Ok(None);
    };
    let whole = |value: Option<&Bson>| match value {
        Some(Bson::Int64(number)) => *number,
        Some(Bson::Int32(number)) => i64::from(*number),
        _ => 0,
    };
    let work = document.get_document("work").ok();
    let (before, failures) = work.map_or((0, 0), |work| (whole(work.get("lease")), whole(work.get("failures"))));
    let id = document.get_object_id("_id").map_err(mongodb::error::Error::custom)?;
    let (token, failures) = (before + 1, u32::try_from(failures).unwrap_or(0));
    let waited_millis = now.0 - whole(document.get("wake_at"));
    let document = deserialize_from_document(document).map(Box::new).map_err(|error| error.to_string());
    Ok(Some(Lease { id, token, failures, waited_millis, document }))
}

/// Writes what is left after the work and gives the booking back. Says whether it did: not if the lease or the booking is
/// somebody else's by now; then they do what is left. It does not wait for a majority: if it is lost, the lease runs out and
/// the work is done again.
///
/// # Errors
/// When the database fails.
pub async fn settle(
    db: &Db,
    lease: &Lease,
    version: i64,
    outbox: &[QueuedEntry],
    work: &Work,
    wake_at: Option<Timestamp>,
) -> Result<bool> {
    let mine = doc! { "_id": lease.id, "work.lease": lease.token, "version": version };
    let mut set = doc! { "outbox": serialize_to_bson(outbox)?, "work": serialize_to_bson(work)? };
    let mut update = doc! {};
    match wake_at {
        Some(at) => _ = set.insert("wake_at", at.0),
        None => _ = update.insert("$unset", doc! { "wake_at": "" }),
    }
    update.insert("$set", set);
    Ok(bookings(&db.following()).update_one(mine, update).await?.matched_count == 1)
}

/// Writes that the work has failed, and when it is tried again; unless the lease is somebody else's by now.
///
/// # Errors
/// When the database fails.
pub async fn put_off(db: &Db, lease: &Lease, failures: u32, error: &str, at: Timestamp) -> Result<()> {
    let mine = doc! { "_id": lease.id, "work.lease": lease.token };
    let set = doc! { "work.failures": i64::from(failures), "work.error": error, "wake_at": at.0 };
    bookings(db).update_one(mine, doc! { "$set": set }).await.map(|_| ())
}

/// A page of the entries that were given up, those of the newest bookings first, from the booking on at which the last page
/// ended; and where this one ends, if there are more.
///
/// # Errors
/// When the database fails.
pub async fn dead(db: &Db, before: Option<ObjectId>) -> Result<(Vec<DeadLetter>, Option<ObjectId>)> {
    #[derive(Deserialize)]
    struct Found {
        #[serde(rename = "_id")]
        id: ObjectId,
        reference: String,
        outbox: Vec<QueuedEntry>,
    }
    let mut filter = doc! { "outbox.status": OutboxStatus::Dead.name() };
    if let Some(before) = before {
        filter.insert("_id", doc! { "$lt": before });
    }
    let bookings = db.collection::<Found>(BOOKINGS);
    let found = bookings.find(filter).sort(doc! { "outbox.status": 1, "_id": -1 });
    let found = found.limit(PAGE_SIZE).projection(doc! { "reference": 1, "outbox": 1 }).await?;
    let found: Vec<Found> = found.try_collect().await?;
    let full = i64::try_from(found.len()).is_ok_and(|count| count == PAGE_SIZE);
    let next = found.last().map(|last| last.id).filter(|_| full);
    let dead = found.into_iter().flat_map(|Found { id, reference, outbox }| {
        let dead = outbox.into_iter().filter(|queued| !queued.is_pending());
        dead.map(move |queued| DeadLetter { booking: id.to_hex(), reference: reference.clone(), queued })
    });
    Ok((dead.collect(), next))
}

/// How many bookings have an entry that was given up, counted up to `most`.
///
/// # Errors
/// When the database fails.
pub async fn count_dead(db: &Db, most: u64) -> Result<u64> {
    bookings(db).count_documents(doc! { "outbox.status": OutboxStatus::Dead.name() }).limit(most).await
}

/// Lets an entry that was given up try again at once. Says whether there was one of that key.
///
/// # Errors
/// When the database fails.
pub async fn retry(db: &Db, key: &str, now: Timestamp) -> Result<bool> {
    // Every key begins with its booking's id.
    let Some(id) = key.split(':').next().and_then(|id| ObjectId::parse_str(id).ok()) else {
        return Ok(false);
    };
    let entry = doc! { "_id": id, "outbox": { "$elemMatch": { "key": key, "status": OutboxStatus::Dead.name() } } };
    let again = doc! {
        "$set": { "outbox.$.status": OutboxStatus::Pending.name(), "outbox.$.tries": 0_i64, "wake_at": now.0 },
        "$unset": { "outbox.$.try_at": "" },
        // Whoever works on the booking has read it as it was.
        "$inc": { "work.lease": 1_i64 },
    };
    Ok(bookings(db).update_one(entry, again).await?.matched_count == 1)
}

/// The bookings on which the clock's work has failed five times and more, the most often first, at most fifty.
///
/// # Errors
/// When the database fails.
pub async fn stuck(db: &Db) -> Result<Vec<Stuck>> {
    let failing = doc! { "work.failures": { "$gte": i64::from(ALARM_AFTER) } };
    let fields = doc! { "reference": 1, "work": 1, "wake_at": 1 };
    let bookings = bookings(db);
    let found = bookings.find(failing).sort(doc! { "work.failures": -1 }).limit(PAGE_SIZE).projection(fields);
    let found: Vec<Document> = found.await?.try_collect().await?;
    let stuck = |document: Document| {
        let work = document.get_document("work").ok()?;
        Some(Stuck {
            booking: document.get_object_id("_id").ok()?.to_hex(),
            reference: document.get_str("reference").unwrap_or_default().into(),
            failures: u32::try_from(work.get_i64("failures").ok()?).ok()?,
            error: work.get_str("error").unwrap_or_default().into(),
            try_at: document.get_i64("wake_at").ok().map(Timestamp),
        })
    };
    Ok(found.into_iter().filter_map(stuck).collect())
}

/// Lets the worker look at a booking at once.
///
/// # Errors
/// When the database fails.
pub async fn wake(db: &Db, id: ObjectId, now: Timestamp) -> Result<()> {
    let wake = doc! { "$set": { "wake_at": now.0 }, "$inc": { "work.lease": 1_i64 } };
    bookings(db).update_one(doc! { "_id": id }, wake).await.map(|_| ())
}

/// How many bookings are due, counted up to ten thousand, and since when the first of them has been.
///
/// # Errors
/// When the database fails.
pub async fn waiting(db: &Db, now: Timestamp) -> Result<(u64, Option<Timestamp>)> {
    #[derive(Deserialize)]
    struct First {
        wake_at: Timestamp,
    }
    let due = doc! { "wake_at": { "$lte": now.0 } };
    let count = bookings(db).count_documents(due.clone()).limit(MOST_COUNTED).await?;
    let bookings = db.collection::<First>(BOOKINGS);
    let first = bookings.find_one(due).sort(doc! { "wake_at": 1 });
    let first = first.projection(doc! { "_id": 0, "wake_at": 1 }).await?;
    Ok((count, first.map(|first| first.wake_at)))
}

fn bookings(db: &Db) -> Collection<Document> {
    db.collection(BOOKINGS)
}
