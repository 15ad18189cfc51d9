//! The queries of the search, and nothing else.

mod found;
mod pipeline;

use std::time::Duration;

use futures::TryStreamExt;
use mongodb::bson::Document;
use mongodb::error::Result;
use mongodb::options::{AggregateOptions, Hint};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::catalogue::model::SERVICES;
use crate::catalogue::search_query::SearchQuery;
use crate::web::db::Db;

pub use found::FoundService;
use pipeline::Plan;

pub use pipeline::{CANDIDATES, MOST_FOUND, PAGE_SIZE, decides_by_time};

/// The database gives up after this.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// What the aggregation answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// The services of the page, or all of which one has to be free.
    pub page: Vec<FoundService>,
    /// How many there are of each kind.
    pub counts: Vec<KindCount>,
}

/// How many services a category has.
#[derive(Debug, Deserialize)]
pub struct CategoryCount {
    /// The category.
    #[serde(rename = "_id")]
    pub slug: String,
    /// How many.
    pub count: i64,
}

/// How many services of a kind were found.
#[derive(Debug, Deserialize)]
pub struct KindCount {
    /// Of which kind.
    #[serde(rename = "_id")]
    pub kind: Kind,
    /// How many.
    pub count: i64,
}

/// What services are counted by.
#[derive(Debug, Deserialize)]
pub struct Kind {
    /// The second-level category.
    pub category: String,
    /// Whether it can be booked without asking.
    pub instant: bool,
    /// The whole stars of its provider; 0 without a review.
    pub stars: i64,
}

/// The services of a page with the counts.
///
/// # Errors
/// When the database fails or takes longer than [`PATIENCE`].
pub async fn find(db: &Db, query: &SearchQuery) -> Result<Answer> {
    // The page and the counts come in one document or in two.
    let parts: Vec<Answer> = aggregate(db, pipeline::search(query)).await?;
    Ok(parts.into_iter().fold(Answer::default(), |mut answer, part| {
        answer.page.extend(part.page);
        answer.counts.extend(part.counts);
        answer
    }))
}

/// How many services there are, up to a number.
///
/// # Errors
/// When the database fails or takes longer than [`PATIENCE`].
pub async fn count(db: &Db, query: &SearchQuery, most: usize) -> Result<i64> {
    #[derive(Deserialize)]
    struct Count {
        count: i64,
    }
    let counts: Vec<Count> = aggregate(db, pipeline::count(query, most)).await?;
    Ok(counts.first().map_or(0, |count| count.count))
}

/// How many listed services there are in each second-level category that has any.
///
/// # Errors
/// When the database fails or takes longer than [`PATIENCE`].
pub async fn count_by_category(db: &Db) -> Result<Vec<CategoryCount>> {
    aggregate(db, pipeline::by_category()).await
}

async fn aggregate<T>(db: &Db, Plan { stages, index }: Plan) -> Result<Vec<T>>
where
    T: DeserializeOwned + Unpin + Send + Sync,
{
    let services = db.collection::<Document>(SERVICES);
    let options = AggregateOptions::builder().hint(index.map(Hint::Keys)).max_time(PATIENCE).build();
    services.aggregate(stages).with_options(options).with_type::<T>().await?.try_collect().await
}
