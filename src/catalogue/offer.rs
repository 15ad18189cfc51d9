//! A provider's pages of their own services: write, show, publish, archive.

use axum::Router;

use crate::server::state::AppState;

/// `/provider/services` and below.
pub fn routes() -> Router<AppState> {
    Router::new()
}
