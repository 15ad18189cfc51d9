//! Many bookings and several workers.

use futures::TryStreamExt;
use gigsta::booking::machine::{Booking, Role, Status, history};
use gigsta::booking::model::{BOOKINGS, BookingDocument, SLOT_CLAIMS};
use gigsta::booking::store;
use gigsta::web::db::Db;
use mongodb::bson::{Document, doc};
use tokio::task::JoinSet;

use super::{drain, recorded, worker};
use crate::support::bookings::{NOON, decided, draft, party, service};
use crate::support::database::in_database;

const BOOKINGS_DUE: usize = 500;
const WORKERS: usize = 8;

/// That many requests, each of a provider of its own, sent at noon, with nothing left to tell.
async fn requests(db: &Db, count: usize) {
    let mut all = Vec::new();
    for _ in 0..count {
        let draft = draft(&party("Aroha"), &party("Hemi"), service(), NOON.plus_hours(48), NOON);
        let sent = decided(&draft, Role::Customer, "request", &[], NOON);
        all.push((sent.applied_to(&draft), Vec::new()));
    }
    for batch in all.chunks(100) {
        store::insert_all(db, batch.to_vec()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_workers_expire_five_hundred_requests_each_once_and_tell_each_once() {
    in_database(async |db| {
        requests(db, BOOKINGS_DUE).await;
        let due = NOON.plus_hours(24);
        let mut workers = JoinSet::new();
        for _ in 0..WORKERS {
            let worker = worker(db);
            workers.spawn(async move { (drain(&worker, due).await, worker.metrics.transitions.get()) });
        }
        let done = workers.join_all().await;
        let (looked, moved) = done.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        println!("looked at {looked}, moved {moved}, by worker {done:?}");
        assert_eq!((looked, moved), (BOOKINGS_DUE, BOOKINGS_DUE as u64));
        assert!(done.iter().filter(|one| one.0 > 0).count() > 1, "they share the work");
        let found = db.collection::<BookingDocument>(BOOKINGS).find(doc! {}).await.unwrap();
        let found: Vec<BookingDocument> = found.try_collect().await.unwrap();
        for document in found {
            assert_eq!((document.state.status, document.version), (Status::Expired, 3));
            assert!(document.outbox.is_empty() && document.wake_at.is_none() && document.work.failures == 0);
            assert_eq!(history::verify(&Booking::from(document)), Ok(()));
        }
        let told = recorded(db).await;
        // Both sides of the expiry; the provider's reminders were outlived.
        assert_eq!(told.len(), 2 * BOOKINGS_DUE);
        assert!(
            told.iter().all(|(kind, action, _, calls)| kind == "notice" && action == "expire_request" && *calls == 1)
        );
        assert_eq!(db.collection::<Document>(SLOT_CLAIMS).count_documents(doc! {}).await.unwrap(), 0);
    })
    .await;
}
