//! When a provider is free.

use std::collections::BTreeSet;

use futures::TryStreamExt;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;

use super::{claims, slot_claims};
use crate::booking::machine::Booking;
use crate::booking::model::SlotClaim;
use crate::booking::slots;
use crate::server::db::Db;
use crate::time::Timestamp;

/// How many days ahead free times are looked for.
const DAYS: i64 = 14;
/// How many are offered.
const OFFERED: usize = 3;
/// The hours on the wall between which a start is offered.
const HOURS: std::ops::Range<i8> = 7..19;

/// Whether nobody else holds the time from `starts_at` on for as long as the booking is planned.
///
/// # Errors
/// When the database fails.
pub async fn new_time_free(
    db: &Db,
    booking: &Booking,
    starts_at: Timestamp,
    now: Timestamp,
) -> mongodb::error::Result<bool> {
    let id = ObjectId::parse_str(&booking.id)?;
    Ok(!claims::is_taken(db, &slots::needed_from(booking, starts_at), id, now).await?)
}

/// Up to three starts, on the half hour of a day's work and the wanted one or soon after it, at which the booking's
/// provider is free and which keep the service's lead time.
///
/// # Errors
/// When the database fails.
pub async fn next_free_times(db: &Db, booking: &Booking, now: Timestamp) -> mongodb::error::Result<Vec<Timestamp>> {
    let earliest = booking.state.starts_at.max(now.plus_minutes(booking.service.lead_time.max(0)));
    let latest = earliest.plus_hours(24 * DAYS);
    let needed = |from: Timestamp| slots::needed_from(booking, from);
    let (Some(first), Some(last)) = (needed(earliest).into_iter().next(), needed(latest).pop()) else {
        return Ok(Vec::new());
    };
    let id = ObjectId::parse_str(&booking.id)?;
    let others = doc! { "_id": { "$gte": first, "$lte": last }, "booking": { "$ne": id } };
    let others = slot_claims(db).find(others).await?;
    let taken: BTreeSet<String> = others.map_ok(|SlotClaim { cell, .. }| cell).try_collect().await?;
    let free = |from: &Timestamp| !needed(*from).iter().any(|cell| taken.contains(cell));
    Ok(candidates(earliest, latest, &booking.zone).filter(free).take(OFFERED).collect())
}

/// The half hours on the wall of a zone. Zones differ from UTC by whole quarters of an hour.
fn candidates(earliest: Timestamp, latest: Timestamp, zone: &str) -> impl Iterator<Item = Timestamp> {
    const QUARTER: i64 = 15 * 60_000;
    let first = earliest.0.saturating_add(QUARTER - 1).div_euclid(QUARTER);
    let quarters = (first..).map(|quarter| Timestamp(quarter.saturating_mul(QUARTER)));
    quarters.take_while(move |at| *at <= latest).filter(move |at| {
        let (hour, minute) = at.wall_clock(zone);
        HOURS.contains(&hour) && minute % 30 == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse;

    #[test]
    fn half_hours_of_the_day_are_offered_in_zones_that_are_quarters_of_an_hour_off() {
        for zone in ["Pacific/Chatham", "Australia/Adelaide", "Pacific/Auckland"] {
            let evening = parse("2026-12-05T18:10", zone).unwrap();
            let times: Vec<String> =
                candidates(evening, evening.plus_hours(24), zone).take(3).map(|at| at.local_field(zone)).collect();
            assert_eq!(times, ["2026-12-05T18:30", "2026-12-06T07:00", "2026-12-06T07:30"], "{zone}");
        }
    }
}
