//! The worker as it runs: it wakes by itself, stops when it is told to, and says what it counts.

use std::time::Duration;

use gigsta::booking::machine::aggregate::Party;
use gigsta::booking::machine::{Booking, Role, Status};
use gigsta::booking::model::BookingDocument;
use gigsta::booking::store;
use gigsta::provider::feed::{Feed, Feeds};
use gigsta::provider::store as providers;
use gigsta::server::chores;
use gigsta::server::work;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::stored;
use crate::support::bookings::{act, draft, party, provider_of, service};
use crate::support::database::in_database;
use crate::support::server::Server;

/// A request sent now, for in five days.
async fn request_now(db: &Db) -> Booking {
    let now = Timestamp::now();
    let draft = draft(&party("Aroha"), &party("Hemi"), service(), now.plus_hours(120), now);
    store::insert_draft(db, &draft, None).await.unwrap();
    act(db, &draft, Role::Customer, "request", &[], now).await.unwrap()
}

async fn until(db: &Db, booking: &Booking, what: impl Fn(&BookingDocument) -> bool) {
    let wait = async {
        while !what(&stored(db, &booking.id).await) {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(30), wait).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_worker_wakes_for_what_others_write_and_for_a_moved_clock_and_stops_when_told() {
    in_database(async |db| {
        let server = Server::start(db, |config| config.demo = true).await;
        let stop = std::sync::Arc::new(Notify::new());
        let told = stop.clone();
        let stopped = futures::FutureExt::shared(async move { told.notified().await });
        let running = tokio::spawn(work::run(server.state.clone(), stopped));
        let booking = request_now(db).await;
        until(db, &booking, |document| document.outbox.is_empty() && document.version == 2).await;
        let answer = server.post("/dev/clock", &[], "minutes=1500").await;
        assert_eq!(answer.status, 303);
        until(db, &booking, |document| document.state.status == Status::Expired && document.outbox.is_empty()).await;
        let metrics = server.get("/metrics", &[]).await;
        assert!(metrics.header("content-type").starts_with("text/plain; version=0.0.4"));
        assert!(metrics.body.contains("\ngigsta_clock_transitions_total 1\n"), "{}", metrics.body);
        assert!(
            metrics.body.contains("\ngigsta_bookings_due 0\n")
                && metrics.body.contains("\ngigsta_worker_lag_seconds 0\n")
        );
        stop.notify_one();
        timeout(Duration::from_secs(10), running).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_works_until_nothing_is_due_says_how_much_that_was() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let booking = request_now(db).await;
        assert_eq!(work::until_idle(&server.state).await.unwrap(), 1);
        server.state.clock.advance_minutes(25 * 60);
        assert_eq!(work::until_idle(&server.state).await.unwrap(), 1);
        assert_eq!(stored(db, &booking.id).await.state.status, Status::Expired);
    })
    .await;
}

#[tokio::test]
async fn calendars_that_are_due_are_read_again_and_then_rest() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let hemi = Party { id: ObjectId::new().to_hex(), name: "Hemi".into() };
        // Nobody answers there, which is known at once: the address is one that may not be asked.
        let feed = Feed { url: Some("http://127.0.0.1/a.ics".into()), ..Feed::default() };
        let mut provider = provider_of(&hemi);
        provider.feeds = Feeds::default().with(vec![feed]);
        providers::save(db, &provider).await.unwrap();
        let now = Timestamp::now();
        chores::read_calendars(&server.state, now).await.unwrap();
        let after = providers::find(db, provider.id).await.unwrap().unwrap();
        assert!(!after.feeds.list[0].trouble.is_empty());
        assert_eq!(after.feeds.due_at, Some(now.plus_hours(1)));
        chores::read_calendars(&server.state, now).await.unwrap();
        assert_eq!(server.state.worker.metrics.calendars.get(), 1);
    })
    .await;
}
