//! Becoming a provider, the provider's own page, and what everybody sees of them.

mod admin;
mod dashboard;
mod onboarding;
mod own_profile;
mod profile;
mod words;

use axum::Router;
use axum::routing::{get, post};

use crate::server::state::AppState;

/// `/onboarding`, `/provider`, `/providers/{id}` and `/admin/providers`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/onboarding", get(onboarding::show))
        .route("/onboarding/{action}", post(onboarding::act))
        .route("/provider", get(dashboard::show))
        .route("/provider/requests/{action}", post(dashboard::act))
        .route("/provider/profile", get(own_profile::show).post(own_profile::save))
        .route("/providers/{id}", get(profile::show))
        .route("/admin/providers", get(admin::queue))
        .route("/admin/providers/{id}", get(admin::one))
        .route("/admin/providers/{id}/{action}", post(admin::act))
}
