//! A whole page as an answer.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::page_end::PageEnd;

/// A rendered page.
#[derive(Debug)]
pub struct Rendered {
    /// All of it.
    pub html: String,
    /// What it ends with.
    pub end: Arc<PageEnd>,
}

/// Says of an answer that its body is a page with this end.
#[derive(Clone, Debug)]
pub struct EndsWith(pub Arc<PageEnd>);

/// A whole page as an answer.
pub fn html(status: StatusCode, page: Rendered) -> Response {
    let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.html).into_response();
    response.extensions_mut().insert(EndsWith(page.end));
    response
}
