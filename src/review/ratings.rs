//! What reviews and completed bookings add up to, for a provider and their services.
//!
//! Always counted from the bookings, never added to what was there: however often and in whatever order it is done, the
//! numbers are those of the bookings.

use futures::FutureExt;
use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::error::Result;
use mongodb::options::{ReadConcern, WriteConcern};

use crate::booking::machine::Booking;
use crate::booking::store::earned::{Earned, earned};
use crate::catalogue::store as services;
use crate::provider::store as providers;
use crate::web::db::Db;

/// Counts rating and reliability of the booking's provider again, from all their bookings. Idempotent.
///
/// # Errors
/// When the database fails; then it may be called again.
pub async fn update(db: &Db, booking: &Booking) -> Result<()> {
    recount(db, ObjectId::parse_str(&booking.provider.id)?).await
}

/// The same for a provider by their id.
///
/// Counted and written in one transaction: of two that count at once, the one that saw less is disturbed and counts again.
/// Only these fields are set and no version grows, so nobody who is editing gets a conflict.
///
/// # Errors
/// When the database fails; then it may be called again.
pub async fn recount(db: &Db, provider: ObjectId) -> Result<()> {
    let mut session = db.client.start_session().await?;
    let transaction = session.start_transaction().read_concern(ReadConcern::snapshot());
    let transaction = transaction.write_concern(WriteConcern::majority());
    transaction.and_run((db.clone(), provider), |session, (db, id)| write(db, session, *id).boxed()).await
}

async fn write(db: &Db, session: &mut ClientSession, provider: ObjectId) -> Result<()> {
    let Earned { rating, reliability } = earned(db, session, provider).await?;
    providers::set_earned(db, session, provider, rating, reliability).await?;
    services::set_earned(db, session, provider, rating, reliability).await
}
