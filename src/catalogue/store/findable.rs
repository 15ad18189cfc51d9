//! What the search asks of a service beside what it says itself: its square and its terms.
//!
//! They stand inside `location`. A server that does not know them writes that field as a whole whenever it writes the words or
//! the base of a service, and so takes away what is no longer true. What is missing is put there by [`complete`].

use futures::TryStreamExt;
use mongodb::bson::{Document, doc, serialize_to_document};
use mongodb::error::Result;

use crate::catalogue::model::{SERVICES, ServiceDocument};
use crate::catalogue::{grid, terms};
use crate::web::db::Db;

/// So many services are completed at once.
const PIECE: i64 = 500;

/// A service as it is stored.
///
/// # Errors
/// When it cannot be written as a document.
pub fn stored(service: &ServiceDocument) -> Result<Document> {
    let mut document = serialize_to_document(service)?;
    if let Ok(location) = document.get_document_mut("location") {
        location.extend(found_by(service));
    }
    Ok(document)
}

fn found_by(service: &ServiceDocument) -> Document {
    let words = terms::of(&service.title, &service.provider_name, &service.description);
    doc! { "cell": grid::cell(service.base.point, &service.reach), "words": words }
}

/// Completes listed services that were written by a server which does not know what the search asks for, a piece of them; says
/// whether there may be more.
///
/// # Errors
/// When the database fails.
pub async fn complete(db: &Db) -> Result<bool> {
    let services = db.collection::<ServiceDocument>(SERVICES);
    let unrated = doc! { "listed": true, "rating.score": null };
    // The same as `Rating::score` and `Rating::whole_stars`, in one write, so that no review comes between.
    let score = doc! { "$divide": [{ "$add": ["$rating.sum", 20] }, { "$add": ["$rating.count", 5] }] };
    let average = doc! { "$floor": { "$divide": ["$rating.sum", "$rating.count"] } };
    let stars = doc! { "$toLong": { "$cond": [{ "$gt": ["$rating.count", 0] }, average, 0] } };
    services.update_many(unrated, vec![doc! { "$set": { "rating.score": score, "rating.stars": stars } }]).await?;
    let without = doc! { "listed": true, "location.cell": null };
    let found: Vec<ServiceDocument> = services.find(without).limit(PIECE).await?.try_collect().await?;
    if found.is_empty() {
        return Ok(false);
    }
    let update = |service: &ServiceDocument| {
        let set = found_by(service).into_iter().map(|(field, value)| (format!("location.{field}"), value));
        // What has changed meanwhile is a matter for the next time.
        let seen = doc! { "_id": service.id, "version": service.version };
        doc! { "q": seen, "u": { "$set": set.collect::<Document>() } }
    };
    let updates: Vec<Document> = found.iter().map(update).collect();
    // One round trip for all of them, which the driver has no function for before MongoDB 8.
    let write = doc! { "update": SERVICES, "updates": updates, "ordered": false, "writeConcern": { "w": "majority" } };
    db.database.run_command(write).await?;
    Ok(i64::try_from(found.len()).is_ok_and(|count| count >= PIECE))
}
