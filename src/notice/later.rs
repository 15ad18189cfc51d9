//! A last look at a mail that leaves late, because of quiet hours or because the mail server was away.

use serde::Deserialize;

use super::{store, truth};
use crate::booking::machine::outbox::OutboxEntry;
use crate::booking::store as bookings;
use crate::mail::model::{About, Mail};
use crate::time::Timestamp;
use crate::web::db::Db;

/// Whether the mail is still of use to its reader: what it reports is still true, or there is still something to read.
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
            let entry = OutboxEntry::deserialize(entry).map_err(mongodb::error::Error::custom)?;
            let booking = bookings::load(db, booking, now).await?;
            Ok(booking.is_some_and(|loaded| truth::still_true(&loaded.booking, &entry, now)))
        }
    }
}
