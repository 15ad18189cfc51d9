//! A provider's week: hours, days off, other calendars.

use axum::Router;

use crate::server::state::AppState;

/// `/provider/availability` and below.
pub fn routes() -> Router<AppState> {
    Router::new()
}
