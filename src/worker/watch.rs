//! Wakes the worker when something is written, by whichever process. When the stream is away, the worker's own polls do.

use std::time::Duration;

use futures::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::Shared;
use crate::booking::store::changes;
use crate::mail::store as mails;
use crate::web::clock::Clock;
use crate::web::db::Db;

/// How long to wait before a stream that broke is opened again.
const PAUSE: Duration = Duration::from_secs(5);

/// Watches until it is dropped.
pub async fn watch(db: &Db, clock: &Clock, shared: &Shared) {
    loop {
        match follow(db, clock, shared).await {
            Ok(()) => tracing::debug!("the stream of changes ended; it is opened again"),
            Err(error) => tracing::warn!(%error, "the stream of changes is away; the worker polls"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn follow(db: &Db, clock: &Clock, shared: &Shared) -> mongodb::error::Result<()> {
    let any = doc! { "$or": [changes::made_a_version(), mails::new_mails()] };
    let mut fields = doc! { "ns": 1 };
    fields.extend(changes::WAKE_AT.map(|field| (field.to_owned(), 1.into())));
    let pipeline = [doc! { "$match": any }, doc! { "$project": fields }];
    let stream = db.database.watch().pipeline(pipeline).await?;
    let mut stream = stream.with_type::<Document>();
    while let Some(change) = stream.try_next().await? {
        if mails::is_of_mail(&change) {
            shared.mails.notify_one();
        } else if changes::wake_at(&change).is_none_or(|at| at <= clock.now()) {
            // What its writer has leased is not for others yet.
            shared.bookings.ask();
        }
    }
    Ok(())
}
