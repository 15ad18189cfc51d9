//! Publishing, archiving, and taking back: one write each, and pressing twice does no harm.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};

use super::edit::Edit;
use super::own::{Sent, done, own_service, sent};
use crate::catalogue::model::ServiceStatus;
use crate::catalogue::offer_form;
use crate::catalogue::publishing::why_not;
use crate::catalogue::store::{self, Seen};
use crate::error::{AppError, ErrorKind};
use crate::provider::guard::OwnProvider;
use crate::provider::model::Provider;
use crate::provider::store as providers;
use crate::web::context::RequestContext;
use crate::web::plain;

/// `GET /provider/services/{id}/preview`: the page that customers see, to its provider also before.
pub async fn preview(ctx: RequestContext, own: OwnProvider, Path(id): Path<String>) -> Result<Response, AppError> {
    let service = own_service(&ctx, &own, &id).await?;
    Ok(Redirect::to(&format!("/services/{}", service.slug)).into_response())
}

/// `POST /provider/services/{id}/publish`
pub async fn publish(
    ctx: RequestContext,
    own: OwnProvider,
    Path(id): Path<String>,
    pairs: Sent,
) -> Result<Response, AppError> {
    turn(&ctx, own, &id, pairs, ServiceStatus::Active).await
}

/// `POST /provider/services/{id}/archive`
pub async fn archive(
    ctx: RequestContext,
    own: OwnProvider,
    Path(id): Path<String>,
    pairs: Sent,
) -> Result<Response, AppError> {
    turn(&ctx, own, &id, pairs, ServiceStatus::Archived).await
}

/// `POST /provider/services/{id}/draft`
pub async fn draft(
    ctx: RequestContext,
    own: OwnProvider,
    Path(id): Path<String>,
    pairs: Sent,
) -> Result<Response, AppError> {
    turn(&ctx, own, &id, pairs, ServiceStatus::Draft).await
}

async fn turn(
    ctx: &RequestContext,
    own: OwnProvider,
    id: &str,
    pairs: Sent,
    to: ServiceStatus,
) -> Result<Response, AppError> {
    let service = own_service(ctx, &own, id).await?;
    let OwnProvider { page, provider, .. } = own;
    let word = match to {
        ServiceStatus::Active => "publish",
        ServiceStatus::Archived => "archive",
        ServiceStatus::Draft => "draft",
    };
    let publishes = to == ServiceStatus::Active;
    // What is wanted is so already: pressed twice, or in two tabs.
    if service.status == to && service.listed == publishes {
        return Ok(done(&service, word));
    }
    if publishes {
        let reason = why_not(&provider).map(|reason| AppError::new(ErrorKind::Conflict, "not_approved", reason));
        let gaps = offer_form::gaps(&service);
        let refused = reason.or_else(|| (!gaps.is_empty()).then(|| AppError::bad_input(gaps)));
        if let Some(error) = refused {
            let mut form = offer_form::filled(&service);
            form.refuse(&error);
            let status = plain::status(&error);
            return Ok(Edit { form, provider: &provider, service: Some(&service) }.respond(status, &page));
        }
    }
    let version = sent(pairs).get("version").parse().unwrap_or(-1);
    let seen = Seen { provider_id: provider.id, id: service.id, version };
    let written = store::set_status(&ctx.kit.db, seen, to, provider.takes_requests(), ctx.now).await?;
    let service = written.ok_or_else(|| {
        let message = "This service was changed meanwhile, perhaps in another tab, so nothing was done. Look at it again, \
                       then repeat what you wanted.";
        AppError::new(ErrorKind::Conflict, "stale", message)
    })?;
    settle(ctx, &provider).await?;
    Ok(done(&service, word))
}

/// An admin may have suspended the provider between our look and our write: whoever is later puts it right.
async fn settle(ctx: &RequestContext, before: &Provider) -> Result<(), AppError> {
    let takes = providers::find(&ctx.kit.db, before.id).await?.is_some_and(|provider| provider.takes_requests());
    if takes != before.takes_requests() {
        store::relist(&ctx.kit.db, before.id, takes).await?;
    }
    Ok(())
}
