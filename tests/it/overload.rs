//! What the database gives up for its length is no fault of ours, and says when to come back.

use std::time::Duration;

use gigsta::error::AppError;
use mongodb::bson::{Document, doc};

use crate::support::database::in_database;

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
