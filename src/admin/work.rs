//! `/admin/work`: what should have happened by itself and did not, and letting it be tried again.

mod clocks;
mod letters;
mod render;

use axum::extract::{Form as Sent, Query};
use axum::http::StatusCode;
use axum::response::Response;
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use super::model::{AdminAct, AdminAction};
use super::store;
use crate::booking::store::oversight::{self, Late};
use crate::booking::store::work::{self as worker, DeadLetter, Stuck};
use crate::error::{AppError, ErrorKind};
use crate::mail::model::{DeadMail, QueueHealth};
use crate::mail::store as mail;
use crate::ui::form::Form;
use crate::web::context::RequestContext;
use crate::web::guard::Admin;
use crate::web::plain::{refused, see_other};

/// Its address.
pub const PATH: &str = "/admin/work";
/// Where a dead letter is sent to be tried again.
pub const RETRY: &str = "/admin/work/retry";

/// The longest key of a form.
const MAX_KEY_BYTES: usize = 300;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

/// Which dead letter to try again.
#[derive(Deserialize)]
pub struct RetryForm {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    key: String,
}

struct Shown {
    stuck: Vec<Late>,
    how_many: u64,
    failing: Vec<Stuck>,
    effects: Vec<DeadLetter>,
    mails: Vec<DeadMail>,
    health: QueueHealth,
    acts: Vec<AdminAct>,
}

/// `GET /admin/work`
pub async fn show(
    ctx: RequestContext,
    admin: Admin,
    Query(Asked { done }): Query<Asked>,
) -> Result<Response, AppError> {
    let shown = load(&ctx).await?;
    Ok(render::page(StatusCode::OK, &admin, &shown, &Form::default(), ctx.now, !done.is_empty()))
}

/// `POST /admin/work/retry`
pub async fn retry(
    ctx: RequestContext,
    admin: Admin,
    Sent(RetryForm { kind, key }): Sent<RetryForm>,
) -> Result<Response, AppError> {
    let action = match kind.as_str() {
        letters::EFFECT => AdminAction::RetryEffect,
        letters::MAIL => AdminAction::RetryMail,
        _ => return Err(AppError::bad_field("kind", "bad_kind", "There is no such kind of letter.")),
    };
    if key.is_empty() || key.len() > MAX_KEY_BYTES {
        return Err(AppError::bad_field("key", "bad_key", "There is no such letter."));
    }
    let db = &ctx.kit.db;
    let (by, by_name) = (admin.viewer.id.clone(), admin.viewer.name.clone());
    let act = AdminAct { id: ObjectId::new(), at: ctx.now, by, by_name, action, subject: key.clone() };
    // Kept before it is done: nothing is ever done of which nobody knows who did it.
    store::record(db, &act).await?;
    tracing::info!(admin = admin.viewer.id, action = action.name(), key, "admin act");
    let found = match action {
        AdminAction::RetryEffect => worker::retry(db, &key, ctx.now).await?,
        AdminAction::RetryMail => mail::retry(db, &key, ctx.now).await?,
    };
    if found {
        return Ok(see_other("/admin/work?done=retry#letters"));
    }
    let message =
        "That letter is no longer dead: somebody has let it be tried again. These are the ones that are left.";
    let mut form = Form::default();
    let status = refused(&mut form, &AppError::new(ErrorKind::Conflict, "not_dead", message));
    Ok(render::page(status, &admin, &load(&ctx).await?, &form, ctx.now, false))
}

async fn load(ctx: &RequestContext) -> Result<Shown, AppError> {
    let db = &ctx.kit.db;
    let (stuck, how_many, failing, (effects, _), (mails, _), health, acts) = tokio::try_join!(
        oversight::stuck(db, ctx.now),
        oversight::count_stuck(db, ctx.now),
        worker::stuck(db),
        worker::dead(db, None),
        mail::dead(db, None),
        mail::queue_health(db),
        store::latest_acts(db),
    )?;
    Ok(Shown { stuck, how_many, failing, effects, mails, health, acts })
}
