//! One request: the state, the instant, the headers, and who is asking.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::account::session;
use crate::account::viewer::Viewer;
use crate::error::{AppError, ErrorKind};
use crate::server::state::AppState;
use crate::time::Timestamp;

/// What a handler or a server function knows about its request.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// The server's state.
    pub state: AppState,
    /// The instant of the request.
    pub now: Timestamp,
    /// Its headers.
    pub headers: HeaderMap,
}

impl RequestContext {
    /// Who is signed in, if anybody: one read of the database.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn viewer(&self) -> Result<Option<Viewer>, AppError> {
        session::viewer(&self.state, &self.headers, self.now).await
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// 401 when nobody is; 503 when the database is away.
    pub async fn require_viewer(&self) -> Result<Viewer, AppError> {
        self.viewer().await?.ok_or_else(AppError::sign_in_needed)
    }
}

impl FromRequestParts<AppState> for RequestContext {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        Ok(Self { state: state.clone(), now: state.clock.now(), headers: parts.headers.clone() })
    }
}

/// The context of the running server function, and who is signed in.
///
/// # Errors
/// 401 when nobody is signed in; 503 when the database is away.
pub async fn current() -> Result<(RequestContext, Viewer), AppError> {
    let lost = || AppError::new(ErrorKind::Fault, "fault", "Something went wrong on our side. Try again.");
    let ctx = leptos::prelude::use_context::<RequestContext>().ok_or_else(lost)?;
    let viewer = ctx.require_viewer().await?;
    Ok((ctx, viewer))
}
