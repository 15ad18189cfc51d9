//! Becoming a provider, the provider's own page, and what everybody sees of them.

mod admin;
pub mod availability;
mod dashboard;
mod labels;
mod onboarding;
mod own_profile;
pub mod perform;
mod profile;
pub mod sick_day;
pub mod week_form;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};

use crate::booking::machine::Table;
use crate::booking::store::handover::Handover;
use crate::web::kit::Kit;

/// `/onboarding`, `/provider`, `/providers/{id}` and `/admin/providers`.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Table<'static>: FromRef<S>,
    Handover: FromRef<S>,
{
    Router::new()
        .route("/onboarding", get(onboarding::show))
        .route("/onboarding/{action}", post(onboarding::act))
        .route("/provider", get(dashboard::show))
        .route("/provider/requests/{action}", post(dashboard::act))
        .route("/provider/profile", get(own_profile::show).post(own_profile::save))
        .route("/providers/{id}", get(profile::show))
        .route("/admin/providers", get(admin::queue))
        .route("/admin/providers/{id}", get(admin::one))
        .route("/admin/providers/{id}/{action}", post(admin::act))
}
