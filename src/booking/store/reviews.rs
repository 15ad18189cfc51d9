//! The public reviews of a provider. What is sealed or hidden never leaves the database through here.

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;
use serde::Deserialize;

use crate::booking::machine::aggregate::Review;
use crate::booking::model::BOOKINGS;
use crate::time::Timestamp;
use crate::web::cursor;
use crate::web::db::Db;

/// The most reviews on a page.
pub const PAGE_SIZE: usize = 10;

/// A customer's review of a provider, as everybody may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicReview {
    /// Who wrote it, by their first name.
    pub by: String,
    /// What was booked.
    pub service: String,
    /// When it was published.
    pub at: Timestamp,
    /// 1 to 5.
    pub stars: u8,
    /// What they wrote.
    pub text: Option<String>,
    /// The provider's answer.
    pub reply: Option<String>,
}

/// Where a page of reviews ended: when the last one was published, and its booking.
pub type Cursor = crate::web::cursor::Cursor<ObjectId>;

/// What of the bookings is in the index of public reviews. Each query says it too.
pub fn has_review() -> Document {
    doc! { "state.reviews.customer.stars": { "$gte": 1 } }
}

/// A page of a provider's public reviews, the latest published first, from where the last one ended; and where this one
/// ends, if there are more.
///
/// # Errors
/// When the database fails.
pub async fn of_provider(
    db: &Db,
    provider: ObjectId,
    before: Option<Cursor>,
) -> Result<(Vec<PublicReview>, Option<Cursor>)> {
    let mut query = has_review();
    query.insert("provider.id", provider.to_hex());
    query.insert("state.reviews.customer.hidden", doc! { "$exists": false });
    // Above all nothing, so that a review that is not published is in no range.
    query.insert("state.reviews_published_at", doc! { "$gt": 0_i64 });
    if let Some(Cursor { at, key: booking }) = before {
        query.insert("state.reviews_published_at", doc! { "$gt": 0_i64, "$lte": at.0 });
        query.insert("$nor", vec![doc! { "state.reviews_published_at": at.0, "_id": { "$gte": booking } }]);
    }
    let shown = doc! {
        "customer.name": 1, "service.title": 1, "state.reviews_published_at": 1, "state.reviews.customer": 1,
    };
    let bookings = db.collection::<Reviewed>(BOOKINGS);
    let found = bookings.find(query).projection(shown).limit(cursor::limit(PAGE_SIZE));
    let found = found.sort(doc! { "state.reviews_published_at": -1, "_id": -1 }).await?;
    let end = |last: &Reviewed| Cursor { at: last.state.reviews_published_at, key: last.id };
    let (found, next) = cursor::cut(found.try_collect().await?, PAGE_SIZE, end);
    Ok((found.into_iter().map(Reviewed::public).collect(), next))
}

#[derive(Deserialize)]
struct Reviewed {
    #[serde(rename = "_id")]
    id: ObjectId,
    customer: Name,
    service: Title,
    state: Published,
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

#[derive(Deserialize)]
struct Title {
    title: String,
}

#[derive(Deserialize)]
struct Published {
    reviews_published_at: Timestamp,
    reviews: ByCustomer,
}

#[derive(Deserialize)]
struct ByCustomer {
    customer: Review,
}

impl Reviewed {
    fn public(self) -> PublicReview {
        let Review { stars, text, reply, .. } = self.state.reviews.customer;
        PublicReview {
            by: self.customer.name.split_whitespace().next().unwrap_or("A customer").into(),
            service: self.service.title,
            at: self.state.reviews_published_at,
            stars,
            text,
            reply,
        }
    }
}
