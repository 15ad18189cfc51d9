//! What an admin looks after: where the bookings stand, what waits for a person, what failed, and who did what.
//!
//! An admin acts on a booking on the booking's own page, by the same table as everybody.

mod categories;
mod dashboard;
mod dead_letters;
mod disputes;
mod history;
mod home;
mod labels;
pub mod model;
pub mod store;
mod work;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};

use crate::booking::machine::Table;
use crate::booking::store::handover::Handover;
use crate::web::kit::Kit;
use home::HOME;

/// `/admin` and what is below it, but for the providers' applications.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Table<'static>: FromRef<S>,
    Handover: FromRef<S>,
{
    Router::new()
        .route(HOME, get(dashboard::show))
        .route(disputes::PATH, get(disputes::show))
        .route(history::PATH, get(history::show))
        .route(categories::PATH, get(categories::show))
        .route(work::PATH, get(work::show))
        .route(work::RETRY, post(work::retry))
}
