//! Numbered changes of the database, run at every start. Each is idempotent, so two servers may start at once, and one
//! that was interrupted is simply done again.

mod found;
mod talk;

use futures::TryStreamExt;
use mongodb::IndexModel;
use mongodb::bson::{Bson, Document, doc};
use mongodb::error::ErrorKind;
use mongodb::options::IndexOptions;
use serde::Deserialize;

use crate::account::links::MAIL_LINKS;
use crate::account::model::ACCOUNTS;
use crate::account::session::SESSIONS;
use crate::booking::model::{BOOKINGS, SLOT_CLAIMS};
use crate::booking::store::reviews;
use crate::booking::store::work::ALARM_AFTER;
use crate::booking_pages::ask::DRAFTS;
use crate::calendar::model::CALENDAR_FEEDS;
use crate::catalogue::model::SERVICES;
use crate::mail::model::MAILS;
use crate::message::model::MESSAGES;
use crate::message::report::REPORTS;
use crate::notice::model::NOTICES;
use crate::provider::model::PROVIDERS;
use crate::web::db::Db;

/// The collection in which done migrations are recorded.
pub const MIGRATIONS: &str = "migrations";

/// What MongoDB answers when there is no such index.
const INDEX_NOT_FOUND: i32 = 27;

/// A migration: its number, what it does, and the indexes it makes, by collection.
struct Migration {
    number: i32,
    name: &'static str,
    indexes: fn() -> Vec<(&'static str, IndexModel)>,
}

/// Append only: a number that has run somewhere never changes its meaning.
const ALL: &[Migration] = &[
    Migration { number: 1, name: "index accounts and sessions", indexes: people },
    Migration { number: 2, name: "index bookings and slot claims", indexes: bookings },
    Migration { number: 3, name: "index services", indexes: services },
    Migration { number: 4, name: "index providers and mails", indexes: providers },
    Migration { number: 5, name: "index mailed links", indexes: mail_links },
    Migration { number: 6, name: "index drafts and their holds", indexes: drafts },
    Migration { number: 7, name: "index services for the search", indexes: search },
    Migration { number: 8, name: "index calendars that are due", indexes: calendars },
    Migration { number: 9, name: "let the worker look at every booking", indexes: worker },
    Migration { number: 10, name: "index notices and admins", indexes: notices },
    Migration { number: 11, name: "index mails that wait, and calendar feeds", indexes: post },
    Migration { number: 12, name: "index messages and reports", indexes: messages },
    Migration { number: 13, name: "index reviews, disputes and what was done", indexes: looking_back },
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

fn people() -> Vec<(&'static str, IndexModel)> {
    let expire = IndexOptions::builder().expire_after(std::time::Duration::ZERO).build();
    vec![
        (ACCOUNTS, unique(doc! { "email": 1 })),
        (SESSIONS, IndexModel::builder().keys(doc! { "expires_at": 1 }).options(expire).build()),
        (SESSIONS, plain(doc! { "account_id": 1 })),
    ]
}

fn bookings() -> Vec<(&'static str, IndexModel)> {
    let sparse = IndexOptions::builder().sparse(true).build();
    let pending = doc! { "outbox.status": "pending" };
    let pending = IndexOptions::builder().partial_filter_expression(pending).build();
    let list = |first: &[&str]| {
        let mut keys: Document = first.iter().map(|field| ((*field).to_owned(), Bson::Int32(1))).collect();
        keys.extend(doc! { "state.starts_at": -1, "_id": -1 });
        (BOOKINGS, plain(keys))
    };
    vec![
        (BOOKINGS, unique(doc! { "reference": 1 })),
        // Every list: everybody's for the admin, one side's, and each of them in one status.
        list(&[]),
        list(&["state.status"]),
        list(&["customer.id"]),
        list(&["customer.id", "state.status"]),
        list(&["provider.id"]),
        list(&["provider.id", "state.status"]),
        // The clock and the outbox hold only what waits.
        (BOOKINGS, IndexModel::builder().keys(doc! { "next_due_at": 1 }).options(sparse).build()),
        (BOOKINGS, IndexModel::builder().keys(doc! { "outbox.at": 1 }).options(pending).build()),
        (SLOT_CLAIMS, plain(doc! { "booking": 1 })),
    ]
}

fn services() -> Vec<(&'static str, IndexModel)> {
    let listed = doc! { "listed": true };
    let listed = || IndexOptions::builder().partial_filter_expression(listed.clone());
    let weights = doc! { "title": 10, "provider_name": 5, "description": 1 };
    let options = listed().weights(weights).default_language("english".to_owned()).build();
    let index = |keys: Document, options| (SERVICES, IndexModel::builder().keys(keys).options(options).build());
    vec![
        (SERVICES, unique(doc! { "slug": 1 })),
        (SERVICES, plain(doc! { "provider_id": 1, "updated_at": -1 })),
        index(doc! { "location": "2dsphere", "category": 1 }, listed().build()),
        index(doc! { "title": "text", "provider_name": "text", "description": "text" }, options),
        index(doc! { "category": 1, "_id": 1 }, listed().build()),
    ]
}

fn search() -> Vec<(&'static str, IndexModel)> {
    let listed = || IndexOptions::builder().partial_filter_expression(doc! { "listed": true }).build();
    let index = |keys: Document| (SERVICES, IndexModel::builder().keys(keys).options(listed()).build());
    vec![
        // Not partial, so that it alone counts what is listed by category.
        (SERVICES, plain(doc! { "listed": 1, "category": 1 })),
        // The best known and the cheapest, of everything and of a category; and what is offered everywhere.
        index(doc! { "rating.sum": -1, "_id": 1 }),
        index(doc! { "category": 1, "rating.sum": -1, "_id": 1 }),
        index(doc! { "price_cents": 1, "_id": 1 }),
        index(doc! { "category": 1, "price_cents": 1, "_id": 1 }),
        index(doc! { "reach.kind": 1, "rating.sum": -1, "_id": 1 }),
    ]
}

fn providers() -> Vec<(&'static str, IndexModel)> {
    vec![(PROVIDERS, plain(doc! { "status": 1, "_id": 1 })), (MAILS, plain(doc! { "at": -1, "_id": -1 }))]
}

fn mail_links() -> Vec<(&'static str, IndexModel)> {
    let expire = IndexOptions::builder().expire_after(std::time::Duration::ZERO).build();
    vec![
        (MAIL_LINKS, IndexModel::builder().keys(doc! { "expires_at": 1 }).options(expire).build()),
        (MAIL_LINKS, plain(doc! { "email": 1, "kind": 1, "created_at": -1 })),
    ]
}

fn drafts() -> Vec<(&'static str, IndexModel)> {
    let expire = IndexOptions::builder().expire_after(std::time::Duration::ZERO).build();
    let sparse = IndexOptions::builder().sparse(true).build();
    vec![
        (DRAFTS, plain(doc! { "owner": 1, "service_id": 1, "created_at": -1 })),
        (DRAFTS, plain(doc! { "owner": 1, "held_until": 1 })),
        (DRAFTS, plain(doc! { "peer": 1, "held_until": 1 })),
        (DRAFTS, IndexModel::builder().keys(doc! { "expires_at": 1 }).options(expire).build()),
        (SLOT_CLAIMS, IndexModel::builder().keys(doc! { "until": 1 }).options(sparse).build()),
    ]
}

fn calendars() -> Vec<(&'static str, IndexModel)> {
    let sparse = IndexOptions::builder().sparse(true).build();
    vec![(PROVIDERS, IndexModel::builder().keys(doc! { "feeds.due_at": 1 }).options(sparse).build())]
}

fn worker() -> Vec<(&'static str, IndexModel)> {
    let sparse = IndexOptions::builder().sparse(true).build();
    let only = |filter: Document| IndexOptions::builder().partial_filter_expression(filter).build();
    let index = |keys: Document, options| (BOOKINGS, IndexModel::builder().keys(keys).options(options).build());
    vec![
        index(doc! { "wake_at": 1 }, sparse),
        // Only what an admin has to look at.
        index(doc! { "outbox.status": 1, "_id": -1 }, only(doc! { "outbox.status": "dead" })),
        index(doc! { "work.failures": -1 }, only(doc! { "work.failures": { "$gte": i64::from(ALARM_AFTER) } })),
    ]
}

/// Bookings from before there was a worker: it looks at each of them. The old entries of their outboxes were never delivered
/// and are too old to be delivered now.
fn wake_all() -> Change {
    let before = doc! { "wake_at": { "$exists": false }, "work": { "$exists": false } };
    (BOOKINGS, before, doc! { "$set": { "wake_at": 0_i64, "outbox": [] } })
}

fn notices() -> Vec<(&'static str, IndexModel)> {
    let only = |field: &str| IndexOptions::builder().partial_filter_expression(doc! { field: true }).build();
    let index = |keys: Document, options| IndexModel::builder().keys(keys).options(options).build();
    vec![
        (NOTICES, plain(doc! { "to": 1, "at": -1, "_id": -1 })),
        // The bell counts them, and a booking's page marks its own read: only the unread are in it.
        (NOTICES, index(doc! { "to": 1, "booking": 1 }, only("unread"))),
        (ACCOUNTS, index(doc! { "is_admin": 1 }, only("is_admin"))),
    ]
}

fn post() -> Vec<(&'static str, IndexModel)> {
    let sparse = IndexOptions::builder().sparse(true).build();
    vec![
        (MAILS, plain(doc! { "status": 1, "send_at": 1 })),
        (MAILS, plain(doc! { "status": 1, "at": -1, "_id": -1 })),
        (MAILS, IndexModel::builder().keys(doc! { "failed_at": -1 }).options(sparse).build()),
        (CALENDAR_FEEDS, unique(doc! { "token_hash": 1 })),
    ]
}

fn messages() -> Vec<(&'static str, IndexModel)> {
    vec![
        (MESSAGES, plain(doc! { "booking": 1, "_id": 1 })),
        // A form that is sent twice is one message.
        (MESSAGES, unique(doc! { "booking": 1, "by": 1, "command_id": 1 })),
        (REPORTS, plain(doc! { "status": 1, "at": 1, "_id": 1 })),
        (REPORTS, plain(doc! { "booking": 1, "by": 1 })),
    ]
}

fn looking_back() -> Vec<(&'static str, IndexModel)> {
    let only = |filter| IndexOptions::builder().partial_filter_expression(filter).build();
    let partial =
        |keys: Document, filter: Document| (BOOKINGS, IndexModel::builder().keys(keys).options(only(filter)).build());
    vec![
        partial(doc! { "provider.id": 1, "state.reviews_published_at": -1, "_id": -1 }, reviews::has_review()),
        partial(doc! { "state.dispute.at": 1, "_id": 1 }, doc! { "state.status": "disputed" }),
        // The oldest of each status, from the index alone.
        (BOOKINGS, plain(doc! { "state.status": 1, "created_at": 1, "_id": 1 })),
        // Who did what when, over all histories.
        (BOOKINGS, plain(doc! { "history.action_name": 1, "history.at": 1 })),
        (BOOKINGS, plain(doc! { "history.actor_id": 1, "history.at": 1 })),
    ]
}

fn plain(keys: Document) -> IndexModel {
    IndexModel::builder().keys(keys).build()
}

fn unique(keys: Document) -> IndexModel {
    IndexModel::builder().keys(keys).options(IndexOptions::builder().unique(true).build()).build()
}
