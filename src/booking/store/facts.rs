//! What the rules ask that a booking does not hold itself.

use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use serde::Deserialize;

use super::claims;
use crate::account::model::Account;
use crate::account::store::{self as accounts, Which};
use crate::booking::machine::guards::MAX_OPEN_REQUESTS;
use crate::booking::machine::{Booking, Facts, Status, TABLE, asks_for_slot};
use crate::booking::model::BOOKINGS;
use crate::booking::slots;
use crate::provider::model::Provider;
use crate::provider::store as providers;
use crate::time::Timestamp;
use crate::web::db::Db;

/// The facts of a draft that is not stored yet: two reads, side by side.
///
/// # Errors
/// When the database fails.
pub async fn facts_of(db: &Db, booking: &Booking, now: Timestamp) -> mongodb::error::Result<Facts> {
    of_stored(db, booking, ObjectId::parse_str(&booking.id)?, now).await
}

/// The facts of a booking, but for the tries of its code: no read where nothing that can be done in its status asks for more than it holds.
///
/// # Errors
/// When the database fails.
pub(super) async fn of_stored(
    db: &Db,
    booking: &Booking,
    id: ObjectId,
    now: Timestamp,
) -> mongodb::error::Result<Facts> {
    let taken = async {
        match asks_for_slot(TABLE, booking) {
            true => claims::is_taken(db, &slots::booked(booking), id, now).await,
            false => Ok(false),
        }
    };
    let mut facts = Facts { inside_area: booking.service.covers(&booking.place), ..Facts::good() };
    // Only a draft has rules about its people.
    if booking.state.status == Status::Draft {
        facts.slot_free = !tokio::try_join!(taken, add_people(db, booking, id, &mut facts))?.0;
    } else {
        facts.slot_free = !taken.await?;
    }
    Ok(facts)
}

/// Adds what the customer's account and the provider say, and how many open requests the one has with the other: one
/// round trip.
///
/// # Errors
/// When the database fails.
async fn add_people(db: &Db, booking: &Booking, id: ObjectId, facts: &mut Facts) -> mongodb::error::Result<()> {
    #[derive(Deserialize)]
    struct Found {
        account: Account,
        providers: Vec<Provider>,
        open: Vec<Document>,
    }
    let customer = ObjectId::parse_str(&booking.customer.id)?;
    let provider = ObjectId::parse_str(&booking.provider.id)?;
    let open = doc! {
        "customer.id": &booking.customer.id,
        "provider.id": &booking.provider.id,
        "state.status": { "$in": [Status::Requested.name(), Status::Quoted.name()] },
        "_id": { "$ne": id },
    };
    let stages = vec![
        doc! { "$project": { "account": "$$ROOT" } },
        providers::lookup_one_stage(provider, "providers"),
        doc! { "$lookup": {
            "from": BOOKINGS,
            "pipeline": [{ "$match": open }, { "$limit": i64::from(MAX_OPEN_REQUESTS) }, { "$project": { "_id": 1 } }],
            "as": "open",
        } },
    ];
    let found: Vec<Found> = accounts::find_with_stages(db, Which::Ids(&[customer]), stages).await?;
    let found = found.into_iter().next();
    let provider = found.as_ref().and_then(|found| found.providers.first());
    let (from, to) = (booking.state.starts_at, booking.state.ends_at);
    facts.email_verified = found.as_ref().is_some_and(|found| found.account.email_verified);
    facts.profile_complete = found.as_ref().is_some_and(|found| found.account.profile_complete());
    facts.provider_active = provider.is_some_and(Provider::takes_requests);
    facts.within_hours = provider.is_some_and(|provider| provider.calendar().works(from, to));
    facts.open_requests = found.map_or(0, |found| u32::try_from(found.open.len()).unwrap_or(u32::MAX));
    Ok(())
}
