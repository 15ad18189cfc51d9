//! Open pages that hear what changes: one change stream a process, a hub that spreads its news, a stream of server-sent
//! events for each open page, and the script that looks again when it hears something.
//!
//! Nothing that is sent has to be authorised: an id, a version, or just that something is new. Whoever hears of it asks
//! for the page or the booking again, as anybody would.

pub mod events;
pub mod hub;
pub mod news;
pub mod script;
mod watch;

use axum::Router;
use axum::routing::get;

use crate::server::state::AppState;

/// The addresses of streams and of their script.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/events", get(events::of_person))
        .route("/bookings/{booking_id}/events", get(events::of_booking))
        .route(script::path(), get(script::serve))
}
