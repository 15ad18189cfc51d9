//! The pages: their routes, the shell around them, and what is said when something is wrong.

pub mod landing;
pub mod plain;
pub mod problem;
pub mod shell;
pub mod theme;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};

use crate::admin;
use crate::booking::{ask, machine_page, pages};
use crate::catalogue::{offer, search_page, service_page, sitemap};
use crate::message;
use crate::provider::{availability_page, pages as provider_pages, sick_day};
use crate::server::state::AppState;

pub use problem::error_page;
pub use shell::{Frame, Here, Page};

/// The one script written into a page. The CSP names its hash, so it stays as it is for every page.
pub const BOOT: &str = include_str!("boot.js");

/// What the browser may fetch before it is asked for.
const SPECULATION: &str = include_str!("../public/speculation.json");

/// Every page and every form that a page sends.
pub fn pages() -> Router<AppState> {
    Router::new()
        .route("/", get(landing::landing))
        .route("/theme", post(theme::choose))
        .route("/speculation.json", get(speculation))
        .route("/machine", get(machine_page::machine))
        .route("/bookings", get(pages::list))
        .route("/bookings/{booking_id}", get(pages::detail))
        .route("/bookings/{booking_id}/actions/{action_name}", get(pages::action).post(pages::act))
        .route(
            "/bookings/{booking_id}/actions/{action_name}/photos",
            post(pages::act_with_photos).get(pages::back_to_action).layer(DefaultBodyLimit::disable()),
        )
        .merge(admin::routes())
        .merge(ask::pages::routes())
        .merge(message::routes())
        .merge(offer::routes())
        .merge(search_page::routes())
        .merge(sitemap::routes())
        .merge(service_page::routes())
        .merge(availability_page::routes())
        .merge(sick_day::routes())
        .merge(provider_pages::routes())
}

/// A media type of its own, without which browsers ignore the rules.
async fn speculation() -> impl IntoResponse {
    let headers =
        [(header::CONTENT_TYPE, "application/speculationrules+json"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, SPECULATION)
}
