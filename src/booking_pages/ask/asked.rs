//! What is asked for: the service of an address, its provider, and who asks.

use axum::extract::{FromRef, FromRequestParts, Path};
use axum::http::request::Parts;

use crate::catalogue::model::ServiceDocument;
use crate::catalogue::store as services;
use crate::error::AppError;
use crate::provider::model::Provider;
use crate::provider::store as providers;
use crate::web::PageContext;
use crate::web::db::Db;
use crate::web::kit::Kit;

/// The service of the address, its provider, and who asks: three reads at most.
///
/// Rejects with 404 when the service is not offered, 503 when the database is away.
pub struct Asked {
    /// The context of the page.
    pub page: PageContext,
    /// What is asked for.
    pub service: ServiceDocument,
    /// Who offers it.
    pub provider: Provider,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked
where
    Kit: FromRef<S>,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let page = PageContext::from_request_parts(parts, state).await?;
        let Path(slug) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| AppError::not_found())?;
        let (service, provider) = offered(&Kit::from_ref(state).db, &slug).await?;
        Ok(Self { page, service, provider })
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
