//! What the database gives up for its length is no fault of ours, and says when to come back.

use std::time::Duration;

use gigsta::error::AppError;
use gigsta::server::{chores, work};
use gigsta::time::Timestamp;
use mongodb::bson::{Document, doc};

use crate::actions::profiled;
use crate::support::database::in_database;
use crate::support::people::Scene;

#[tokio::test]
async fn a_read_that_takes_too_long_is_answered_with_503_and_when_to_ask_again() {
    in_database(async |db| {
        let slow = db.collection::<Document>("slow");
        slow.insert_one(doc! { "_id": 1 }).await.unwrap();
        let query = doc! { "$where": "sleep(200) || true" };
        let error = slow.find_one(query).max_time(Duration::from_millis(5)).await.unwrap_err();
        let answer = AppError::from(error);
        assert_eq!((answer.status, answer.code.as_str(), answer.retry_after_seconds), (503, "overloaded", Some(3)));
    })
    .await;
}

#[tokio::test]
async fn every_read_of_pages_and_of_the_worker_says_when_to_give_up() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let cookie = [("cookie", scene.customer.cookie.as_str())];
        let asked = profiled(db, async {
            let booking = format!("/bookings/{}", scene.booking.id);
            for path in [booking.as_str(), "/bookings", "/services?place=Wellington", "/notices", "/account", "/"] {
                assert_eq!(scene.server.get(path, &cookie).await.status, 200, "{path}");
            }
            work::until_idle(&scene.server.state).await.unwrap();
            chores::sweep(&scene.server.state, Timestamp::now()).await.unwrap();
        });
        let mut reads = 0;
        for entry in asked.await {
            let command = entry.get_document("command").unwrap();
            let name = command.keys().next().unwrap();
            if matches!(name.as_str(), "find" | "aggregate" | "count" | "distinct") {
                assert!(command.contains_key("maxTimeMS"), "{command}");
                reads += 1;
            }
        }
        assert!(reads >= 15, "only {reads} reads");
    })
    .await;
}
