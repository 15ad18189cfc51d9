//! When a provider is free: their calendar, and what is claimed of their time.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use serde::Deserialize;

use super::claims;
use crate::booking::machine::Booking;
use crate::booking::model::SLOT_CLAIMS;
use crate::booking::slots;
use crate::provider::free::Terms;
use crate::provider::model::Provider;
use crate::provider::store::{self as provider_store, StoredCalendar, find as find_provider};
use crate::provider::week::Busy;
use crate::time::Timestamp;
use crate::web::db::Db;

/// The most days that one call looks at.
pub const HORIZON_DAYS: i64 = 60;
/// How many days ahead alternatives are looked for.
const ALTERNATIVE_DAYS: i64 = 14;
/// As many claims as one call reads at most: 300 providers whose next fortnight is half full.
const MOST_CLAIMS: i64 = 100_000;
/// How many are offered.
const OFFERED: usize = 3;

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

/// Up to three starts, from the wanted one on and soon after it, at which the booking's provider works, is free, and which
/// keep the service's lead time. What the booking holds itself counts as free. None if there is no such provider.
///
/// # Errors
/// When the database fails.
pub async fn next_free_times(db: &Db, booking: &Booking, now: Timestamp) -> mongodb::error::Result<Vec<Timestamp>> {
    let Some(provider) = find_provider(db, ObjectId::parse_str(&booking.provider.id)?).await? else {
        return Ok(Vec::new());
    };
    let terms = Terms {
        minutes: booking.planned_minutes(),
        buffer_before_minutes: booking.service.buffer_before_minutes,
        buffer_after_minutes: booking.service.buffer_after_minutes,
        lead_time_minutes: booking.service.lead_time_minutes,
    };
    let from = booking.state.starts_at.max(now.plus_minutes(terms.lead_time_minutes.max(0)));
    let to = from.plus_hours(24 * ALTERNATIVE_DAYS);
    let own = Some(ObjectId::parse_str(&booking.id)?);
    let mut starts = free_starts_for(db, &provider, terms, from..to, now, own).await?;
    starts.truncate(OFFERED);
    Ok(starts)
}

/// The starts in `from..to` at which the provider works and is free for a service, in order: one query, then
/// [`Calendar::free_starts`](crate::provider::free::Calendar::free_starts). At most 60 days from `from` are looked at.
///
/// # Errors
/// When the database fails.
pub async fn free_starts_of(
    db: &Db,
    provider: &Provider,
    terms: Terms,
    from: Timestamp,
    to: Timestamp,
    now: Timestamp,
) -> mongodb::error::Result<Vec<Timestamp>> {
    free_starts_for(db, provider, terms, from..to, now, None).await
}

/// The same as somebody sees it who holds time themselves: what the booking or draft `own` claims counts as free.
///
/// # Errors
/// When the database fails.
pub async fn free_starts_for(
    db: &Db,
    provider: &Provider,
    terms: Terms,
    range: std::ops::Range<Timestamp>,
    now: Timestamp,
    own: Option<ObjectId>,
) -> mongodb::error::Result<Vec<Timestamp>> {
    let from = range.start.max(now);
    let to = range.end.min(from.plus_hours(24 * HORIZON_DAYS));
    if from >= to {
        return Ok(Vec::new());
    }
    let first = from.plus_minutes(-terms.buffer_before_minutes.max(0));
    let last = to.plus_minutes(terms.minutes.max(0) + terms.buffer_after_minutes.max(0));
    let claimed = claimed(db, provider.id, first, last, now, own).await?;
    let taken: Vec<Busy> = claimed.into_iter().map(|(busy, _)| busy).collect();
    Ok(provider.calendar().free_starts(&taken, terms, from, to, now))
}

/// What is claimed of a provider's time in `from..to`, a cell each and in order, and whether firmly. A claim that has run
/// out by `now` is none, nor is one of the booking `own`.
///
/// # Errors
/// When the database fails.
pub async fn claimed(
    db: &Db,
    provider: ObjectId,
    from: Timestamp,
    to: Timestamp,
    now: Timestamp,
    own: Option<ObjectId>,
) -> mongodb::error::Result<Vec<(Busy, bool)>> {
    #[derive(Deserialize)]
    struct Claim {
        #[serde(rename = "_id")]
        cell: String,
        firm: bool,
    }
    let provider = provider.to_hex();
    let mut filter = claims::live(now);
    filter.extend(cells_of(&provider, from, to));
    if let Some(own) = own {
        filter.insert("booking", doc! { "$ne": own });
    }
    let claims = db.collection::<Claim>(SLOT_CLAIMS);
    let claims = claims.find(filter).sort(doc! { "_id": 1 }).projection(doc! { "firm": 1 }).await?;
    let claims: Vec<Claim> = claims.try_collect().await?;
    let busy = |claim: Claim| {
        let (_, from, to) = slots::span_of(&claim.cell)?;
        Some((Busy { from, to }, claim.firm))
    };
    Ok(claims.into_iter().filter_map(busy).collect())
}

/// The cells from the one of `from` to that of `to`, as a condition.
fn cells_of(provider: &str, from: Timestamp, to: Timestamp) -> Document {
    doc! { "_id": { "$gte": slots::cell_at(provider, from), "$lte": slots::cell_at(provider, to) } }
}

/// When several providers work, and what is claimed of the time of each that is asked for.
#[derive(Debug, Default)]
pub struct Timetables {
    /// When they work, by their id.
    pub calendars: BTreeMap<ObjectId, StoredCalendar>,
    /// What is claimed, by their id; cells that touch each other are one span.
    pub taken: BTreeMap<ObjectId, Vec<Busy>>,
}

/// The calendars of several providers and what is claimed of their time, of each in a span of their own. All in one query and
/// one round trip, within `patience`.
///
/// # Errors
/// When the database fails, or is slower than that.
pub async fn timetables(
    db: &Db,
    wanted: BTreeMap<ObjectId, (Timestamp, Timestamp)>,
    now: Timestamp,
    patience: Duration,
) -> mongodb::error::Result<Timetables> {
    /// A calendar, or a claim.
    #[derive(Deserialize)]
    struct Row {
        calendar: Option<StoredCalendar>,
        cell: Option<String>,
        until: Option<Timestamp>,
    }
    let mut found = Timetables::default();
    if wanted.is_empty() {
        return Ok(found);
    }
    let ranges: Vec<Document> = wanted.iter().map(|(id, (from, to))| cells_of(&id.to_hex(), *from, *to)).collect();
    let claims = vec![
        doc! { "$match": { "$or": ranges } },
        doc! { "$limit": MOST_CLAIMS },
        doc! { "$project": { "_id": 0, "cell": "$_id", "until": 1 } },
    ];
    let ids = wanted.into_keys().collect();
    let also = doc! { "$unionWith": { "coll": SLOT_CLAIMS, "pipeline": claims } };
    let mut rows = provider_store::calendars::<Row>(db, ids, also, patience).await?;
    while let Some(Row { calendar, cell, until }) = rows.try_next().await? {
        if let Some(calendar) = calendar {
            found.calendars.insert(calendar.id, calendar);
        }
        let span = cell.as_deref().and_then(slots::span_of).filter(|_| claims::is_live(until, now));
        let Some((provider, from, to)) = span else {
            continue;
        };
        let spans = found.taken.entry(ObjectId::parse_str(provider)?).or_default();
        match spans.last_mut() {
            Some(last) if last.to == from => last.to = to,
            _ => spans.push(Busy { from, to }),
        }
    }
    Ok(found)
}
