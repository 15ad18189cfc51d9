//! Many requests whose time to answer is over, so that one sees how fast the worker is.

use mongodb::bson::oid::ObjectId;

use super::jobs::{TAP, TE_ARO};
use super::people::{AROHA, HEMI};
use super::walk::{party, quarter};
use crate::booking::machine::aggregate::NewBooking;
use crate::booking::machine::outbox::OutboxEntry;
use crate::booking::machine::{Actor, Ask, Booking, Facts, Inputs, Role, TABLE, decide, history};
use crate::booking::store;
use crate::server::serve::Problem;
use crate::time::Timestamp;
use crate::web::db::Db;

/// So many bookings are written at once.
const BATCH: usize = 200;
/// They begin far ahead, each some hours after the one before, so that they do not collide.
const AHEAD_DAYS: i64 = 400;
const HOURS_APART: i64 = 4;

/// Writes that many requests of the demo's people, sent three days ago and answered by nobody.
///
/// # Errors
/// When the database fails; also when those of an earlier time have not expired yet, because these are for the same hours.
pub async fn fill(db: &Db, now: Timestamp, count: u32) -> Result<(), Problem> {
    let mut batch = Vec::new();
    for number in 0..i64::from(count) {
        batch.push(request(now, number)?);
        if batch.len() == BATCH || number + 1 == i64::from(count) {
            store::insert_all(db, std::mem::take(&mut batch)).await?;
        }
    }
    Ok(())
}

fn request(now: Timestamp, number: i64) -> Result<(Booking, Vec<OutboxEntry>), Problem> {
    let sent = now.plus_hours(-72);
    let starts_at = quarter(now.plus_hours(24 * AHEAD_DAYS + HOURS_APART * number), 0);
    let id = ObjectId::new();
    let new = NewBooking {
        reference: format!("GS-{id}"),
        id: id.to_hex(),
        customer: party(&AROHA),
        provider: party(&HEMI),
        service: TAP.service(),
        place: TE_ARO.place(),
        details: "Generated, to be answered by nobody.".into(),
        photos: Vec::new(),
        zone: TE_ARO.zone.into(),
        currency: TE_ARO.currency,
        starts_at,
        ends_at: starts_at.plus_hours(1),
    };
    let actor = Actor { role: Role::Customer, id: AROHA.id().to_hex(), name: AROHA.name.into() };
    let draft = history::draft(new, &actor, sent);
    let row = TABLE.row("request").ok_or("There is no action request.")?;
    let (booking, inputs, facts) = (&draft, &Inputs::default(), &Facts::good());
    let ask = Ask { booking, actor: &actor, row, inputs, facts, now: sent };
    let transition = decide(&ask).map_err(|denials| format!("The machine denies a request: {denials:?}"))?;
    let outbox = transition.outbox.clone();
    Ok((transition.applied_to(&draft), outbox))
}
