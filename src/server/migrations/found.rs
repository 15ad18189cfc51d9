//! Puts into services what the search finds them by, and indexes it.

use mongodb::IndexModel;
use mongodb::bson::{Document, doc};
use mongodb::options::IndexOptions;

use crate::catalogue::model::SERVICES;
use crate::catalogue::store::complete;
use crate::web::db::Db;

/// The number of the migration.
pub(super) const NUMBER: i32 = 17;

/// The squares in every order that people ask for, the terms in each square, and the best rated. The older indexes of words and of
/// stars stay for servers that still ask them.
pub(super) fn indexes() -> Vec<(&'static str, IndexModel)> {
    let listed = || IndexOptions::builder().partial_filter_expression(doc! { "listed": true }).build();
    let index = |keys: Document| (SERVICES, IndexModel::builder().keys(keys).options(listed()).build());
    vec![
        index(doc! { "location.words": 1, "location.cell": 1 }),
        index(doc! { "location.cell": 1, "price_cents": 1, "_id": 1 }),
        index(doc! { "location.cell": 1, "rating.score": -1, "_id": 1 }),
        index(doc! { "location.cell": 1, "category": 1, "rating.score": -1, "_id": 1 }),
        index(doc! { "rating.score": -1, "_id": 1 }),
        index(doc! { "category": 1, "rating.score": -1, "_id": 1 }),
    ]
}

/// Fills it in where it is missing. What an older server writes while it still runs is filled in by the worker.
///
/// # Errors
/// When the database fails; then it may be called again.
pub(super) async fn fill(db: &Db) -> mongodb::error::Result<()> {
    while complete(db).await? {}
    Ok(())
}
