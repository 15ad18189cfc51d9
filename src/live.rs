//! Open pages that receive changes: one change stream a process, a hub that spreads its news, and a stream of
//! server-sent events for each open page. Its script, `web/scripts/live.ts`, looks again when it receives something.
//!
//! Nothing that is sent has to be authorised: an id, a version, or just that something is new. Whoever receives it asks
//! for the page or the booking again, as anybody would.

pub mod events;
pub mod hub;
pub mod news;
mod watch;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::get;

use crate::live::hub::Hub;
use crate::live::news::Sources;
use crate::web::kit::Kit;

/// The addresses of streams.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Hub: FromRef<S>,
    Sources: FromRef<S>,
{
    Router::new()
        .route("/events", get(events::of_person))
        .route("/bookings/{booking_id}/events", get(events::of_booking))
}
