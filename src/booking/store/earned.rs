//! What a provider's bookings add up to: their stars, and how they keep what was agreed.

use futures::TryStreamExt;
use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;
use serde::Deserialize;

use crate::booking::machine::{Role, Status, TABLE};
use crate::booking::model::BOOKINGS;
use crate::domain::rating::{Rating, Reliability};
use crate::web::db::Db;

/// So many of a provider's latest bookings count.
pub const LATEST: i64 = 2_000;

/// What a provider's bookings add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Earned {
    /// Their stars: those of published reviews by customers that no admin has hidden.
    pub rating: Rating,
    /// How they keep what was agreed.
    pub reliability: Reliability,
}

/// What a provider has earned, as a transaction sees it.
///
/// # Errors
/// When the database fails.
pub async fn earned(db: &Db, session: &mut ClientSession, provider: ObjectId) -> Result<Earned> {
    let bookings = db.collection::<Document>(BOOKINGS);
    let mut found = bookings.aggregate(pipeline(provider)).session(&mut *session).with_type::<Earned>().await?;
    let earned = found.stream(session).try_next().await?;
    Ok(earned.unwrap_or_default())
}

/// One pass over the provider's latest bookings that can count, by the index of their list in each status.
fn pipeline(provider: ObjectId) -> [Document; 5] {
    let counting = [Status::Completed, Status::Cancelled, Status::NoShow, Status::Disputed].map(Status::name);
    let is = |status: Status| doc! { "$eq": ["$state.status", status.name()] };
    let review = format!("$state.reviews.{}", Role::Customer.name());
    // What is not there is less than nothing, and nothing is less than anything.
    let there = |path: &str| doc! { "$gt": [path, null] };
    let public = doc! { "$and": [
        there("$state.reviews_published_at"),
        there(&format!("{review}.stars")),
        { "$not": [there(&format!("{review}.hidden"))] },
    ] };
    let striking: Vec<&str> = TABLE.rows().iter().filter(|row| row.may_strike()).map(|row| row.action_name).collect();
    let cancels = doc! { "$filter": { "input": "$history", "cond": { "$and": [
        { "$in": ["$$this.action_name", striking] },
        { "$eq": ["$$this.actor", Role::Provider.name()] },
    ] } } };
    let let_down = doc! { "$or": [
        { "$and": [is(Status::Cancelled), { "$gt": [{ "$size": cancels }, 0] }] },
        { "$and": [
            is(Status::NoShow),
            there("$state.no_show.settled_at"),
            { "$eq": ["$state.no_show.by", Role::Customer.name()] },
        ] },
    ] };
    let one_if = |condition: &Document| doc! { "$cond": [condition, 1_i64, 0_i64] };
    [
        doc! { "$match": { "provider.id": provider.to_hex(), "state.status": { "$in": counting.to_vec() } } },
        doc! { "$sort": { "state.starts_at": -1, "_id": -1 } },
        doc! { "$limit": LATEST },
        doc! { "$group": {
            "_id": null,
            "count": { "$sum": one_if(&public) },
            "sum": { "$sum": { "$cond": [&public, { "$toLong": format!("{review}.stars") }, 0_i64] } },
            "completed": { "$sum": one_if(&is(Status::Completed)) },
            "strikes": { "$sum": one_if(&let_down) },
        } },
        doc! { "$project": {
            "rating": { "count": "$count", "sum": "$sum" },
            "reliability": { "completed": "$completed", "strikes": "$strikes" },
        } },
    ]
}
