//! Whose provider pages they are: an extractor whose rejection the answer layer turns into a page or leads elsewhere.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use mongodb::bson::oid::ObjectId;

use super::model::Provider;
use super::store;
use crate::error::AppError;
use crate::web::PageContext;
use crate::web::guard::SignedIn;
use crate::web::kit::Kit;
use crate::web::viewer::Viewer;

/// Somebody who is signed in and has begun to be a provider, with what is stored of that: two reads of the database.
///
/// Rejects as [`SignedIn`] does, and leads who never began to `/onboarding`.
#[derive(Clone, Debug)]
pub struct OwnProvider {
    /// The context of the page.
    pub page: PageContext,
    /// Who is signed in.
    pub viewer: Viewer,
    /// The viewer's own provider record, in whatever status.
    pub provider: Provider,
}

impl<S: Send + Sync> FromRequestParts<S> for OwnProvider
where
    Kit: FromRef<S>,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let SignedIn { page, viewer } = SignedIn::from_request_parts(parts, state).await?;
        let id = ObjectId::parse_str(&viewer.id).map_err(|_| AppError::not_found())?;
        let provider = store::find(&Kit::from_ref(state).db, id).await?;
        let provider = provider.ok_or_else(|| AppError::elsewhere("/onboarding"))?;
        Ok(Self { page, viewer, provider })
    }
}
