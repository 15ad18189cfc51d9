//! A demo that version 0.1 seeded on 28 November 2026, before the modules were put on their floors: what is stored keeps
//! its meaning. The files in `fixtures/demo` are its collections as BSON documents, one after the other.

use std::fs;
use std::path::Path;

use gigsta::booking::machine::{Booking, Role, Status};
use gigsta::booking::store;
use gigsta::server::audit;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::Document;

use crate::support::bookings::act;
use crate::support::database::in_database;

const COLLECTIONS: [&str; 5] = ["accounts", "providers", "services", "bookings", "slot_claims"];

/// Puts the old demo into a database, as it was stored.
async fn restore(db: &Db) {
    for name in COLLECTIONS {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/fixtures/demo/{name}.bson"));
        let bytes = fs::read(file).unwrap();
        let (mut documents, mut rest): (Vec<Document>, _) = (Vec::new(), bytes.as_slice());
        while !rest.is_empty() {
            documents.push(Document::from_reader(&mut rest).unwrap());
        }
        db.collection::<Document>(name).insert_many(documents).await.unwrap();
    }
}

async fn bookings(db: &Db) -> Vec<Booking> {
    let mut all = Vec::new();
    let visit = |(id, booking): store::Visit| {
        all.push(booking.unwrap_or_else(|error| panic!("{id}: {error}")));
        std::ops::ControlFlow::Continue(())
    };
    store::for_each(db, visit).await.unwrap();
    all
}

#[tokio::test]
async fn an_old_demo_is_read_and_every_history_holds() {
    in_database(async |db| {
        restore(db).await;
        assert_eq!(audit::verify(db).await.unwrap(), 47);
        let all = bookings(db).await;
        let missing: Vec<_> =
            Status::ALL.iter().filter(|status| all.iter().all(|one| one.state.status != **status)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    })
    .await;
}

#[tokio::test]
async fn an_old_booking_can_be_acted_on_and_its_history_goes_on() {
    in_database(async |db| {
        restore(db).await;
        let mut done = Vec::new();
        for booking in bookings(db).await {
            let step = match booking.state.status {
                Status::Requested if booking.listed_price().is_some() => {
                    Some((Role::Provider, "accept", Status::Accepted))
                }
                Status::AwaitingConfirmation => Some((Role::Customer, "confirm", Status::Completed)),
                _ => None,
            };
            let Some((role, action, status)) = step else { continue };
            let last = booking.history.last().map_or(Timestamp(0), |event| event.at);
            // An old request may have been overtaken by another booking of its time: the rules say so, as they did.
            if let Ok(after) = act(db, &booking, role, action, &[], last.plus_minutes(1)).await {
                assert_eq!((after.state.status, after.version), (status, booking.version + 1), "{}", booking.reference);
                done.push(action);
            }
        }
        assert!(done.contains(&"accept") && done.contains(&"confirm"), "{done:?}");
        assert_eq!(audit::verify(db).await.unwrap(), 47);
    })
    .await;
}
