//! A whole page as an answer.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A whole page as an answer.
pub fn html(status: StatusCode, page: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}
