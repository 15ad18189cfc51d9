//! When the providers of what was found are free: one query for their calendars and for what is claimed of their time.

use std::collections::BTreeMap;

use mongodb::bson::oid::ObjectId;
use mongodb::error::Result;

use crate::booking::store::times::{self, Timetables};
use crate::catalogue::search_query::SearchQuery;
use crate::catalogue::store::search::{FoundService, PATIENCE};
use crate::provider::free::Terms;
use crate::time::Timestamp;
use crate::web::db::Db;

/// How many days ahead the next free time is looked for.
pub const HORIZON_DAYS: i64 = 14;
/// Most are free soon: so many days are looked at first.
const SOON_DAYS: i64 = 2;

/// Finds for each service its first free time: of the part of the day that is asked for, or from now on. Its zone becomes
/// that of its provider's week.
///
/// # Errors
/// When the database fails.
pub async fn times(
    db: &Db,
    query: &SearchQuery,
    services: &mut [FoundService],
    now: Timestamp,
) -> Result<Vec<Option<Timestamp>>> {
    let Timetables { calendars, taken } = times::timetables(db, wanted(query, services, now), now, PATIENCE).await?;
    let first = |service: &mut FoundService| {
        let stored = calendars.get(&service.provider_id)?;
        service.zone.clone_from(&stored.zone);
        let (from, to) = span(query, &stored.zone, now)?;
        let taken = taken.get(&service.provider_id).map_or(&[][..], Vec::as_slice);
        let (calendar, terms) = (stored.calendar(), terms(service));
        let soon = to.min(from.plus_hours(24 * SOON_DAYS));
        let first = |from, to| calendar.free_starts(taken, terms, from, to, now).into_iter().next();
        first(from, soon).or_else(|| if soon < to { first(soon, to) } else { None })
    };
    Ok(services.iter_mut().map(first).collect())
}

/// The time in question, in the provider's zone.
fn span(query: &SearchQuery, zone: &str, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
    match &query.day {
        Some(day) => day.span(zone).filter(|(_, to)| *to > now),
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

/// The time of each provider that has to be known, whatever zone they turn out to be in; buffers of any of their services
/// included.
fn wanted(
    query: &SearchQuery,
    services: &[FoundService],
    now: Timestamp,
) -> BTreeMap<ObjectId, (Timestamp, Timestamp)> {
    let mut wanted = BTreeMap::new();
    let span = match &query.day {
        Some(day) => day.span_anywhere(),
        None => span(query, "", now),
    };
    let Some((from, to)) = span else {
        return wanted;
    };
    for service in services {
        let from = from.plus_minutes(-service.buffer_before_minutes.max(0));
        let to = to.plus_minutes(service.minutes.max(0) + service.buffer_after_minutes.max(0));
        let range: &mut (Timestamp, Timestamp) = wanted.entry(service.provider_id).or_insert((from, to));
        *range = (range.0.min(from), range.1.max(to));
    }
    wanted
}
