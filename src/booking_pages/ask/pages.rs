//! The routes of asking.

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};

use super::{choose, guest, photos, picker, review, send};
use crate::account::Credentials;
use crate::booking::machine::Table;
use crate::booking::store::handover::Handover;
use crate::photos::Photos;
use crate::web::kit::Kit;

/// `/book/{slug}` and below.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Table<'static>: FromRef<S>,
    Handover: FromRef<S>,
    Photos: FromRef<S>,
    Credentials: FromRef<S>,
{
    Router::new()
        .route("/book/{slug}", get(choose::show).post(choose::choose))
        .route("/book/{slug}/days", get(picker::days))
        .route("/book/{slug}/review", get(review::show))
        .route("/book/{slug}/send", post(send::post))
        .route("/book/{slug}/photos", post(photos::post))
        .route("/book/{slug}/guest", post(guest::post))
        .route("/book/continue/{token}", get(guest::show).post(guest::finish))
}
