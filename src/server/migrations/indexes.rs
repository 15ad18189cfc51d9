//! The indexes that migrations make, each list by the feature that asks for it. A list whose migration has run somewhere stays as it is.

use mongodb::IndexModel;
use mongodb::bson::{Bson, Document, doc};
use mongodb::options::IndexOptions;

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

/// Indexes, each with the collection it is made for.
pub(super) type Indexes = Vec<(&'static str, IndexModel)>;

pub(super) fn people() -> Indexes {
    let expire = IndexOptions::builder().expire_after(std::time::Duration::ZERO).build();
    vec![
        (ACCOUNTS, unique(doc! { "email": 1 })),
        (SESSIONS, IndexModel::builder().keys(doc! { "expires_at": 1 }).options(expire).build()),
        (SESSIONS, plain(doc! { "account_id": 1 })),
    ]
}

pub(super) fn bookings() -> Indexes {
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

pub(super) fn services() -> Indexes {
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

pub(super) fn search() -> Indexes {
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

pub(super) fn providers() -> Indexes {
    vec![(PROVIDERS, plain(doc! { "status": 1, "_id": 1 })), (MAILS, plain(doc! { "at": -1, "_id": -1 }))]
}

pub(super) fn mail_links() -> Indexes {
    let expire = IndexOptions::builder().expire_after(std::time::Duration::ZERO).build();
    vec![
        (MAIL_LINKS, IndexModel::builder().keys(doc! { "expires_at": 1 }).options(expire).build()),
        (MAIL_LINKS, plain(doc! { "email": 1, "kind": 1, "created_at": -1 })),
    ]
}

pub(super) fn drafts() -> Indexes {
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

pub(super) fn calendars() -> Indexes {
    let sparse = IndexOptions::builder().sparse(true).build();
    vec![(PROVIDERS, IndexModel::builder().keys(doc! { "feeds.due_at": 1 }).options(sparse).build())]
}

pub(super) fn worker() -> Indexes {
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

pub(super) fn notices() -> Indexes {
    let only = |field: &str| IndexOptions::builder().partial_filter_expression(doc! { field: true }).build();
    let index = |keys: Document, options| IndexModel::builder().keys(keys).options(options).build();
    vec![
        (NOTICES, plain(doc! { "to": 1, "at": -1, "_id": -1 })),
        // The bell counts them, and a booking's page marks its own read: only the unread are in it.
        (NOTICES, index(doc! { "to": 1, "booking": 1 }, only("unread"))),
        (ACCOUNTS, index(doc! { "is_admin": 1 }, only("is_admin"))),
    ]
}

pub(super) fn post() -> Indexes {
    let sparse = IndexOptions::builder().sparse(true).build();
    vec![
        (MAILS, plain(doc! { "status": 1, "send_at": 1 })),
        (MAILS, plain(doc! { "status": 1, "at": -1, "_id": -1 })),
        (MAILS, IndexModel::builder().keys(doc! { "failed_at": -1 }).options(sparse).build()),
        (CALENDAR_FEEDS, unique(doc! { "token_hash": 1 })),
    ]
}

pub(super) fn messages() -> Indexes {
    vec![
        (MESSAGES, plain(doc! { "booking": 1, "_id": 1 })),
        // A form that is sent twice is one message.
        (MESSAGES, unique(doc! { "booking": 1, "by": 1, "command_id": 1 })),
        (REPORTS, plain(doc! { "status": 1, "at": 1, "_id": 1 })),
        (REPORTS, plain(doc! { "booking": 1, "by": 1 })),
    ]
}

pub(super) fn looking_back() -> Indexes {
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
