//! A sick day: all bookings of some days at once, each cancelled, moved or left, each with its own result.

mod plan;
mod range;
mod shown;
mod view;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Form as Sent, FromRef, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use mongodb::bson::oid::ObjectId;

use super::week_form;
use crate::booking::context::BookingContext;
use crate::booking::machine::Table;
use crate::booking::machine::names;
use crate::booking::perform::{self, PerformRequest};
use crate::booking::store::days;
use crate::booking::store::days::MOST;
use crate::booking::store::handover::Handover;
use crate::booking::store::times;
use crate::error::{AppError, ErrorKind};
use crate::provider::guard::OwnProvider;
use crate::provider::hours_store;
use crate::provider::model::Provider;
use crate::provider::week::DayException;
use crate::time::{self, Day};
use crate::ui::form::Form;
use crate::web::kit::Kit;
use range::Range;
use shown::{Outcome, PATH, Row};

/// The longest message to the customers, in characters.
const MAX_MESSAGE_CHARACTERS: usize = 2_000;

/// `/provider/sick-day`
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Table<'static>: FromRef<S>,
    Handover: FromRef<S>,
{
    Router::new().route(PATH, get(show).post(act))
}

/// The bookings of the range with what can be done, and whether there are more: two queries.
async fn rows(ctx: &BookingContext, provider: &Provider, range: &Range) -> Result<(Vec<Row>, bool), AppError> {
    let db = &ctx.kit.db;
    let (from, to) = range.span(ctx.now);
    let (bookings, more) = days::between(db, provider.id, from, to).await?;
    let until = to.plus_hours(24 * (i64::from(range.days) + plan::SEARCH_DAYS + 1));
    let claimed = times::claimed(db, provider.id, to.plus_hours(-24), until, ctx.now, None).await?;
    let taken = claimed.into_iter().map(|(busy, _)| busy).collect();
    // Nobody comes back from being ill on a day that is still one of them.
    let choices = plan::choices(&bookings, &provider.calendar(), taken, range.days, to, ctx.now);
    let rows = bookings.into_iter().zip(choices).map(|(booking, choice)| Row { booking, choice });
    Ok((rows.collect(), more))
}

/// The page: 422 if something is wrong with the form.
async fn respond(
    ctx: &BookingContext,
    own: &OwnProvider,
    form: &Form,
    range: Option<Range>,
) -> Result<Response, AppError> {
    let status = if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = match &range {
        Some(range) => Some(rows(ctx, &own.provider, range).await?),
        None => None,
    };
    Ok(view::render(status, own, ctx, form, range.as_ref().zip(shown.as_ref())))
}

/// `GET /provider/sick-day`; `?from=2026-12-01&to=2026-12-02&days=7` shows the bookings of these days.
async fn show(
    ctx: BookingContext,
    own: OwnProvider,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, AppError> {
    let mut form = Form::default();
    for name in ["from", "to", "days"] {
        form.set(name, query.get(name).cloned().unwrap_or_default());
    }
    form.set("off", "on");
    let range = range::read(&mut form, &own.provider, ctx.now);
    respond(&ctx, &own, &form, range).await
}

/// `POST /provider/sick-day`: does what was chosen, one booking after the other, each once however often it is sent.
async fn act(
    ctx: BookingContext,
    own: Result<OwnProvider, AppError>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let own = own.map_err(|error| error.returning_to(PATH))?;
    let mut form = Form::from_pairs(&pairs);
    let range = range::read(&mut form, &own.provider, ctx.now);
    let message = form.text("words", "What your customers read", true, MAX_MESSAGE_CHARACTERS);
    let ids: Vec<ObjectId> = form.all("id").iter().filter_map(|id| ObjectId::parse_str(id).ok()).collect();
    if ids.len() > MOST {
        form.problem("all", "too_many", format!("At most {MOST} bookings go in one go. Choose fewer days."));
    }
    let range = match range {
        Some(range) if form.is_fine() => range,
        range => return respond(&ctx, &own, &form, range).await,
    };
    let lines = days::own(&ctx.kit.db, own.provider.id, &ids).await?;
    let days_off = if form.ticked("off") { Some(take_off(&ctx, &own.provider, &range).await) } else { None };
    let mut outcomes = Vec::new();
    for id in ids {
        let Some(line) = lines.iter().find(|line| line.id == id).cloned() else { continue };
        let (action, result) = match request(&form, &id.to_hex(), &message) {
            Some(request) => {
                (request.action_name.clone(), perform::perform(&ctx, &own.viewer, request).await.map(drop))
            }
            None => (String::new(), Ok(())),
        };
        outcomes.push(Outcome { line, action, result });
    }
    Ok(view::render_results(&own.page, &range, &outcomes, days_off))
}

/// What was chosen for a booking; nothing if it is to be left as it is.
fn request(form: &Form, id: &str, message: &str) -> Option<PerformRequest> {
    let field = |name: &str| form.get(&format!("{name}.{id}")).to_owned();
    let all = form.get("all");
    let chosen = if all.is_empty() { field("do") } else { all.to_owned() };
    let (action_name, inputs) = match chosen.as_str() {
        "end" => {
            let action = [names::CANCEL, names::DECLINE].into_iter().find(|action| *action == field("end"))?;
            (action, vec![("reason", message.to_owned())])
        }
        "move" if !field("to").is_empty() => {
            (names::PROPOSE_CHANGE, vec![("starts_at", field("to")), ("message", message.to_owned())])
        }
        _ => return None,
    };
    Some(PerformRequest {
        booking_id: id.to_owned(),
        action_name: action_name.to_owned(),
        version: field("version").parse().unwrap_or(-1),
        // Of the form and the choice, so that sending it again does nothing twice, and another choice is another command.
        command_id: format!("{}-{chosen}", field("command")),
        inputs: inputs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    })
}

/// Marks the days as days off, in place of what was planned for them.
async fn take_off(ctx: &BookingContext, provider: &Provider, range: &Range) -> Result<(), AppError> {
    let off = |day: Day| DayException { date: day.date, spans: Vec::new(), note: "Sick day".into() };
    let days: Vec<DayException> = range.dates().map(off).collect();
    let is_off =
        |day: &DayException| provider.exceptions.iter().any(|one| one.date == day.date && one.spans.is_empty());
    if days.iter().all(is_off) {
        return Ok(());
    }
    let today = time::day_at(ctx.now, &provider.zone).date;
    let conflict = |message: String| AppError::new(ErrorKind::Conflict, "days_not_saved", message);
    let all = week_form::with_exceptions(&provider.exceptions, days, &today).map_err(conflict)?;
    if hours_store::save_exceptions(&ctx.kit.db, provider.id, provider.version, &all).await? {
        return Ok(());
    }
    Err(conflict("Your hours were changed in another window meanwhile. Look at them, and add the days there.".into()))
}
