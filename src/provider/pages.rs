//! Becoming a provider, the provider's own page, and what everybody sees of them.

use axum::Router;

use crate::server::state::AppState;

/// `/onboarding`, `/provider`, `/providers/{id}` and `/admin/providers`.
pub fn routes() -> Router<AppState> {
    Router::new()
}
