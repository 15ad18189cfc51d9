//! Wakes the worker when something is written, by whichever process. When the stream is away, the worker's own polls do.

use std::time::Duration;

use futures::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::Shared;
use crate::booking::store::changes;
use crate::mail::store as mails;
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
    let any = doc! { "$or": [changes::made_a_version(), mails::new_mails()] };
    let pipeline = [doc! { "$match": any }, doc! { "$project": { "ns": 1 } }];
    let stream = db.database.watch().pipeline(pipeline).await?;
    let mut stream = stream.with_type::<Document>();
    while let Some(change) = stream.try_next().await? {
        if mails::is_of_mail(&change) {
            shared.mails.notify_one();
        } else {
            shared.bookings.ask();
        }
    }
    Ok(())
}
