//! When the providers of what was found are free: their calendars came with it, what is claimed is one query more.

use std::collections::BTreeMap;

use mongodb::error::Result;

use crate::booking::store::times as bookings;
use crate::catalogue::search_query::SearchQuery;
use crate::catalogue::store::search::{FoundService, PATIENCE};
use crate::provider::free::{Calendar, Terms};
use crate::provider::week::Busy;
use crate::time::Timestamp;
use crate::web::db::Db;

/// How many days ahead the next free time is looked for.
pub const HORIZON_DAYS: i64 = 14;
/// Most are free soon: so many days are looked at first.
const SOON_DAYS: i64 = 2;

/// For each service its first free time: of the part of the day that is asked for, or from now on.
///
/// # Errors
/// When the database fails.
pub async fn times(
    db: &Db,
    query: &SearchQuery,
    services: &[FoundService],
    now: Timestamp,
) -> Result<Vec<Option<Timestamp>>> {
    let spans: Vec<_> = services.iter().map(|service| span(query, service, now)).collect();
    let taken = taken(db, services, &spans, now).await?;
    let none = Vec::new();
    let first = |(service, span): (&FoundService, &Option<(Timestamp, Timestamp)>)| {
        let (from, to) = (*span)?;
        let found = service.calendar.first()?;
        let calendar =
            Calendar { week: &found.week, exceptions: &found.exceptions, busy: &found.busy, zone: &found.zone };
        let taken = taken.get(&service.provider_id.to_hex()).unwrap_or(&none);
        let soon = to.min(from.plus_hours(24 * SOON_DAYS));
        let first = |from, to| calendar.free_starts(taken, terms(service), from, to, now).into_iter().next();
        first(from, soon).or_else(|| if soon < to { first(soon, to) } else { None })
    };
    Ok(services.iter().zip(&spans).map(first).collect())
}

/// The time in question, in the provider's zone.
fn span(query: &SearchQuery, service: &FoundService, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
    match &query.day {
        Some(day) => day.span(service.zone()).filter(|(_, to)| *to > now),
        None => Some((now, now.plus_hours(24 * HORIZON_DAYS))),
    }
}

fn terms(service: &FoundService) -> Terms {
    Terms {
        minutes: service.minutes,
        buffer_before_minutes: service.buffer_before_minutes,
        buffer_after_minutes: service.buffer_after_minutes,
        lead_time_minutes: service.lead_time_minutes,
    }
}

/// What is claimed of each provider's time, by the provider's id; cells that touch each other are one span.
async fn taken(
    db: &Db,
    services: &[FoundService],
    spans: &[Option<(Timestamp, Timestamp)>],
    now: Timestamp,
) -> Result<BTreeMap<String, Vec<Busy>>> {
    let mut ranges: BTreeMap<String, (Timestamp, Timestamp)> = BTreeMap::new();
    for (service, (from, to)) in services.iter().zip(spans).filter_map(|(service, span)| Some((service, (*span)?))) {
        let from = from.plus_minutes(-service.buffer_before_minutes.max(0));
        let to = to.plus_minutes(service.minutes.max(0) + service.buffer_after_minutes.max(0));
        let range = ranges.entry(service.provider_id.to_hex()).or_insert((from, to));
        *range = (range.0.min(from), range.1.max(to));
    }
    bookings::claimed_of_many(db, ranges, now, PATIENCE).await
}
