//! Wakes the worker when something is written, by whichever process. When the stream is away, the worker's own polls do.

use std::time::Duration;

use futures::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::Shared;
use crate::booking::model::BOOKINGS;
use crate::mail::model::MAILS;
use crate::web::db::Db;

/// How long to wait before a stream that broke is opened again.
const PAUSE: Duration = Duration::from_secs(5);

/// Watches until it is dropped.
pub async fn watch(db: &Db, shared: &Shared) {
    loop {
        match follow(db, shared).await {
            Ok(()) => tracing::debug!("the stream of changes ended; it is opened again"),
            Err(error) => tracing::warn!(%error, "the stream of changes is away; the worker polls"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn follow(db: &Db, shared: &Shared) -> mongodb::error::Result<()> {
    // New mails, and bookings that somebody moved: what the worker itself notes leaves the version as it is.
    let moved = doc! { "$or": [
        { "operationType": "insert" },
        { "operationType": "replace" },
        { "updateDescription.updatedFields.version": { "$exists": true } },
    ] };
    let pipeline = [
        doc! { "$match": { "ns.coll": { "$in": [BOOKINGS, MAILS] } } },
        doc! { "$match": moved },
        doc! { "$project": { "ns": 1 } },
    ];
    let changes = db.database.watch().pipeline(pipeline).await?;
    let mut changes = changes.with_type::<Document>();
    while let Some(change) = changes.try_next().await? {
        let collection = change.get_document("ns").and_then(|ns| ns.get_str("coll"));
        match collection {
            Ok(MAILS) => shared.mails.notify_one(),
            _ => shared.bookings.notify_one(),
        }
    }
    Ok(())
}
