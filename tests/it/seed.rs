//! The demo's data on a real MongoDB.

use futures::TryStreamExt;
use futures::future::try_join_all;
use gigsta::account::model::{ACCOUNTS, Account};
use gigsta::booking::machine::aggregate::Service;
use gigsta::booking::machine::{Role, Status};
use gigsta::booking::model::{BOOKINGS, BookingDocument, SLOT_CLAIMS};
use gigsta::booking::store::{self, ListFilter};
use gigsta::domain::place::{Area, Point};
use gigsta::message::model::MESSAGES;
use gigsta::provider::model::PROVIDERS;
use gigsta::server::audit;
use gigsta::server::migrations;
use gigsta::server::seed;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::{Document, doc};

use crate::support::bookings::{NOON, draft, party_of, service, viewer};
use crate::support::database::in_database;

const START: Timestamp = NOON.plus_hours(48);

#[tokio::test]
async fn seeding_twice_changes_nothing_and_every_history_holds() {
    in_database(async |db| {
        let first = seed::seed(db, NOON, "$argon2id$demo").await.unwrap();
        assert!(first.accounts >= 5 && first.bookings >= 30, "{first:?}");
        let before = everything(db).await;
        let days_later = NOON.plus_hours(5 * 24);
        assert_eq!(seed::seed(db, days_later, "$argon2id$other").await.unwrap(), seed::Summary::default());
        assert_eq!(everything(db).await, before);
        assert_eq!(audit::verify(db).await.unwrap(), u64::try_from(first.bookings).unwrap());
        let counts = store::count_by_status(db).await.unwrap();
        assert_eq!(counts.len(), Status::ALL.len(), "{counts:?}");

        let all = ListFilter::default();
        let find = |email: &'static str| async move {
            let account = db.collection::<Account>(ACCOUNTS).find_one(doc! { "email": email }).await.unwrap().unwrap();
            viewer(&account.id.to_hex(), account.is_admin)
        };
        for email in ["customer@demo.test", "provider@demo.test", "admin@demo.test"] {
            let (page, next) = store::list_for(db, &find(email).await, &all).await.unwrap();
            assert_eq!((page.len(), next.is_some()), (20, true), "{email}");
        }
        let drafts = ListFilter { status: Some(Status::Draft), ..ListFilter::default() };
        let aroha = find("customer@demo.test").await;
        let (drafts, _) = store::list_for(db, &aroha, &drafts).await.unwrap();
        let draft = store::find_for(db, &aroha, &drafts[0].0.id, NOON).await.unwrap().unwrap();
        assert_eq!(draft.facts, gigsta::booking::machine::Facts::good(), "it can be sent");
    })
    .await;
}

#[tokio::test]
async fn servers_that_seed_together_write_the_demo_once() {
    in_database(async |db| {
        let summaries = try_join_all((0..6).map(|_| seed::seed(db, NOON, "x"))).await.unwrap();
        let wrote: Vec<usize> = summaries.iter().map(|summary| summary.bookings).filter(|count| *count > 0).collect();
        assert!(wrote.len() == 1 && wrote[0] >= 30, "{wrote:?}");
        let messages = async || db.collection::<Document>(MESSAGES).count_documents(doc! {}).await.unwrap();
        let written = messages().await;
        assert!(written > 0);
        seed::seed(db, NOON.plus_hours(24), "x").await.unwrap();
        assert_eq!(messages().await, written, "a day later nothing is said twice");
    })
    .await;
}

#[tokio::test]
async fn the_facts_of_a_draft_are_what_its_people_and_its_place_say() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        let accounts = db.collection::<Account>(ACCOUNTS);
        let account = async |email: &str| accounts.find_one(doc! { "email": email }).await.unwrap().unwrap();
        let (aroha, hemi) = (account("customer@demo.test").await, account("provider@demo.test").await);
        let far = Area { center: Point { lat_e6: 0, lng_e6: 0 }, radius_km: 10 };
        let narrow = Service { area: Some(far), ..service() };
        let draft = draft(&party_of(&aroha), &party_of(&hemi), narrow, START, NOON);
        store::insert_draft(db, &draft, None).await.unwrap();
        let facts = async || store::load(db, &draft.id, NOON).await.unwrap().unwrap().facts;
        let seen = facts().await;
        assert!(seen.email_verified && seen.profile_complete && seen.provider_active && seen.slot_free);
        assert!(!seen.inside_area);
        assert_eq!(seen.open_requests, 3);
        let careless = doc! { "$set": { "email_verified": false, "phone": null } };
        accounts.update_one(doc! { "_id": aroha.id }, careless).await.unwrap();
        let providers = db.collection::<Document>(PROVIDERS);
        providers.update_one(doc! { "_id": hemi.id }, doc! { "$set": { "active": false } }).await.unwrap();
        let seen = facts().await;
        assert!(!seen.email_verified && !seen.profile_complete && !seen.provider_active);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_was_emptied_keeps_its_indexes_and_takes_the_demo_as_at_first() {
    in_database(async |db| {
        let indexes = async || {
            let mut names = Vec::new();
            for collection in [ACCOUNTS, BOOKINGS, SLOT_CLAIMS, PROVIDERS, MESSAGES] {
                names.push(db.collection::<Document>(collection).list_index_names().await.unwrap());
            }
            names
        };
        let first = seed::seed(db, NOON, "$argon2id$demo").await.unwrap();
        let (before, indexed) = (everything(db).await, indexes().await);
        db.collection::<Account>(ACCOUNTS).update_one(doc! {}, doc! { "$set": { "name": "Nobody" } }).await.unwrap();
        seed::empty(db).await.unwrap();
        assert_eq!(everything(db).await, []);
        assert_eq!(indexes().await, indexed);
        assert_eq!(migrations::run(db).await.unwrap(), Vec::<i32>::new(), "no migration is done again");
        assert_eq!(seed::seed(db, NOON, "$argon2id$demo").await.unwrap(), first);
        assert_eq!(everything(db).await, before);
    })
    .await;
}

/// Every document of the demo, to compare.
async fn everything(db: &Db) -> Vec<Document> {
    let mut all = Vec::new();
    for collection in [ACCOUNTS, BOOKINGS, SLOT_CLAIMS] {
        let found = db.collection::<Document>(collection).find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap();
        all.extend(found.try_collect::<Vec<_>>().await.unwrap());
    }
    all
}

#[tokio::test]
async fn what_is_shown_of_a_thread_is_filled_in_for_bookings_that_are_there() {
    in_database(async |db| {
        seed::seed(db, NOON, "$argon2id$demo").await.unwrap();
        let bookings = db.collection::<Document>("bookings");
        let written = doc! { "talk.latest.0": { "$exists": true } };
        let talks = async || {
            let found = bookings.find(written.clone()).sort(doc! { "_id": 1 }).await.unwrap();
            let found: Vec<BookingDocument> = found.with_type::<BookingDocument>().try_collect().await.unwrap();
            found.into_iter().map(|booking| (booking.id, booking.talk)).collect::<Vec<_>>()
        };
        let before = talks().await;
        let unread: Vec<_> = before.iter().map(|(_, talk)| talk.unread_by(Role::Customer)).collect();
        assert!(before.len() == 2 && unread.contains(&1), "{before:?}");
        bookings.update_many(doc! {}, doc! { "$unset": { "talk": "" } }).await.unwrap();
        db.collection::<Document>("migrations").delete_one(doc! { "_id": 15 }).await.unwrap();
        assert_eq!(migrations::run(db).await.unwrap(), [15]);
        assert_eq!(talks().await, before);
    })
    .await;
}
