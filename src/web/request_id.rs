//! Every request has an id: in its answer, in its log lines, and on error pages, so that a person can name it.

use std::future::Future;

use axum::http::HeaderMap;

use crate::ids;

/// The header in which it comes and goes.
pub const HEADER: &str = "x-request-id";

tokio::task_local! {
    static CURRENT: String;
}

/// The sender's own id when it is harmless, else a fresh one.
pub fn choose(headers: &HeaderMap) -> String {
    let sent = headers.get(HEADER).and_then(|value| value.to_str().ok());
    sent.filter(|id| is_sane(id)).map_or_else(ids::random_hex::<10>, str::to_owned)
}

/// Runs a request under its id.
pub async fn scope<T>(id: String, request: impl Future<Output = T>) -> T {
    CURRENT.scope(id, request).await
}

/// The id of the request that is running; empty outside of one.
pub fn current() -> String {
    CURRENT.try_with(String::clone).unwrap_or_default()
}

/// What may stand in headers, logs and pages without harm, and is long enough to be distinguished.
fn is_sane(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
