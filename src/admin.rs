//! What an admin looks after: where the bookings stand, what waits for a person, what failed, and who did what.
//!
//! An admin acts on a booking on the booking's own page, by the same table as everybody.

mod categories;
mod dashboard;
mod disputes;
mod history;
mod letters;
pub mod model;
pub mod store;
mod words;
mod work;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};

use crate::account::viewer::Viewer;
use crate::app::problem::answer;
use crate::app::{Frame, Here};
use crate::error::AppError;
use crate::server::context::RequestContext;
use crate::server::state::AppState;

/// The dashboard's address.
const HOME: &str = "/admin";

/// `/admin` and what is below it, but for the providers' applications.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(HOME, get(dashboard::show))
        .route(disputes::PATH, get(disputes::show))
        .route(history::PATH, get(history::show))
        .route(categories::PATH, get(categories::show))
        .route(work::PATH, get(work::show))
        .route(work::RETRY, post(work::retry))
}

/// The frame for an admin; for everybody else there is nothing here.
///
/// # Errors
/// The whole answer: to the sign-in page, that nothing is here, or that the database is away.
pub async fn require(ctx: &RequestContext, next: &str) -> Result<(Frame, Viewer), Response> {
    let (frame, viewer) = Frame::require(ctx, Here::Admin, next).await?;
    if viewer.is_admin { Ok((frame, viewer)) } else { Err(answer(&frame, next, AppError::not_found())) }
}
