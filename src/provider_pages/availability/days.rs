//! Saving the days that are not like the others.

use axum::Form as Body;
use axum::http::StatusCode;
use axum::response::Response;

use super::shown::Shown;
use super::warning::{Confirm, is_confirmed, left_outside};
use super::{done, refuse, respond, stale, today, version};
use crate::booking::store::ahead;
use crate::error::{AppError, ErrorKind};
use crate::provider::free::Calendar;
use crate::provider::guard::OwnProvider;
use crate::provider::week::DayException;
use crate::provider::{holidays, hours_store};
use crate::provider_pages::week_form::{self, Kind};
use crate::ui::form::Form;
use crate::web::context::RequestContext;

/// The longest note, in characters.
const MAX_NOTE_CHARACTERS: usize = 80;

/// `POST /provider/availability/days`: a day off, other hours or extra hours.
pub(super) async fn add(
    ctx: RequestContext,
    own: OwnProvider,
    Body(pairs): Body<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut form = Form::from_pairs(&pairs);
    let provider = &own.provider;
    let note = form.text("note", "Note", false, MAX_NOTE_CHARACTERS);
    let kind = Kind::read(form.get("kind"));
    if kind.is_none() {
        form.problem("kind", "missing", "Choose what is different on that day.");
    }
    let day = week_form::read_date(form.get("date"), &provider.zone, ctx.now)
        .map_err(|problem| form.problem("date", "bad_date", problem));
    let read = match (day, kind) {
        (Ok(day), Some(kind)) => week_form::read_exception(&provider.week, &day, kind, form.get("hours"), &note)
            .map_err(|problem| form.problem("hours", "bad_hours", problem)),
        _ => Err(()),
    };
    let (Ok((exception, notes)), true) = (read, form.is_fine()) else {
        return refuse(&ctx, &own, Shown { typed_day: form, ..Shown::default() }).await;
    };
    let today = today(&ctx, provider).date;
    match week_form::with_exceptions(&provider.exceptions, vec![exception], &today) {
        Ok(all) => {
            let asked = Asked { action: "/provider/availability/days", pairs, form };
            save(ctx, own, asked, all, if notes.is_empty() { "day" } else { "day-off" }).await
        }
        Err(problem) => {
            form.problem("date", "too_many", problem);
            refuse(&ctx, &own, Shown { typed_day: form, ..Shown::default() }).await
        }
    }
}

/// `POST /provider/availability/days/remove`: the day is like the others again.
pub(super) async fn remove(
    ctx: RequestContext,
    own: OwnProvider,
    Body(pairs): Body<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let form = Form::from_pairs(&pairs);
    let mut all = own.provider.exceptions.clone();
    all.retain(|exception| exception.date != form.get("date"));
    let asked = Asked { action: "/provider/availability/days/remove", pairs, form };
    save(ctx, own, asked, all, "removed").await
}

/// `POST /provider/availability/holidays`: one public holiday as a day off, or all of the coming year.
pub(super) async fn add_holidays(
    ctx: RequestContext,
    own: OwnProvider,
    Body(pairs): Body<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let form = Form::from_pairs(&pairs);
    let today = today(&ctx, &own.provider);
    let chosen = |date: &str| form.get("date") == "all" || form.get("date") == date;
    let off = holidays::coming(form.get("region"), today.civil()).into_iter().filter_map(|holiday| {
        let date = holiday.date.to_string();
        chosen(&date).then_some(DayException { date, spans: Vec::new(), note: holiday.name })
    });
    // Two holidays on one day are one day off, and what the provider planned already stays.
    let planned = |date: &str| own.provider.exceptions.iter().any(|exception| exception.date == date);
    let off: Vec<DayException> = off.filter(|exception| !planned(&exception.date)).collect();
    match week_form::with_exceptions(&own.provider.exceptions, off, &today.date) {
        Ok(all) => {
            let asked = Asked { action: "/provider/availability/holidays", pairs, form };
            save(ctx, own, asked, all, "holidays").await
        }
        Err(problem) => {
            let trouble = Some(AppError::new(ErrorKind::BadInput, "too_many", problem));
            refuse(&ctx, &own, Shown { trouble, ..Shown::default() }).await
        }
    }
}

/// What was sent, and where to send it again.
struct Asked {
    action: &'static str,
    pairs: Vec<(String, String)>,
    form: Form,
}

async fn save(
    ctx: RequestContext,
    own: OwnProvider,
    asked: Asked,
    all: Vec<DayException>,
    what: &'static str,
) -> Result<Response, AppError> {
    let Asked { action, pairs, form } = asked;
    let region = form.get("region").to_owned();
    // Only the form of a new day is shown again with what it held.
    let typed_day = if action.ends_with("/days") { form.clone() } else { Form::default() };
    let (db, provider) = (&ctx.kit.db, &own.provider);
    if version(&form) != provider.version {
        return stale(&ctx, own, Shown { typed_day, region, ..Shown::default() }).await;
    }
    let ahead = ahead::bookings_ahead(db, provider.id, ctx.now).await?;
    let outside = left_outside(ahead, &provider.calendar(), &Calendar { exceptions: &all, ..provider.calendar() });
    if !is_confirmed(&form, &outside) {
        let confirm = Some(Confirm { action, fields: pairs, outside });
        let shown = Shown { typed_day, region, confirm, ..Shown::default() };
        return respond(&ctx, &own, StatusCode::CONFLICT, shown).await;
    }
    if !hours_store::save_exceptions(db, provider.id, provider.version, &all).await? {
        return stale(&ctx, own, Shown { typed_day, region, ..Shown::default() }).await;
    }
    Ok(done(what))
}
