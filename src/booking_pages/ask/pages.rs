//! The routes of asking, and what each of its pages loads first.

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};

use super::{choose, guest, photos, picker, review, send};
use crate::account::Credentials;
use crate::booking::machine::Table;
use crate::booking_pages::ask::AskContext;
use crate::catalogue::model::ServiceDocument;
use crate::catalogue::store as services;
use crate::error::AppError;
use crate::photos::Photos;
use crate::provider::model::Provider;
use crate::provider::store as providers;
use crate::web::db::Db;
use crate::web::kit::Kit;
use crate::web::problem::{answer, bare_page_context};
use crate::web::shell::PageContext;
use axum::extract::FromRef;

/// `/book/{slug}` and below.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Table<'static>: FromRef<S>,
    Photos: FromRef<S>,
    Credentials: FromRef<S>,
{
    Router::new()
        .route("/book/{slug}", get(choose::show).post(choose::choose))
        .route("/book/{slug}/days", get(picker::days))
        .route("/book/{slug}/review", get(review::show))
        .route("/book/{slug}/send", post(send::post))
        .route("/book/{slug}/photos", post(photos::post))
        .route("/book/{slug}/guest", post(guest::post))
        .route("/book/continue/{token}", get(guest::show).post(guest::finish))
}

/// A service that can be asked for, its provider, and who asks.
pub struct Asked {
    /// The frame of the page.
    pub frame: PageContext,
    /// What is asked for.
    pub service: ServiceDocument,
    /// Who offers it.
    pub provider: Provider,
}

impl Asked {
    /// Loads them: three reads at most.
    ///
    /// The error is the whole answer: not found, or the database is away.
    pub async fn load(ctx: &AskContext, slug: &str) -> Result<Self, Response> {
        let here = path(slug);
        let away = |error: AppError| answer(&bare_page_context(ctx), &here, error);
        let frame = PageContext::load(ctx).await.map_err(away)?;
        match offered(&ctx.kit.db, slug).await {
            Ok((service, provider)) => Ok(Self { frame, service, provider }),
            Err(error) => Err(answer(&frame, &here, error)),
        }
    }
}

/// The service of that address and its provider: two reads.
///
/// # Errors
/// 404 when it is not offered, 503 when the database is away.
pub(super) async fn offered(db: &Db, slug: &str) -> Result<(ServiceDocument, Provider), AppError> {
    let service = services::find_listed(db, slug).await?.ok_or_else(gone)?;
    let provider = providers::find(db, service.provider_id).await?.ok_or_else(gone)?;
    Ok((service, provider))
}

/// The address of the first step.
pub(super) fn path(slug: &str) -> String {
    format!("/book/{slug}")
}

pub(super) fn gone() -> AppError {
    let message = "This service is not offered any more. Look for another one.";
    AppError::new(crate::error::ErrorKind::NotFound, "not_offered", message)
}
