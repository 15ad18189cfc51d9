//! What fails is put off, alarms, and stands in nobody's way.

use gigsta::booking::machine::Status;
use gigsta::booking::model::BOOKINGS;
use gigsta::booking::store::work as store;
use gigsta::time::Timestamp;
use gigsta::worker::plan::DEAD_AFTER;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use super::{drain, recorded, stored, worker};
use crate::support::bookings::{NOON, party, requested, service};
use crate::support::database::in_database;

const START: Timestamp = NOON.plus_hours(48);

#[tokio::test]
async fn bookings_that_cannot_be_read_or_written_alarm_after_five_times_and_block_nobody() {
    in_database(async |db| {
        let hemi = || party("Hemi");
        let bookings = db.collection::<Document>(BOOKINGS);
        let unreadable = requested(db, &hemi(), service(), START).await;
        let id = ObjectId::parse_str(&unreadable.id).unwrap();
        let broken = doc! { "$set": { "state.starts_at": "soon", "wake_at": 0_i64 } };
        bookings.update_one(doc! { "_id": id }, broken).await.unwrap();
        // The database itself refuses to let this one expire.
        let unwritable = requested(db, &hemi(), service(), START).await;
        let never = doc! { "$nor": [{ "reference": &unwritable.reference, "state.status": "expired" }] };
        db.database.run_command(doc! { "collMod": BOOKINGS, "validator": never }).await.unwrap();
        let mut healthy = Vec::new();
        for _ in 0..5 {
            healthy.push(requested(db, &hemi(), service(), START).await);
        }
        let worker = worker(db);
        let mut now = NOON.plus_hours(24);
        drain(&worker, now).await;
        for booking in &healthy {
            assert_eq!(stored(db, &booking.id).await.state.status, Status::Expired, "nobody waits");
        }
        assert_eq!(store::stuck(db).await.unwrap(), [], "not yet");
        for times in 2..=6 {
            assert_eq!(drain(&worker, now).await, 0, "not again at once");
            now = now.plus_minutes(15);
            assert_eq!(drain(&worker, now).await, 2, "time {times}");
        }
        let stuck = store::stuck(db).await.unwrap();
        println!("{stuck:#?}");
        assert_eq!(stuck.len(), 2);
        assert!(stuck.iter().all(|one| one.failures == 6 && one.try_at > Some(now) && !one.error.is_empty()));
        assert!(stuck.iter().any(|one| one.reference == unreadable.reference && one.error.contains("cannot be read")));
        assert_eq!(worker.metrics.failures.get(), 12);
        // Whatever stood in the way is mended: it goes on as if nothing had been.
        db.database.run_command(doc! { "collMod": BOOKINGS, "validator": {} }).await.unwrap();
        let mended = doc! { "$set": { "state.starts_at": START.0 } };
        bookings.update_one(doc! { "_id": id }, mended).await.unwrap();
        store::wake(db, id, now).await.unwrap();
        drain(&worker, now.plus_minutes(15)).await;
        for booking in [&unreadable, &unwritable] {
            let document = stored(db, &booking.id).await;
            assert_eq!((document.state.status, document.work.failures), (Status::Expired, 0));
        }
        assert_eq!(store::stuck(db).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_entry_that_fails_is_tried_again_given_up_shown_and_tried_again_when_an_admin_says_so() {
    in_database(async |db| {
        let shut = requested(db, &party("Hemi"), service(), START).await;
        let open = requested(db, &party("Hemi"), service(), START).await;
        let worker = worker(db);
        *worker.effects.fails_for.lock().unwrap() = Some(shut.id.clone());
        let mut now = NOON;
        drain(&worker, now).await;
        assert_eq!(recorded(db).await.len(), 1, "the other was told");
        assert!(stored(db, &open.id).await.outbox.is_empty());
        let waiting = stored(db, &shut.id).await;
        assert_eq!(
            (waiting.outbox[0].tries, waiting.work.failures),
            (1, 0),
            "an entry fails alone, its booking does not"
        );
        for _ in 1..DEAD_AFTER {
            assert_eq!(drain(&worker, now).await, 0, "not again at once");
            now = now.plus_minutes(15);
            assert_eq!(drain(&worker, now).await, 1);
        }
        let (dead, more) = store::dead(db, None).await.unwrap();
        assert_eq!((dead.len(), more), (1, None));
        let first_dead = &dead[0];
        assert_eq!(
            (first_dead.booking.as_str(), first_dead.reference.as_str()),
            (shut.id.as_str(), shut.reference.as_str())
        );
        assert_eq!((first_dead.queued.tries, worker.metrics.outbox_dead.get()), (DEAD_AFTER, 1));
        assert!(first_dead.queued.error.as_ref().unwrap().contains("post office"), "{first_dead:?}");
        *worker.effects.fails_for.lock().unwrap() = None;
        let key = &first_dead.queued.entry.key;
        assert_eq!(drain(&worker, now).await, 0, "the dead rest");
        assert!(
            !store::retry(db, "nonsense", now).await.unwrap()
                && !store::retry(db, &format!("{key}9"), now).await.unwrap()
        );
        assert!(store::retry(db, key, now).await.unwrap());
        assert!(!store::retry(db, key, now).await.unwrap(), "it is not dead any more");
        assert_eq!(drain(&worker, now).await, 1);
        assert_eq!(recorded(db).await.len(), 2);
        assert_eq!(store::dead(db, None).await.unwrap(), (vec![], None));
    })
    .await;
}
