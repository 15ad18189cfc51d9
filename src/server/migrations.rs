//! Numbered changes of the database, run at every start. Each is idempotent, so two servers may start at once, and one
//! that was interrupted is simply done again.

mod found;
mod indexes;
mod talk;

use futures::TryStreamExt;
use mongodb::bson::{Document, doc};
use mongodb::error::ErrorKind;
use serde::Deserialize;

use self::indexes::Indexes;
use crate::booking::model::BOOKINGS;
use crate::web::db::Db;

/// The collection in which done migrations are recorded.
pub const MIGRATIONS: &str = "migrations";

/// What MongoDB answers when there is no such index.
const INDEX_NOT_FOUND: i32 = 27;

/// A migration: its number, what it does, and the indexes it makes, by collection.
struct Migration {
    number: i32,
    name: &'static str,
    indexes: fn() -> Indexes,
}

/// Append only: a number that has run somewhere never changes its meaning.
const ALL: &[Migration] = &[
    Migration { number: 1, name: "index accounts and sessions", indexes: indexes::people },
    Migration { number: 2, name: "index bookings and slot claims", indexes: indexes::bookings },
    Migration { number: 3, name: "index services", indexes: indexes::services },
    Migration { number: 4, name: "index providers and mails", indexes: indexes::providers },
    Migration { number: 5, name: "index mailed links", indexes: indexes::mail_links },
    Migration { number: 6, name: "index drafts and their holds", indexes: indexes::drafts },
    Migration { number: 7, name: "index services for the search", indexes: indexes::search },
    Migration { number: 8, name: "index calendars that are due", indexes: indexes::calendars },
    Migration { number: 9, name: "let the worker look at every booking", indexes: indexes::worker },
    Migration { number: 10, name: "index notices and admins", indexes: indexes::notices },
    Migration { number: 11, name: "index mails that wait, and calendar feeds", indexes: indexes::post },
    Migration { number: 12, name: "index messages and reports", indexes: indexes::messages },
    Migration { number: 13, name: "index reviews, disputes and what was done", indexes: indexes::looking_back },
    Migration { number: 14, name: "drop an index that nothing asks for", indexes: Vec::new },
    Migration { number: 15, name: "put what is shown of a thread into its booking", indexes: Vec::new },
    Migration {
        number: found::NUMBER,
        name: "let the search find services by square, term and score",
        indexes: found::indexes,
    },
];

/// A change of what is stored: the collection, which of its documents, and how.
type Change = (&'static str, Document, Document);

/// A change with the number of its migration.
type NumberedChange = (i32, fn() -> Change);

/// What migrations change beside the indexes, by their number.
const CHANGES: &[NumberedChange] = &[(9, wake_all)];

/// Indexes that migrations take away, by their number: the collection and the name. The worker looks at `wake_at`.
const DROPPED: &[(i32, &str, &str)] = &[(14, BOOKINGS, "outbox.at_1")];

#[derive(Deserialize)]
struct Done {
    #[serde(rename = "_id")]
    number: i32,
}

/// Does what has not been done yet, in order, and says which numbers that was.
///
/// # Errors
/// When the database fails. What was done before that stays done.
pub async fn run(db: &Db) -> mongodb::error::Result<Vec<i32>> {
    let migrations = db.collection::<Done>(MIGRATIONS);
    // By `_id` first, so that not even this reads a whole collection.
    let done = migrations.find(doc! { "_id": { "$gte": 0 } }).sort(doc! { "_id": 1 }).await?;
    let done: Vec<i32> = done.map_ok(|done| done.number).try_collect().await?;
    let mut ran = Vec::new();
    for migration in ALL.iter().filter(|migration| !done.contains(&migration.number)) {
        for (collection, index) in (migration.indexes)() {
            db.collection::<Document>(collection).create_index(index).await?;
        }
        for (_, change) in CHANGES.iter().filter(|(number, _)| *number == migration.number) {
            let (collection, which, how) = change();
            db.collection::<Document>(collection).update_many(which, how).await?;
        }
        if migration.number == talk::NUMBER {
            talk::fill(db).await?;
        }
        if migration.number == found::NUMBER {
            found::fill(db).await?;
        }
        for (_, collection, name) in DROPPED.iter().filter(|(number, ..)| *number == migration.number) {
            drop_index(db, collection, name).await?;
        }
        let record = doc! { "$setOnInsert": { "name": migration.name, "done_at": mongodb::bson::DateTime::now() } };
        migrations.update_one(doc! { "_id": migration.number }, record).upsert(true).await?;
        ran.push(migration.number);
    }
    Ok(ran)
}

/// Takes an index away; one that is gone already is no failure.
async fn drop_index(db: &Db, collection: &str, name: &str) -> mongodb::error::Result<()> {
    match db.collection::<Document>(collection).drop_index(name).await {
        Err(error) if matches!(&*error.kind, ErrorKind::Command(command) if command.code == INDEX_NOT_FOUND) => Ok(()),
        done => done,
    }
}

/// Bookings from before there was a worker: it looks at each of them. The old entries of their outboxes were never delivered
/// and are too old to be delivered now.
fn wake_all() -> Change {
    let before = doc! { "wake_at": { "$exists": false }, "work": { "$exists": false } };
    (BOOKINGS, before, doc! { "$set": { "wake_at": 0_i64, "outbox": [] } })
}
