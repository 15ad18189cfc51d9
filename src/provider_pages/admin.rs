//! `/admin/providers`: the queue, and one application with everything submitted, its history and what can be decided.

mod view;

use axum::extract::{Form as Sent, Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::provider::history::Submission;
use crate::provider::onboarding;
use crate::provider::store;
use crate::provider_pages::perform;
use crate::ui::form::Form;
use crate::web::context::RequestContext;
use crate::web::guard::Admin;
use crate::web::plain::{refused, see_other};

/// The queue's address.
const QUEUE: &str = "/admin/providers";

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    status: String,
    #[serde(default)]
    after: String,
}

/// `GET /admin/providers?status=`
pub async fn queue(
    ctx: RequestContext,
    admin: Admin,
    Query(Asked { status, after }): Query<Asked>,
) -> Result<Response, AppError> {
    let status = ProviderStatus::from_name(&status).unwrap_or(ProviderStatus::Pending);
    let db = &ctx.kit.db;
    let after = ObjectId::parse_str(&after).ok();
    let (counts, (queued, next)) = tokio::try_join!(store::count_by_status(db), store::queue(db, status, after))?;
    Ok(view::render_queue(&admin, status, &counts, &queued, next))
}

/// `GET /admin/providers/{id}`
pub async fn one(ctx: RequestContext, admin: Admin, Path(id): Path<String>) -> Result<Response, AppError> {
    let loaded = perform::load(&ctx, &id).await?;
    view::render_one(StatusCode::OK, &admin, &loaded, &Form::default())
}

/// `POST /admin/providers/{id}/{action}`
pub async fn act(
    ctx: RequestContext,
    admin: Admin,
    Path((id, action)): Path<(String, String)>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let row = onboarding::row(&action).filter(|row| row.by_admin).ok_or_else(AppError::not_found)?;
    let loaded = perform::load(&ctx, &id).await?;
    let mut form = Form::from_pairs(&pairs);
    let version = form.get("version").parse().unwrap_or_default();
    // Several forms stand on the page, so each has a field of its own.
    let field = field(&action);
    let submission = Submission { message: form.get(&field).to_owned(), ..Submission::default() };
    match perform::perform(&ctx, &admin.viewer, &loaded, row, version, submission).await {
        Ok(_) => Ok(see_other(&format!("{QUEUE}/{id}"))),
        Err(mut error) if matches!(error.status, 409 | 422) => {
            error.fields.iter_mut().for_each(|problem| problem.field.clone_from(&field));
            let status = refused(&mut form, &error);
            let fresh = perform::load(&ctx, &id).await?;
            view::render_one(status, &admin, &fresh, &form)
        }
        Err(error) => Err(error),
    }
}

fn field(action: &str) -> String {
    format!("message_{action}")
}
