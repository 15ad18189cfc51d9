//! One request: the kit, the instant, the headers, and who is asking.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::kit::Kit;
use super::page::ShownPage;
use super::viewer::Viewer;
use crate::error::AppError;
use crate::time::Timestamp;

/// What a handler or a server function knows about its request.
#[derive(Clone)]
pub struct RequestContext {
    /// What every page needs.
    pub kit: Kit,
    /// The instant of the request.
    pub now: Timestamp,
    /// How it was asked.
    pub method: Method,
    /// The path that was asked for.
    pub path: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Who is at the other end of the connection: a person's machine or a proxy.
    pub peer: Option<IpAddr>,
    /// Where the page that is being made leaves its context, for an error that takes its place.
    pub shown: ShownPage,
}

impl RequestContext {
    /// Who is signed in, if anybody: one read of the database.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn viewer(&self) -> Result<Option<Viewer>, AppError> {
        Ok(self.kit.visitors.visit(&self.headers, self.now).await?.map(|visit| visit.viewer))
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// 401 when nobody is; 503 when the database is away.
    pub async fn require_viewer(&self) -> Result<Viewer, AppError> {
        self.viewer().await?.ok_or_else(AppError::sign_in_needed)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for RequestContext
where
    Kit: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let kit = Kit::from_ref(state);
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let (method, headers) = (parts.method.clone(), parts.headers.clone());
        let path = parts.uri.path().to_owned();
        let shown = parts.extensions.get::<ShownPage>().cloned().unwrap_or_default();
        Ok(Self { now: kit.clock.now(), kit, method, path, headers, peer, shown })
    }
}

/// The context of the running server function, and who is signed in.
///
/// # Errors
/// 401 when nobody is signed in; 503 when the database is away.
pub async fn current() -> Result<(RequestContext, Viewer), AppError> {
    let ctx = part::<RequestContext>()?;
    let viewer = ctx.require_viewer().await?;
    Ok((ctx, viewer))
}

/// The context of the running server function, and what its answer will carry beside the body.
///
/// # Errors
/// 500 outside of a server function.
pub fn with_response() -> Result<(RequestContext, ResponseOptions), AppError> {
    Ok((part()?, part()?))
}

/// A part of the server that the running server function was given, as a handler takes one by `State`.
///
/// # Errors
/// 500 when it was not given.
pub fn part<T: Clone + 'static>() -> Result<T, AppError> {
    use_context::<T>().ok_or_else(AppError::fault)
}

/// Defines the context of a feature: another context and parts of the server, taken from the state by `FromRef`.
///
/// The new type derefs to the other context, is an extractor of axum, and `current()` gives it inside a server function.
macro_rules! context {
    ($(#[$doc:meta])* pub struct $name:ident: $base:ty { $($(#[$part_doc:meta])* $part:ident: $kind:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            /// The context it adds to.
            pub base: $base,
            $($(#[$part_doc])* pub $part: $kind,)+
        }

        impl std::ops::Deref for $name {
            type Target = $base;

            fn deref(&self) -> &$base {
                &self.base
            }
        }

        impl<S: Send + Sync> axum::extract::FromRequestParts<S> for $name
        where
            $base: axum::extract::FromRequestParts<S, Rejection = std::convert::Infallible>,
            $($kind: axum::extract::FromRef<S>,)+
        {
            type Rejection = std::convert::Infallible;

            async fn from_request_parts(
                parts: &mut axum::http::request::Parts,
                state: &S,
            ) -> Result<Self, Self::Rejection> {
                let base = <$base>::from_request_parts(parts, state).await?;
                Ok(Self { base, $($part: axum::extract::FromRef::from_ref(state),)+ })
            }
        }
    };
}

pub(crate) use context;
