//! What follows an action: the process that wrote it goes on with it, and if that is gone, another one does.

use gigsta::booking::model::{BOOKINGS, BookingDocument};
use gigsta::booking::store::work::LEASE_MILLIS;
use gigsta::mail::model::{MAILS, Mail};
use gigsta::notice::model::{NOTICES, Notice};
use gigsta::server::work;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use gigsta::worker::step::Stepped;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;

use crate::actions::commands;
use crate::support::database::in_database;
use crate::support::people::Scene;

const QUOTE: &str = "&inputs[amount]=99.50";

async fn stored(scene: &Scene) -> BookingDocument {
    let id: ObjectId = scene.booking.id.parse().unwrap();
    let bookings = scene.server.state.db.collection::<BookingDocument>(BOOKINGS);
    bookings.find_one(doc! { "_id": id }).await.unwrap().unwrap()
}

async fn told(db: &Db, scene: &Scene) -> (u64, u64) {
    let (to, booking) = (&scene.customer.party.id, &scene.booking.id);
    let (notices, mails) = (db.collection::<Notice>(NOTICES), db.collection::<Mail>(MAILS));
    let notices = notices.count_documents(doc! { "to": to, "booking": booking }).await.unwrap();
    (notices, mails.count_documents(doc! { "to_account": to, "about.booking": booking }).await.unwrap())
}

#[tokio::test]
async fn what_follows_an_action_asks_for_no_lease_and_takes_one_read_and_four_writes() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        work::until_idle(&scene.server.state).await.unwrap();
        scene.provider.is_known(&scene.server).await;
        let handover = &scene.server.state.handover;
        // Whoever was never notified before gets their settings with the first notice.
        gigsta::notice::store::settings_for(db, scene.customer.party.id.parse().unwrap()).await.unwrap();
        handover.open();
        let asked = commands(db, async {
            let answer = scene.send(&scene.provider, "quote", 2, "command-1", QUOTE).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            let lease = handover.take().await;
            let worker = work::of(&scene.server.state);
            assert_eq!(worker.work_on(lease, Timestamp::now()).await.unwrap(), Stepped::Worked(0));
        });
        let asked = asked.await;
        assert_eq!(asked[..3], ["find", "find", "findAndModify"], "the action: {asked:?}");
        // The recipient; their mail; their notice and what their sessions know of it, in one transaction; the booking.
        assert_eq!(asked[3..], ["aggregate", "update", "update", "update", "update"], "{asked:?}");
        assert_eq!(told(db, &scene).await, (1, 1));
        let document = stored(&scene).await;
        assert!(document.outbox.is_empty() && document.wake_at > Some(Timestamp::now()), "{document:?}");
    })
    .await;
}

#[tokio::test]
async fn what_a_process_took_on_and_never_did_is_done_by_another_when_the_lease_is_over() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        work::until_idle(&scene.server.state).await.unwrap();
        scene.server.state.handover.open();
        assert_eq!(scene.send(&scene.provider, "quote", 2, "command-1", QUOTE).await.status, 200);
        let lost = scene.server.state.handover.take().await;
        let worker = work::of(&scene.server.state);
        let now = Timestamp::now();
        assert_eq!(worker.step(now).await.unwrap(), Stepped::Idle, "it is leased");
        assert_eq!(told(db, &scene).await, (0, 0));
        let later = Timestamp(now.0 + LEASE_MILLIS);
        assert!(matches!(worker.step(later).await.unwrap(), Stepped::Worked(_)));
        assert_eq!(told(db, &scene).await, (1, 1));
        // Whoever had it comes back, and changes nothing.
        worker.work_on(lost, later).await.unwrap();
        assert_eq!(told(db, &scene).await, (1, 1));
        assert!(stored(&scene).await.outbox.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_process_without_a_worker_leaves_what_follows_to_whoever_looks_first() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        work::until_idle(&scene.server.state).await.unwrap();
        for closed in [false, true] {
            if closed {
                scene.server.state.handover.open();
                scene.server.state.handover.close();
            }
            let version = stored(&scene).await.version;
            let answer = scene.send(&scene.provider, "quote", version, &format!("command-{version}"), QUOTE).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            assert!(stored(&scene).await.wake_at <= Some(Timestamp::now()));
            assert!(scene.server.state.handover.waiting().await.is_none());
            assert!(work::until_idle(&scene.server.state).await.unwrap() >= 1);
        }
        assert_eq!(told(db, &scene).await, (2, 2));
    })
    .await;
}

#[tokio::test]
async fn no_more_bookings_are_taken_on_than_there_is_room_for() {
    let handover = gigsta::booking::store::handover::Handover::default();
    assert!(handover.room().is_none(), "closed at first");
    handover.open();
    let rooms: Vec<_> = std::iter::from_fn(|| handover.room()).collect();
    assert_eq!(rooms.len(), 64);
    drop(rooms);
    assert!(handover.room().is_some());
}
