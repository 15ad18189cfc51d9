//! Wakes the worker when something is written, by whichever process. When the stream is away, the worker's own polls do.

use std::time::Duration;

use futures::TryStreamExt;
use mongodb::bson::{Document, doc};

use crate::booking::model::BOOKINGS;
use crate::mail::model::MAILS;
use crate::server::state::AppState;

/// How long to wait before a stream that broke is opened again.
const PAUSE: Duration = Duration::from_secs(5);

/// Watches until it is dropped.
pub async fn watch(state: AppState) {
    loop {
        match follow(&state).await {
            Ok(()) => tracing::debug!("the stream of changes ended; it is opened again"),
            Err(error) => tracing::warn!(%error, "the stream of changes is away; the worker polls"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn follow(state: &AppState) -> mongodb::error::Result<()> {
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
    let changes = state.db.database.watch().pipeline(pipeline).await?;
    let mut changes = changes.with_type::<Document>();
    while let Some(change) = changes.try_next().await? {
        let collection = change.get_document("ns").and_then(|ns| ns.get_str("coll"));
        match collection {
            Ok(MAILS) => state.worker.mails.notify_one(),
            _ => state.worker.bookings.notify_one(),
        }
    }
    Ok(())
}
