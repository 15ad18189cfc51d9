//! Files: the built ones below `/pkg`, whose names carry their hash, and the few public ones.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use tower_http::services::ServeDir;

/// `/pkg/*`: compressed when they were built, and never changing under their name.
pub fn built(site_root: &Path) -> Router {
    let files = ServeDir::new(site_root.join("pkg")).precompressed_br().precompressed_gzip();
    Router::new().nest_service("/pkg", files).layer(middleware::from_fn(async |request: Request, next: Next| {
        let mut response = next.run(request).await;
        cache(&mut response, "public, max-age=31536000, immutable");
        response
    }))
}

/// Every other file of the site's folder, such as `/favicon.svg`; what is not there is a 404.
pub fn public(site_root: &Path) -> Router {
    let files = ServeDir::new(site_root)
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false)
        .call_fallback_on_method_not_allowed(true)
        .fallback(axum::routing::any(async || StatusCode::NOT_FOUND));
    Router::new().fallback_service(files).layer(middleware::from_fn(async |request: Request, next: Next| {
        let mut response = next.run(request).await;
        cache(&mut response, "public, max-age=3600");
        response
    }))
}

/// Only what was found is kept: a 404 may be a file tomorrow.
fn cache(response: &mut Response, how: &'static str) {
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(how));
    }
}
