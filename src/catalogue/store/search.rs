//! The queries of the search, and nothing else.

mod found;
mod pipeline;

use std::time::Duration;

use futures::TryStreamExt;
use mongodb::bson::Document;
use mongodb::error::Result;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::catalogue::model::SERVICES;
use crate::catalogue::search_query::SearchQuery;
use crate::web::db::Db;

pub use found::FoundService;
pub use pipeline::{CANDIDATES, MOST_FOUND, decides_by_time};

/// The most services on a page.
pub const PAGE_SIZE: usize = 20;
/// The database gives up after this.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// The one document that the aggregation answers.
#[derive(Debug, Deserialize)]
pub struct Answer {
    /// The services of the page, or all of which one has to be free.
    pub page: Vec<FoundService>,
    /// How many there are in each second-level category.
    pub categories: Vec<CategoryCount>,
    /// One document; none where nothing was found.
    pub counts: Vec<Counts>,
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

/// Counts over everything that was found.
#[derive(Debug, Default, Deserialize)]
pub struct Counts {
    /// All of it.
    pub total: i64,
    /// That can be booked without asking.
    pub instant: i64,
    /// With four stars and up.
    pub four_stars: i64,
    /// With three stars and up.
    pub three_stars: i64,
}

/// The services of a page with the counts.
///
/// # Errors
/// When the database fails or takes longer than [`PATIENCE`].
pub async fn find(db: &Db, query: &SearchQuery) -> Result<Option<Answer>> {
    Ok(aggregate(db, pipeline::search(query)).await?.into_iter().next())
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
    aggregate(db, pipeline::by_category().into()).await
}

async fn aggregate<T>(db: &Db, pipeline: Vec<Document>) -> Result<Vec<T>>
where
    T: DeserializeOwned + Unpin + Send + Sync,
{
    let services = db.collection::<Document>(SERVICES);
    services.aggregate(pipeline).max_time(PATIENCE).with_type::<T>().await?.try_collect().await
}
