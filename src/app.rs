//! The route table and the error page.

use axum::Router;
use leptos::prelude::*;

use crate::error::AppError;
use crate::server::render;
use crate::server::state::AppState;

/// The inline script.
pub const BOOT: &str = "";

/// Every page.
pub fn pages() -> Router<AppState> {
    Router::new()
}

/// The page of an error.
pub fn error_page(error: &AppError, request_id: &str) -> String {
    let (message, request_id) = (error.message.clone(), request_id.to_owned());
    render::to_html(move || view! { <p role="alert">{message}</p><p>{request_id}</p> })
}
