//! What the rules ask that a booking does not hold itself.

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use serde::Deserialize;

use crate::account::model::{ACCOUNTS, Account};
use crate::booking::machine::guards::MAX_OPEN_REQUESTS;
use crate::booking::machine::{Booking, Facts, Status};
use crate::booking::model::BOOKINGS;
use crate::server::db::Db;

/// What the booking and its slots say. What only its people's accounts say is taken as good: past the draft no rule asks.
pub(super) fn of_booking(booking: &Booking, slot_free: bool) -> Facts {
    let inside_area = booking.service.area.is_none_or(|area| area.contains(booking.place.point));
    Facts { inside_area, slot_free, ..Facts::good() }
}

/// Adds what the two accounts say, and how many open requests the customer has with the provider: one round trip.
///
/// # Errors
/// When the database fails.
pub(super) async fn add_people(
    db: &Db,
    booking: &Booking,
    id: ObjectId,
    facts: &mut Facts,
) -> mongodb::error::Result<()> {
    #[derive(Deserialize)]
    struct Person {
        account: Account,
        open: Vec<Document>,
    }
    let parties = [&booking.customer.id, &booking.provider.id];
    let ids: Vec<ObjectId> = parties.into_iter().filter_map(|party| ObjectId::parse_str(party).ok()).collect();
    let open = doc! {
        "customer.id": &booking.customer.id,
        "provider.id": &booking.provider.id,
        "state.status": { "$in": [Status::Requested.name(), Status::Quoted.name()] },
        "_id": { "$ne": id },
    };
    let pipeline = [
        doc! { "$match": { "_id": { "$in": ids } } },
        doc! { "$project": { "account": "$$ROOT" } },
        doc! { "$lookup": {
            "from": BOOKINGS,
            "pipeline": [{ "$match": open }, { "$limit": i64::from(MAX_OPEN_REQUESTS) }, { "$project": { "_id": 1 } }],
            "as": "open",
        } },
    ];
    let people = db.collection::<Account>(ACCOUNTS).aggregate(pipeline).with_type::<Person>().await?;
    let people: Vec<Person> = people.try_collect().await?;
    let find = |id: &str| people.iter().find(|person| person.account.id.to_hex() == id);
    let customer = find(&booking.customer.id);
    let provider = find(&booking.provider.id).and_then(|person| person.account.provider.as_ref());
    facts.email_verified = customer.is_some_and(|person| person.account.email_verified);
    facts.profile_complete = customer.is_some_and(|person| person.account.profile_complete());
    facts.provider_active = provider.is_some_and(|provider| provider.approved && provider.active);
    facts.open_requests = customer.map_or(0, |person| u32::try_from(person.open.len()).unwrap_or(u32::MAX));
    Ok(())
}
