//! Publishing, archiving, and taking back: one write each, and pressing twice does no harm.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::edit::Edit;
use super::{LIST, Sent, done, offer_form, require_own, sent, why_not};
use crate::catalogue::model::ServiceStatus;
use crate::catalogue::store::{self, Seen};
use crate::error::{AppError, ErrorKind};
use crate::provider::model::Provider;
use crate::provider::store as providers;
use crate::web::context::RequestContext;
use crate::web::problem::answer;

/// `GET /provider/services/{id}/preview`: the page that customers see, to its provider also before.
pub async fn preview(ctx: RequestContext, Path(id): Path<String>) -> Response {
    match require_own(&ctx, &id).await {
        Ok((_, _, service)) => Redirect::to(&format!("/services/{}", service.slug)).into_response(),
        Err(response) => response,
    }
}

/// `POST /provider/services/{id}/publish`
pub async fn publish(ctx: RequestContext, Path(id): Path<String>, pairs: Sent) -> Response {
    turn(&ctx, &id, pairs, ServiceStatus::Active).await
}

/// `POST /provider/services/{id}/archive`
pub async fn archive(ctx: RequestContext, Path(id): Path<String>, pairs: Sent) -> Response {
    turn(&ctx, &id, pairs, ServiceStatus::Archived).await
}

/// `POST /provider/services/{id}/draft`
pub async fn draft(ctx: RequestContext, Path(id): Path<String>, pairs: Sent) -> Response {
    turn(&ctx, &id, pairs, ServiceStatus::Draft).await
}

async fn turn(ctx: &RequestContext, id: &str, pairs: Sent, to: ServiceStatus) -> Response {
    let (frame, provider, service) = match require_own(ctx, id).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let word = match to {
        ServiceStatus::Active => "publish",
        ServiceStatus::Archived => "archive",
        ServiceStatus::Draft => "draft",
    };
    let publishes = to == ServiceStatus::Active;
    // What is wanted is so already: pressed twice, or in two tabs.
    if service.status == to && service.listed == publishes {
        return done(&service, word);
    }
    if publishes {
        let reason = why_not(&provider).map(|reason| AppError::new(ErrorKind::Conflict, "not_approved", reason));
        let gaps = offer_form::gaps(&service);
        let refused = reason.or_else(|| (!gaps.is_empty()).then(|| AppError::bad_input(gaps)));
        if let Some(error) = refused {
            let mut form = offer_form::filled(&service);
            form.refuse(&error);
            let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::CONFLICT);
            return Edit { form, provider: &provider, service: Some(&service) }.respond(status, &frame);
        }
    }
    let version = sent(pairs).get("version").parse().unwrap_or(-1);
    let seen = Seen { provider_id: provider.id, id: service.id, version };
    let written = store::set_status(&ctx.kit.db, seen, to, provider.takes_requests(), ctx.now).await;
    match written {
        Ok(Some(service)) => match settle(ctx, &provider).await {
            Ok(()) => done(&service, word),
            Err(error) => answer(&frame, LIST, error),
        },
        Ok(None) => {
            let message = "This service was changed meanwhile, perhaps in another tab, so nothing was done. Look at it again, \
                           then repeat what you wanted.";
            answer(&frame, LIST, AppError::new(ErrorKind::Conflict, "stale", message))
        }
        Err(error) => answer(&frame, LIST, error.into()),
    }
}

/// An admin may have suspended the provider between our look and our write: whoever is later puts it right.
async fn settle(ctx: &RequestContext, before: &Provider) -> Result<(), AppError> {
    let takes = providers::find(&ctx.kit.db, before.id).await?.is_some_and(|provider| provider.takes_requests());
    if takes != before.takes_requests() {
        store::relist(&ctx.kit.db, before.id, takes).await?;
    }
    Ok(())
}
