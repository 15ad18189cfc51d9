//! A last look at a mail that leaves late, because of quiet hours or because the mail server was away.

use super::{store, truth};
use crate::booking::store as bookings;
use crate::mail::model::{About, Mail};
use crate::server::db::Db;
use crate::time::Timestamp;

/// Whether the mail still tells its reader something: what it tells of is still so, or there is still something to read.
///
/// # Errors
/// When the database fails.
pub async fn is_worth_sending(db: &Db, mail: &Mail, now: Timestamp) -> mongodb::error::Result<bool> {
    let Some(About { booking, notice, entry }) = &mail.about else {
        return Ok(true);
    };
    match entry {
        None => store::is_unread(db, notice).await,
        Some(entry) => {
            let booking = bookings::load(db, booking, now).await?;
            Ok(booking.is_some_and(|loaded| truth::still_true(&loaded.booking, entry, now)))
        }
    }
}
