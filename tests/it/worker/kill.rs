//! A worker that is killed at every step loses nothing and doubles nothing.

use std::sync::atomic::Ordering;

use gigsta::booking::machine::{Booking, Role, Status, history};
use gigsta::booking::model::SLOT_CLAIMS;
use gigsta::booking::store::work::LEASE_MILLIS;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use gigsta::worker::step::{Point, Stepped};
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use super::{RECORDED, drain, killed_at, recorded, stored, worker};
use crate::support::bookings::{NOON, act, party, requested, service};
use crate::support::database::in_database;

const START: Timestamp = NOON.plus_hours(48);
const POINTS: [Point; 6] =
    [Point::Leased, Point::Decided, Point::Applied, Point::Delivered, Point::Settling, Point::Settled];

/// A completed job at the end of three days of silence: a transition, claims given back, news for both, a payment, reviews.
async fn due(db: &Db) -> (Booking, Timestamp) {
    let asked = requested(db, &party("Hemi"), service(), START).await;
    let accepted = act(db, &asked, Role::Provider, "accept", &[], NOON).await.unwrap();
    let started = act(db, &accepted, Role::Provider, "start", &[], START).await.unwrap();
    let finished = act(db, &started, Role::Provider, "finish", &[], START.plus_hours(1)).await.unwrap();
    (finished, START.plus_hours(73))
}

#[tokio::test]
async fn a_worker_killed_at_any_step_loses_nothing_and_does_nothing_twice() {
    in_database(async |db| {
        let (mut kills, mut expected) = (0, None);
        for point in POINTS {
            for nth in 0.. {
                db.collection::<Document>(RECORDED).delete_many(doc! {}).await.unwrap();
                let (booking, at) = due(db).await;
                let first = killed_at(db, Some((point, nth)));
                drain(&first, at).await;
                let killed = first.effects.dead.load(Ordering::Relaxed);
                // While the lease lasts, nobody else comes near.
                let held = Timestamp(at.0 + LEASE_MILLIS - 1);
                if killed && point != Point::Settled {
                    assert_eq!(worker(db).step(held).await.unwrap(), Stepped::Idle, "{point:?} {nth}");
                }
                let second = worker(db);
                drain(&second, Timestamp(at.0 + LEASE_MILLIS)).await;
                let document = stored(db, &booking.id).await;
                assert_eq!((document.state.status, document.version), (Status::Completed, 6), "{point:?} {nth}");
                assert!(document.outbox.is_empty(), "{point:?} {nth}: {:?}", document.outbox);
                assert_eq!(document.wake_at, document.next_due_at, "{point:?} {nth}: the next clock is waited for");
                let booking = Booking::from(document);
                assert_eq!(history::verify(&booking), Ok(()));
                let id = ObjectId::parse_str(&booking.id).unwrap();
                let claims = db.collection::<Document>(SLOT_CLAIMS);
                assert_eq!(claims.count_documents(doc! { "booking": id }).await.unwrap(), 0);
                let told: Vec<_> = recorded(db).await.into_iter().map(|(kind, action, ..)| (kind, action)).collect();
                assert_eq!(&told, expected.get_or_insert(told.clone()), "{point:?} {nth}: the same as without a crash");
                if !killed {
                    break;
                }
                kills += 1;
            }
        }
        let told = expected.unwrap();
        println!("{kills} kills; told each time: {told:?}");
        assert!(kills >= 14 && told.len() >= 9, "{kills} kills, {told:?}");
    })
    .await;
}
