//! Choosing a day and a time: a week of free times as radio buttons.

use axum::extract::{Path, Query};
use axum::response::Html as Fragment;
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use super::pages::{Asked, offered};
use super::{owner, store as drafts};
use crate::booking::store;
use crate::error::AppError;
use crate::provider::free::Terms;
use crate::time::{self, Timestamp};
use crate::ui::form::Form;
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::shell::PageContext;

/// How many days are shown at once.
const DAYS: i64 = 7;
/// How far ahead one can choose, in days.
const HORIZON: i64 = 120;
/// Which days: the same ones, with the time where the browser is.
const SAY_ZONE: &str = "zone";

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
        buffer_before: service.buffer_before,
        buffer_after: service.buffer_after,
        lead_time: service.lead_time.max(2 * 60),
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
    let (first, last) = (ctx.now, ctx.now.plus_hours(24 * HORIZON));
    let from = from.unwrap_or(first).clamp(first, last);
    // From the beginning of that day on.
    let from = time::days(from, from, zone).next().map_or(from, |day| day.wall(0, false)).max(first);
    let to = time::days(from, from.plus_hours(24 * DAYS), zone).last().map_or(from, |day| day.wall(0, false));
    let times = store::free_starts_for(&ctx.kit.db, &asked.provider, terms(asked), from..to, ctx.now, mine).await?;
    let viewer_zone = asked.frame.zone.clone();
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
    let last = ctx.now.plus_hours(24 * HORIZON);
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
    /// `earlier`, `later`, or [`SAY_ZONE`].
    go: String,
    /// The time chosen so far; may be empty.
    chosen: String,
}

/// `GET /book/{slug}/days`: the days before or after, drawn, as whoever asks sees them, for `web/scripts/days.ts`. [`SAY_ZONE`]
/// is the same days for a browser whose zone was not known before: nothing if its clocks show the same.
///
/// # Errors
/// 404 when the service is not offered, 503.
pub(super) async fn days(
    ctx: RequestContext,
    Path(slug): Path<String>,
    Query(DaysQuery { from, go, chosen }): Query<DaysQuery>,
) -> Result<Fragment<String>, AppError> {
    let db = &ctx.kit.db;
    let frame = PageContext::load(&ctx).await?;
    let (service, provider) = offered(db, &slug).await?;
    let mine = owner::owners(&ctx.headers, frame.viewer.as_ref());
    let draft = drafts::find_owned(db, &mine, service.id, ctx.now).await?;
    let asked = Asked { frame, service, provider };
    let from = Timestamp(from);
    let week = week(&ctx, &asked, draft.map(|draft| draft.id), Some(Week::step(from, &go).unwrap_or(from))).await?;
    if go == SAY_ZONE && week.other_zone().is_none() {
        return Ok(Fragment(String::new()));
    }
    let mut form = Form::default();
    form.set("starts_at", chosen);
    let mut html = Html::new();
    week.draw(&mut html, &form);
    Ok(Fragment(html.finish()))
}

impl Week {
    /// The first day shown, as the form keeps it.
    fn first_field(&self) -> String {
        self.from.0.to_string()
    }

    /// The days before and after, from the ones shown.
    pub fn step(from: Timestamp, go: &str) -> Option<Timestamp> {
        match go {
            "earlier" => Some(from.plus_hours(-24 * DAYS)),
            "later" => Some(from.plus_hours(24 * DAYS)),
            _ => None,
        }
    }

    /// Draws the days with their times. Paging is a button of the form, so that nothing typed is lost.
    pub fn draw(&self, html: &mut Html, form: &Form) {
        let chosen = form.get("starts_at");
        html.raw(
            "<fieldset class=\"field picker\" id=\"starts_at\"><legend>When</legend><p class=\"hint\">Times are in ",
        );
        html.text(&time::zone_name(self.from, &self.zone)).raw(".");
        if let Some(zone) = self.other_zone() {
            html.raw(" Below each is the time where you are, in ").text(&time::zone_name(self.from, zone)).raw(".");
        }
        html.raw("</p><input type=\"hidden\" name=\"from\"").attr("value", &self.first_field()).raw(">");
        if self.times.is_empty() {
            html.raw("<p class=\"empty-days\">No time is free in these days. Look at later ones.</p>");
        }
        let day = |at: &Timestamp| at.local_field(&self.zone).split('T').next().unwrap_or_default().to_owned();
        let holds_choice = |times: &[Timestamp]| times.iter().any(|at| at.0.to_string() == chosen);
        let nothing_chosen = !holds_choice(&self.times);
        for (n, times) in self.times.chunk_by(|a, b| day(a) == day(b)).enumerate() {
            // One day at a time is open, so that a phone does not scroll through a week.
            let open = holds_choice(times) || (nothing_chosen && n == 0);
            self.day(html, times, chosen, open);
        }
        html.raw("<p class=\"row\">");
        let button = |html: &mut Html, value: &str, label: &str, on: bool| {
            html.raw("<button class=\"btn\" name=\"go\" formnovalidate").attr("value", value);
            html.flag("disabled", !on).raw(">").text(label).raw("</button>");
        };
        button(html, "earlier", "Earlier days", self.earlier);
        button(html, "later", "Later days", self.later);
        html.raw("</p></fieldset>");
    }

    fn day(&self, html: &mut Html, times: &[Timestamp], chosen: &str, open: bool) {
        let title = times.first().map(|at| at.day_text(&self.zone)).unwrap_or_default();
        let count = if times.len() == 1 { "1 time".to_owned() } else { format!("{} times", times.len()) };
        html.raw("<details class=\"day\" name=\"day\"").flag("open", open).raw("><summary>").text(&title);
        html.raw(" <span class=\"hint\">").text(&count).raw("</span></summary><div class=\"times\" role=\"group\"");
        html.attr("aria-label", &title).raw(">");
        for at in times {
            let value = at.0.to_string();
            html.raw("<label class=\"time\"><input type=\"radio\" name=\"starts_at\"").attr("value", &value);
            html.flag("checked", chosen == value).raw("><span>").text(&at.clock_text(&self.zone));
            if let Some(zone) = self.other_zone() {
                html.raw("<small>").text(&at.clock_text(zone)).raw("</small>");
            }
            html.raw("</span></label>");
        }
        html.raw("</div></details>");
    }

    /// The viewer's zone, if its clocks show something else.
    fn other_zone(&self) -> Option<&str> {
        let differs = |zone: &&str| self.from.local_field(zone) != self.from.local_field(&self.zone);
        self.viewer_zone.as_deref().filter(differs)
    }
}
