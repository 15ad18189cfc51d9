//! The script of open pages, written into the binary and named by its content.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::IntoResponse;
use sha2::{Digest, Sha256};

/// The script.
pub const SCRIPT: &str = include_str!("live.js");

/// Its address: another content has another one.
pub fn path() -> &'static str {
    static PATH: LazyLock<String> =
        LazyLock::new(|| format!("/live.{}.js", &hex::encode(Sha256::digest(SCRIPT))[..12]));
    &PATH
}

/// `GET` of the script.
pub async fn serve() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, SCRIPT)
}
