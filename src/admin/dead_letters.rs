//! Dead letters: effects and mails that failed too often. Those of the outbox are the worker's, those
//! of the mails the mail queue's; here they are only counted together.

use mongodb::error::Result;

use crate::booking::store::oversight::MOST_COUNTED;
use crate::booking::store::work;
use crate::mail::store as mails;
use crate::web::db::Db;

/// How many there are: bookings with a dead effect, and dead mails; each counted up to [`MOST_COUNTED`].
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db) -> Result<u64> {
    Ok(work::count_dead(db, MOST_COUNTED).await? + mails::count_dead(db, MOST_COUNTED).await?)
}
