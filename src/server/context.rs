//! One request: the state, the instant, the headers, and who is asking.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::account::session;
use crate::account::viewer::Viewer;
use crate::error::AppError;
use crate::server::state::AppState;
use crate::time::Timestamp;

/// What a handler or a server function knows about its request.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// The server's state.
    pub state: AppState,
    /// The instant of the request.
    pub now: Timestamp,
    /// How it was asked.
    pub method: Method,
    /// Its headers.
    pub headers: HeaderMap,
    /// Who is at the other end of the connection: a person's machine or a proxy.
    pub peer: Option<IpAddr>,
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
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let (method, headers) = (parts.method.clone(), parts.headers.clone());
        Ok(Self { state: state.clone(), now: state.clock.now(), method, headers, peer })
    }
}

/// The context of the running server function, and who is signed in.
///
/// # Errors
/// 401 when nobody is signed in; 503 when the database is away.
pub async fn current() -> Result<(RequestContext, Viewer), AppError> {
    let ctx = use_context::<RequestContext>().ok_or_else(AppError::fault)?;
    let viewer = ctx.require_viewer().await?;
    Ok((ctx, viewer))
}

/// The context of the running server function, and what its answer will carry beside the body.
///
/// # Errors
/// 500 outside of a server function.
pub fn with_response() -> Result<(RequestContext, ResponseOptions), AppError> {
    let (ctx, response) = (use_context::<RequestContext>(), use_context::<ResponseOptions>());
    ctx.zip(response).ok_or_else(AppError::fault)
}
