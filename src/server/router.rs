//! Every address of the marketplace, and the layers around them.

use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use axum::{Router, middleware};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::state::AppState;
use super::{assets, body, dev, functions, health, layers, sending};
use crate::account::{forms, profile, reset_pages, sign_up_pages};
use crate::booking_pages::{self, ask, machine_page};
use crate::catalogue::{landing, offer, search_page, service_page, sitemap};
use crate::provider_pages::{self, availability as availability_page, sick_day};
use crate::web::answer;
use crate::web::theme;
use crate::{admin, calendar, live, mail, message, notice, worker};

/// Brotli and gzip at a level that costs less time than it saves on the way. Pages as brotli are made by [`sending`].
const QUALITY: CompressionLevel = CompressionLevel::Precise(4);

/// The whole marketplace. Serve it with the peer's address as `ConnectInfo`, or all sign-ins count as one peer's.
pub fn router(state: AppState) -> Router {
    let site_root = &state.config.site_root;
    // Each layer wraps those above it.
    let dynamic = Router::new()
        .merge(pages())
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
        .layer(middleware::from_fn_with_state(state.clone(), body::forms_only))
        .layer(layers::same_origin(&state.config.base_url))
        .layer(middleware::from_fn(layers::catch_panic))
        .layer(middleware::from_fn(layers::timeout))
        .layer(middleware::from_fn(answer::render_errors))
        .layer(middleware::from_fn(sending::send_pages))
        .layer(CompressionLayer::new().quality(QUALITY));
    Router::new()
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(worker::metrics::show))
        .merge(dynamic)
        .merge(assets::built(site_root).layer(middleware::from_fn(answer::render_errors)).with_state(()))
        .layer(middleware::from_fn_with_state(state.clone(), layers::outer))
        .with_state(state)
}

/// What the browser may fetch before it is asked for.
const SPECULATION: &str = include_str!("../../public/speculation.json");

/// Every page and every form that a page sends.
pub fn pages() -> Router<AppState> {
    Router::new()
        .route("/", get(landing::landing))
        .route("/theme", post(theme::choose))
        .route("/speculation.json", get(speculation))
        .route("/machine", get(machine_page::machine))
        .route("/bookings", get(booking_pages::list))
        .route("/bookings/{booking_id}", get(booking_pages::detail))
        .route("/bookings/{booking_id}/actions/{action_name}", get(booking_pages::action).post(booking_pages::act))
        .route(
            "/bookings/{booking_id}/actions/{action_name}/photos",
            post(booking_pages::act_with_photos).get(booking_pages::back_to_action).layer(DefaultBodyLimit::disable()),
        )
        .merge(admin::routes())
        .merge(ask::pages::routes())
        .merge(message::routes())
        .merge(offer::routes())
        .merge(search_page::routes())
        .merge(sitemap::routes())
        .merge(service_page::routes())
        .merge(availability_page::routes())
        .merge(sick_day::routes())
        .merge(provider_pages::routes())
}

/// A media type of its own, without which browsers ignore the rules.
async fn speculation() -> impl IntoResponse {
    let headers =
        [(header::CONTENT_TYPE, "application/speculationrules+json"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, SPECULATION)
}
