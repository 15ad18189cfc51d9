//! Finding a service.

use axum::Router;

use crate::server::state::AppState;

/// `/services`.
pub fn routes() -> Router<AppState> {
    Router::new()
}
