//! Saving the ordinary week.

use axum::Form as Body;
use axum::http::StatusCode;
use axum::response::Response;

use super::shown::{FIELDS, Shown};
use super::warning::{Confirm, is_confirmed, left_outside};
use super::{done, refuse, respond, stale, version};
use crate::booking::store::ahead;
use crate::error::AppError;
use crate::provider::free::Calendar;
use crate::provider::guard::OwnProvider;
use crate::provider::hours_store;
use crate::provider_pages::week_form;
use crate::ui::form::Form;
use crate::web::context::RequestContext;

/// `POST /provider/availability/week`
pub(super) async fn save(
    ctx: RequestContext,
    own: OwnProvider,
    Body(pairs): Body<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut form = Form::from_pairs(&pairs);
    let lines = FIELDS.map(|field| form.get(field).to_owned());
    let (week, notes) = match week_form::read_week(&lines.each_ref().map(String::as_str)) {
        Ok(read) => read,
        Err(problems) => {
            for (day, problem) in problems {
                form.problem(FIELDS[day], "bad_hours", problem);
            }
            return refuse(&ctx, &own, Shown { typed_week: Some(form), ..Shown::default() }).await;
        }
    };
    let (db, provider) = (&ctx.kit.db, &own.provider);
    if version(&form) != provider.version {
        return stale(&ctx, own, Shown { typed_week: Some(form), ..Shown::default() }).await;
    }
    let ahead = ahead::bookings_ahead(db, provider.id, ctx.now).await?;
    let outside = left_outside(ahead, &provider.calendar(), &Calendar { week: &week, ..provider.calendar() });
    if !is_confirmed(&form, &outside) {
        let confirm = Confirm { action: "/provider/availability/week", fields: pairs, outside };
        let shown = Shown { typed_week: Some(form), confirm: Some(confirm), ..Shown::default() };
        return respond(&ctx, &own, StatusCode::CONFLICT, shown).await;
    }
    if !hours_store::save_week(db, provider.id, provider.version, &week, &provider.week).await? {
        return stale(&ctx, own, Shown { typed_week: Some(form), ..Shown::default() }).await;
    }
    Ok(done(if notes.is_empty() { "week" } else { "week-joined" }))
}
