//! A provider's week: hours, days that are different, other calendars. What is loaded and answered; the children render.

pub(crate) mod calendars;
mod days;
mod grid;
mod shown;
mod view;
mod warning;
mod week;

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use self::shown::{PATH, Shown};
use crate::booking::machine::Table;
use crate::booking::store::handover::Handover;
use crate::booking::store::times;
use crate::error::{AppError, ErrorKind};
use crate::provider::calendars::refresh;
use crate::provider::fetch::Fetcher;
use crate::provider::guard::OwnProvider;
use crate::provider::model::Provider;
use crate::provider::week::Busy;
use crate::provider::{hours_store, store};
use crate::time::{self, Day};
use crate::ui::form::Form;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;

/// How long the page waits for calendars that are being read again; after that they appear on the next visit.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many weeks the grid can be turned back and forward.
const WEEKS: std::ops::RangeInclusive<i32> = -8..=104;

crate::web::context::context! {
    /// What a handler of availability knows.
    pub struct CalendarContext: RequestContext {
        /// Fetches providers' calendars.
        fetcher: Fetcher,
    }
}

/// `/provider/availability` and below.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Table<'static>: FromRef<S>,
    Handover: FromRef<S>,
    Fetcher: FromRef<S>,
{
    let forms = [
        ("/week", post(week::save)),
        ("/days", post(days::add)),
        ("/days/remove", post(days::remove)),
        ("/holidays", post(days::add_holidays)),
        ("/calendars", post(calendars::add)),
        ("/calendars/refresh", post(calendars::refresh_now)),
        ("/calendars/remove", post(calendars::remove)),
        ("/files", post(calendars::upload)),
    ];
    let page = Router::new().route(PATH, get(show));
    // Whoever reloads the answer to a form comes back to the page.
    let back = async || Redirect::to(PATH);
    forms.into_iter().fold(page, |routes, (path, form)| routes.route(&format!("{PATH}{path}"), form.get(back)))
}

/// Today on the provider's calendar.
fn today(ctx: &RequestContext, provider: &Provider) -> Day {
    time::day_at(ctx.now, &provider.zone)
}

/// The page: one query for what is claimed in the week that the grid shows, one for the week before if it can be taken back.
async fn respond(
    ctx: &RequestContext,
    own: &OwnProvider,
    status: StatusCode,
    shown: Shown,
) -> Result<Response, AppError> {
    let db = &ctx.kit.db;
    let Provider { id, zone, .. } = &own.provider;
    let (_, this_monday) = today(ctx, &own.provider).week();
    let wanted = time::monday_of(&shown.week, zone);
    let (first, last) = (this_monday.plus_days(7 * WEEKS.start()), this_monday.plus_days(7 * WEEKS.end()));
    let monday = wanted
        .filter(|day| (first.civil()..=last.civil()).contains(&day.civil()))
        .unwrap_or_else(|| this_monday.clone());
    let (from, to) = (monday.wall(0, false), monday.plus_days(7).wall(0, true));
    let claims = times::claimed(db, *id, from, to, ctx.now, None).await?;
    let before = match shown.done.as_str() {
        "week" | "week-joined" => hours_store::week_before(db, *id).await?,
        _ => None,
    };
    let split = |firm: bool| -> Vec<Busy> {
        claims.iter().filter(|(_, is_firm)| *is_firm == firm).map(|(busy, _)| *busy).collect()
    };
    let grid = grid::Grid::new(&own.provider.calendar(), &monday, &split(true), &split(false));
    let turns = view::Turns {
        back: (monday.civil() > first.civil()).then(|| monday.plus_days(-7).week().0),
        this: (monday.date != this_monday.date).then(String::new),
        on: (monday.civil() < last.civil()).then(|| monday.plus_days(7).week().0),
    };
    let today = today(ctx, &own.provider);
    let whole = view::Whole { own, today: &today, shown: &shown, grid: &grid, turns: &turns, before: before.as_ref() };
    Ok(view::render(status, &whole))
}

/// Says that the hours were changed elsewhere meanwhile, and shows them with what was typed.
async fn stale(ctx: &RequestContext, own: OwnProvider, mut shown: Shown) -> Result<Response, AppError> {
    let message = "Your hours were changed in another window meanwhile, so nothing was saved. What you typed is still \
                   here: compare it with the week above, and save again.";
    shown.trouble = Some(AppError::new(ErrorKind::Conflict, "stale", message));
    let provider = store::find(&ctx.kit.db, own.provider.id).await?.ok_or_else(AppError::not_found)?;
    respond(ctx, &OwnProvider { provider, ..own }, StatusCode::CONFLICT, shown).await
}

/// The page again with what was typed and what is wrong with it.
async fn refuse(ctx: &RequestContext, own: &OwnProvider, shown: Shown) -> Result<Response, AppError> {
    respond(ctx, own, StatusCode::UNPROCESSABLE_ENTITY, shown).await
}

/// To the page, which says what was done.
fn done(what: &str) -> Response {
    Redirect::to(&format!("{PATH}?done={what}#done")).into_response()
}

/// The version that a form was rendered from; none matches if it says none.
fn version(form: &Form) -> i64 {
    form.get("version").parse().unwrap_or(-1)
}

/// `GET /provider/availability`; `?week=2026-W49` turns the grid, `?region=NZ-WGN` chooses the holidays.
async fn show(
    ctx: CalendarContext,
    mut own: OwnProvider,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, AppError> {
    if own.provider.feeds.list.iter().any(|feed| feed.is_due(ctx.now)) {
        let (db, fetcher) = (ctx.kit.db.clone(), ctx.fetcher.clone());
        let (id, now) = (own.provider.id, ctx.now);
        let reading = tokio::spawn(async move { refresh(&db, &fetcher, id, now, None).await });
        // Whoever looks waits a moment, not for a slow server elsewhere; it is read to its end in any case.
        if let Ok(Ok(Ok(Some(fresh)))) = tokio::time::timeout(PATIENCE, reading).await {
            own.provider = fresh;
        }
    }
    let chosen = |key: &str| query.get(key).cloned().unwrap_or_default();
    let shown = Shown { week: chosen("week"), region: chosen("region"), done: chosen("done"), ..Shown::default() };
    respond(&ctx, &own, StatusCode::OK, shown).await
}
