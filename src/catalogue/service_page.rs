//! One service, as everybody sees it.

use axum::Router;

use crate::server::state::AppState;

/// `/services/{slug}` and the photos.
pub fn routes() -> Router<AppState> {
    Router::new()
}
