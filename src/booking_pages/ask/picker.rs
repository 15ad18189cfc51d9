//! Choosing a day and a time: a week of free times as radio buttons.

mod view;

use axum::extract::Query;
use axum::response::Html;
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use super::asked::Asked;
use super::{owner, store as drafts};
use crate::booking::store;
use crate::error::AppError;
use crate::provider::free::Terms;
use crate::time::{self, Timestamp};
use crate::ui::form::Form;
use crate::ui::render::to_html;
use crate::web::context::RequestContext;

/// How many days are shown at once.
const SHOWN_DAYS: i64 = 7;
/// How far ahead one can choose, in days.
const HORIZON_DAYS: i64 = 120;
/// Which days: the same ones, with the time where the browser is.
const WITH_ZONE: &str = "zone";

/// The free times of some days.
#[derive(Clone, Debug)]
pub struct Week {
    /// In order.
    pub times: Vec<Timestamp>,
    /// The zone in which they are shown.
    pub zone: String,
    /// The viewer's own zone.
    pub viewer_zone: Option<String>,
    /// From when on.
    from: Timestamp,
    /// Whether there are earlier days to show.
    earlier: bool,
    /// Whether there are later ones.
    later: bool,
}

/// What the service asks of a free time.
pub fn terms(asked: &Asked) -> Terms {
    let service = &asked.service;
    Terms {
        minutes: service.minutes,
        buffer_before_minutes: service.buffer_before_minutes,
        buffer_after_minutes: service.buffer_after_minutes,
        lead_time_minutes: service.lead_time_minutes.max(2 * 60),
    }
}

/// The free times of the seven days from `from` on, as the draft `mine` sees them: two reads.
///
/// # Errors
/// When the database is away.
pub async fn week(
    ctx: &RequestContext,
    asked: &Asked,
    mine: Option<ObjectId>,
    from: Option<Timestamp>,
) -> Result<Week, AppError> {
    let zone = asked.service.zone.as_str();
    let (first, last) = (ctx.now, ctx.now.plus_hours(24 * HORIZON_DAYS));
    let from = from.unwrap_or(first).clamp(first, last);
    // From the beginning of that day on.
    let from = time::days(from, from, zone).next().map_or(from, |day| day.wall(0, false)).max(first);
    let to = time::days(from, from.plus_hours(24 * SHOWN_DAYS), zone).last().map_or(from, |day| day.wall(0, false));
    let times = store::free_starts_for(&ctx.kit.db, &asked.provider, terms(asked), from..to, ctx.now, mine).await?;
    let viewer_zone = asked.page.zone.clone();
    Ok(Week { times, zone: zone.into(), viewer_zone, from, earlier: from > first, later: to < last })
}

/// Whether the provider is free at exactly that start, as the draft `mine` sees it.
///
/// # Errors
/// When the database is away.
pub async fn is_free(
    ctx: &RequestContext,
    asked: &Asked,
    mine: Option<ObjectId>,
    at: Timestamp,
) -> Result<bool, AppError> {
    let last = ctx.now.plus_hours(24 * HORIZON_DAYS);
    if at < ctx.now || at > last {
        return Ok(false);
    }
    Ok(week(ctx, asked, mine, Some(at)).await?.times.contains(&at))
}

/// The next three times from `from` on that are free, as the draft `mine` sees it.
///
/// # Errors
/// When the database is away.
pub async fn next_free(
    ctx: &RequestContext,
    asked: &Asked,
    mine: Option<ObjectId>,
    from: Timestamp,
) -> Result<Vec<Timestamp>, AppError> {
    let range = from.max(ctx.now)..from.max(ctx.now).plus_hours(24 * 14);
    let mut free = store::free_starts_for(&ctx.kit.db, &asked.provider, terms(asked), range, ctx.now, mine).await?;
    free.truncate(3);
    Ok(free)
}

/// Which days a script asks for.
#[derive(Debug, Deserialize)]
pub(super) struct DaysQuery {
    /// Since when those are that it shows, in milliseconds.
    from: i64,
    /// `earlier`, `later`, or [`WITH_ZONE`].
    go: String,
    /// The time chosen so far; may be empty.
    chosen: String,
}

/// `GET /book/{slug}/days`: the days before or after, rendered, as whoever asks sees them, for `web/scripts/days.ts`.
/// [`WITH_ZONE`] is the same days for a browser whose zone was not known before: nothing if its clocks show the same.
///
/// # Errors
/// When the database is away.
pub(super) async fn days(
    ctx: RequestContext,
    asked: Asked,
    Query(DaysQuery { from, go, chosen }): Query<DaysQuery>,
) -> Result<Html<String>, AppError> {
    let mine = owner::owners(&ctx.headers, asked.page.viewer.as_ref());
    let draft = drafts::find_owned(&ctx.kit.db, &mine, asked.service.id, ctx.now).await?;
    let from = Timestamp(from);
    let week = week(&ctx, &asked, draft.map(|draft| draft.id), Some(Week::step(from, &go).unwrap_or(from))).await?;
    if go == WITH_ZONE && week.other_zone().is_none() {
        return Ok(Html(String::new()));
    }
    let mut form = Form::default();
    form.set("starts_at", chosen);
    Ok(Html(to_html(|| week.render(&form))))
}

impl Week {
    /// The days before and after, from the ones shown.
    pub fn step(from: Timestamp, go: &str) -> Option<Timestamp> {
        match go {
            "earlier" => Some(from.plus_hours(-24 * SHOWN_DAYS)),
            "later" => Some(from.plus_hours(24 * SHOWN_DAYS)),
            _ => None,
        }
    }

    /// The viewer's zone, if its clocks show something else.
    fn other_zone(&self) -> Option<&str> {
        let differs = |zone: &&str| self.from.local_field(zone) != self.from.local_field(&self.zone);
        self.viewer_zone.as_deref().filter(differs)
    }
}
