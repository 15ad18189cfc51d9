//! What a provider's bookings say of them, for everybody to see.

use futures::TryStreamExt;
use mongodb::bson::doc;
use serde::Deserialize;

use super::bookings;
use crate::booking::machine::{Role, Status};
use crate::booking::model::BOOKINGS;
use crate::time::Timestamp;
use crate::web::db::Db;

/// How many of the latest requests are looked at.
const LATEST: i64 = 50;
/// From so many answers on they say something.
const ENOUGH: usize = 3;

/// What a provider has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Bookings completed.
    pub jobs_done: u64,
    /// Minutes from a request to the first answer, in the middle of the latest; nothing before there are three.
    pub answers_within: Option<i64>,
}

/// A provider's record: two reads, both by an index.
///
/// # Errors
/// When the database fails.
pub async fn record_of(db: &Db, provider: &str) -> mongodb::error::Result<Record> {
    #[derive(Deserialize)]
    struct Asked {
        state: Times,
        #[serde(default)]
        history: Vec<Answer>,
    }
    #[derive(Deserialize)]
    struct Times {
        requested_at: Timestamp,
    }
    #[derive(Deserialize)]
    struct Answer {
        at: Timestamp,
    }
    let completed = doc! { "provider.id": provider, "state.status": Status::Completed.name() };
    let asked = doc! { "provider.id": provider, "state.requested_at": { "$ne": null } };
    let by_provider = doc! { "$elemMatch": { "actor": Role::Provider.name() } };
    let first_answer = doc! { "_id": 0, "state.requested_at": 1, "history": by_provider };
    let jobs_done = bookings(db).count_documents(completed).await?;
    let requests = db.collection::<Asked>(BOOKINGS);
    let latest = requests.find(asked).sort(doc! { "state.starts_at": -1, "_id": -1 }).limit(LATEST);
    let latest: Vec<Asked> = latest.projection(first_answer).await?.try_collect().await?;
    let waits =
        latest.iter().filter_map(|asked| Some(asked.history.first()?.at.minutes_since(asked.state.requested_at)));
    Ok(Record { jobs_done, answers_within: median_minutes(waits.collect()) })
}

fn median_minutes(mut minutes: Vec<i64>) -> Option<i64> {
    minutes.sort_unstable();
    (minutes.len() >= ENOUGH).then(|| minutes[minutes.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::median_minutes;

    #[test]
    fn two_answers_say_nothing_and_of_three_the_middle_one_counts() {
        assert_eq!(median_minutes(vec![5, 9]), None);
        assert_eq!(median_minutes(vec![600, 5, 9]), Some(9));
    }
}
