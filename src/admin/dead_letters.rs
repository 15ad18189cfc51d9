//! Dead letters: what was to be told or sent and was given up after many tries. Those of the outbox are the worker's, those
//! of the mails the mail room's; here they are only counted together.

use mongodb::bson::{Document, doc};
use mongodb::error::Result;

use super::store::MOST_COUNTED;
use crate::booking::model::BOOKINGS;
use crate::mail::model::{MAILS, MailStatus};
use crate::web::db::Db;

/// How many there are: bookings with a dead effect, and dead mails; each counted up to [`MOST_COUNTED`].
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db) -> Result<u64> {
    let bookings = db.collection::<Document>(BOOKINGS);
    let effects = bookings.count_documents(doc! { "outbox.status": "dead" }).limit(MOST_COUNTED).await?;
    let mails = db.collection::<Document>(MAILS);
    let dead = doc! { "status": MailStatus::Dead.name() };
    Ok(effects + mails.count_documents(dead).limit(MOST_COUNTED).await?)
}
