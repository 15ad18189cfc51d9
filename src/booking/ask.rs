//! Asking for a service: from a free time to a request.

use axum::Router;

use crate::server::state::AppState;

/// `/book/{slug}` and below.
pub fn routes() -> Router<AppState> {
    Router::new()
}
