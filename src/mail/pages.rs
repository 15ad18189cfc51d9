//! The mails of the demo, readable.

use axum::Router;

use crate::server::state::AppState;

/// `/dev/mail`, which does not exist outside of the demo.
pub fn routes() -> Router<AppState> {
    Router::new()
}
