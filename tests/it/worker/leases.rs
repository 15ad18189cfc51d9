//! Who no longer holds the lease writes nothing, whoever has it now; and what is kept is found by an index.

use futures::TryStreamExt;
use gigsta::booking::machine::{Role, Status};
use gigsta::booking::model::{BOOKINGS, Work};
use gigsta::booking::store::work as store;
use gigsta::booking::store::work::LEASE_MILLIS;
use gigsta::booking::store::{ApplyError, apply_leased};
use gigsta::server::migrations::{self, MIGRATIONS};
use gigsta::server::seed;
use gigsta::time::Timestamp;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use super::{drain, stored, worker};
use crate::support::bookings::{NOON, act, decided, party, requested, service};
use crate::support::database::in_database;
use crate::support::plans;

const START: Timestamp = NOON.plus_hours(48);

#[tokio::test]
async fn a_lease_that_ran_out_writes_nothing_when_somebody_else_has_it() {
    in_database(async |db| {
        let booking = requested(db, &party("Hemi"), service(), START).await;
        let old = store::lease(db, NOON).await.unwrap().unwrap();
        assert!(store::lease(db, NOON).await.unwrap().is_none(), "it is one worker's");
        let later = Timestamp(NOON.0 + LEASE_MILLIS);
        let new = store::lease(db, later).await.unwrap().unwrap();
        assert!(new.token > old.token && new.id == old.id);
        let before = stored(db, &booking.id).await;
        assert!(!store::settle(db, &old, booking.version, &[], &Work::default(), None).await.unwrap());
        store::put_off(db, &old, 9, "late", later).await.unwrap();
        let expiry = decided(&booking, Role::System, "expire_request", &[], NOON.plus_hours(24));
        let late = apply_leased(db, &booking, expiry.clone(), old.token).await;
        assert!(matches!(late, Err(ApplyError::Stale)), "{late:?}");
        assert_eq!(stored(db, &booking.id).await, before, "nothing of it was written");
        apply_leased(db, &booking, expiry, new.token).await.unwrap();
        assert_eq!(stored(db, &booking.id).await.wake_at, before.wake_at, "and goes on to hold it");
    })
    .await;
}

#[tokio::test]
async fn what_somebody_does_while_a_worker_looks_is_looked_at_again() {
    in_database(async |db| {
        let booking = requested(db, &party("Hemi"), service(), START).await;
        let lease = store::lease(db, NOON).await.unwrap().unwrap();
        act(db, &booking, Role::Provider, "accept", &[], NOON).await.unwrap();
        let settled = store::settle(db, &lease, booking.version, &[], &Work::default(), None).await.unwrap();
        assert!(!settled, "the work was on another version");
        let document = stored(db, &booking.id).await;
        assert_eq!((document.outbox.len(), document.wake_at), (3, Some(NOON)));
        assert_eq!(drain(&worker(db), NOON).await, 1);
        let document = stored(db, &booking.id).await;
        assert!(document.outbox.is_empty());
        assert_eq!(document.wake_at, Some(START.plus_hours(-24)), "the next reminder");
    })
    .await;
}

#[tokio::test]
async fn bookings_from_before_the_worker_are_looked_at_and_their_old_news_is_not_told() {
    in_database(async |db| {
        let booking = requested(db, &party("Hemi"), service(), START).await;
        let bookings = db.collection::<Document>(BOOKINGS);
        bookings.update_many(doc! {}, doc! { "$unset": { "wake_at": "", "work": "" } }).await.unwrap();
        db.collection::<Document>(MIGRATIONS).delete_one(doc! { "_id": 9 }).await.unwrap();
        assert_eq!(migrations::run(db).await.unwrap(), [9]);
        let worker = worker(db);
        assert_eq!(drain(&worker, NOON.plus_hours(1)).await, 1);
        assert_eq!(worker.metrics.outbox_done.get(), 0);
        drain(&worker, NOON.plus_hours(24)).await;
        assert_eq!(stored(db, &booking.id).await.state.status, Status::Expired);
    })
    .await;
}

#[tokio::test]
async fn a_fresh_demo_tells_the_news_of_a_day_and_no_older_ones() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        drain(&worker(db), NOON).await;
        let found = db.collection::<Document>(super::RECORDED).find(doc! {}).await.unwrap();
        let told: Vec<Document> = found.try_collect().await.unwrap();
        let news: Vec<_> = told.iter().filter(|note| note.get_str("kind").unwrap() == "notice").collect();
        println!("{} in all, {} notices", told.len(), news.len());
        assert!((1..=60).contains(&news.len()), "{}", news.len());
        assert!(news.iter().all(|note| note.get_i64("at").unwrap() >= NOON.plus_hours(-24).0));
    })
    .await;
}

#[tokio::test]
async fn every_query_of_the_worker_uses_an_index() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        let booking = requested(db, &party("Hemi"), service(), START).await;
        let id = ObjectId::parse_str(&booking.id).unwrap();
        let dead = doc! { "$set": { "outbox.0.status": "dead", "work.failures": 5_i64 } };
        db.collection::<Document>(BOOKINGS).update_one(doc! { "_id": id }, dead).await.unwrap();
        plans::note(db).await;
        let (dead, _) = store::dead(db, None).await.unwrap();
        assert_eq!(dead.len(), 1);
        store::dead(db, Some(ObjectId::new())).await.unwrap();
        assert_eq!(store::stuck(db).await.unwrap().len(), 1);
        store::waiting(db, NOON).await.unwrap();
        assert!(store::retry(db, &dead[0].queued.entry.key, NOON).await.unwrap());
        store::wake(db, id, NOON).await.unwrap();
        let lease = store::lease(db, NOON).await.unwrap().unwrap();
        store::put_off(db, &lease, 1, "x", NOON).await.unwrap();
        drain(&worker(db), NOON.plus_hours(24)).await;
        let explained = plans::explain(db, &[], |collection, _| collection != "recorded").await;
        assert!(explained >= 12, "only {explained} queries were explained");
    })
    .await;
}
