//! When the providers of what was found are free: their calendars came with it, what is claimed is one query more.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use mongodb::bson::{Bson, Document, doc};
use mongodb::error::Result;
use serde::Deserialize;

use super::{FoundService, PATIENCE};
use crate::booking::model::SLOT_CLAIMS;
use crate::booking::slots;
use crate::catalogue::search_query::SearchQuery;
use crate::provider::free::{Calendar, Terms};
use crate::provider::week::Busy;
use crate::time::Timestamp;
use crate::web::db::Db;

/// How many days ahead the next free time is looked for.
pub const HORIZON_DAYS: i64 = 14;
/// Most are free soon: so many days are looked at first.
const SOON_DAYS: i64 = 2;
/// Milliseconds in a cell of claimed time.
const CELL: i64 = 15 * 60_000;
/// As many claims as a search reads at most: 300 providers whose next fortnight is half full.
const MOST_CLAIMS: i64 = 100_000;

#[derive(Debug, Deserialize)]
struct Claim {
    #[serde(rename = "_id")]
    cell: String,
    /// A claim past this is free again.
    #[serde(default)]
    until: Option<Bson>,
}

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
        buffer_before: service.buffer_before,
        buffer_after: service.buffer_after,
        lead_time: service.lead_time,
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
        let from = from.plus_minutes(-service.buffer_before.max(0));
        let to = to.plus_minutes(service.minutes.max(0) + service.buffer_after.max(0));
        let range = ranges.entry(service.provider_id.to_hex()).or_insert((from, to));
        *range = (range.0.min(from), range.1.max(to));
    }
    let ranges: Vec<Document> = ranges
        .into_iter()
        .map(|(provider, (from, to))| {
            let (first, last) = (slots::cell_at(&provider, from), slots::cell_at(&provider, to));
            doc! { "_id": { "$gte": first, "$lte": last } }
        })
        .collect();
    let mut taken = BTreeMap::<String, Vec<Busy>>::new();
    if ranges.is_empty() {
        return Ok(taken);
    }
    let collection = db.collection::<Claim>(SLOT_CLAIMS);
    let claims = collection.find(doc! { "$or": ranges });
    let claims = claims.projection(doc! { "_id": 1, "until": 1 }).limit(MOST_CLAIMS).max_time(PATIENCE);
    // All of them at once: a second round trip would cost more than the bytes.
    let mut claims = claims.batch_size(u32::MAX >> 1).await?;
    while let Some(claim) = claims.try_next().await? {
        let Some((provider, span)) = held(&claim, now) else { continue };
        let spans = taken.entry(provider.to_owned()).or_default();
        match spans.last_mut() {
            Some(last) if last.to == span.from => last.to = span.to,
            _ => spans.push(span),
        }
    }
    Ok(taken)
}

/// Whose time a claim holds, and which; none if it has run out.
fn held(claim: &Claim, now: Timestamp) -> Option<(&str, Busy)> {
    let until = match claim.until {
        Some(Bson::Int64(millis)) => Some(Timestamp(millis)),
        Some(Bson::DateTime(at)) => Some(Timestamp(at.timestamp_millis())),
        _ => None,
    };
    if until.is_some_and(|until| until <= now) {
        return None;
    }
    let (provider, cell) = claim.cell.split_once(':')?;
    let from = cell.parse::<i64>().ok()?.checked_mul(CELL)?;
    Some((provider, Busy { from: Timestamp(from), to: Timestamp(from.saturating_add(CELL)) }))
}
