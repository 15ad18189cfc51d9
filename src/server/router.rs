//! Every address of the marketplace, and the layers around them.

use axum::routing::{any, get};
use axum::{Router, middleware};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::state::AppState;
use super::{answer, assets, body, dev, functions, health, layers};
use crate::account::{forms, profile, reset_pages, sign_up_pages};
use crate::{app, calendar, live, mail, notice, worker};

/// Brotli and gzip at a level that costs less time than it saves on the way.
const QUALITY: CompressionLevel = CompressionLevel::Precise(5);

/// The whole marketplace. Serve it with the peer's address as `ConnectInfo`, or all sign-ins count as one peer's.
pub fn router(state: AppState) -> Router {
    let site_root = &state.config.site_root;
    // Each layer wraps those above it.
    let dynamic = Router::new()
        .merge(app::pages())
        .merge(forms::routes())
        .merge(sign_up_pages::routes())
        .merge(reset_pages::routes())
        .merge(profile::routes())
        .merge(notice::pages::routes())
        .merge(dev::routes())
        .merge(mail::pages::routes())
        .merge(calendar::pages::routes())
        .merge(live::routes())
        .route("/api/{*function}", any(functions::call))
        .fallback_service(assets::public(site_root))
        .layer(middleware::from_fn(body::forms_only))
        .layer(layers::same_origin(&state.config.base_url))
        .layer(middleware::from_fn(layers::shield))
        .layer(middleware::from_fn(answer::dress))
        .layer(CompressionLayer::new().quality(QUALITY));
    Router::new()
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(worker::metrics::show))
        .merge(dynamic)
        .merge(assets::built(site_root).layer(middleware::from_fn(answer::dress)).with_state(()))
        .layer(middleware::from_fn_with_state(state.clone(), layers::outer))
        .with_state(state)
}
