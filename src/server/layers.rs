//! What happens around every request: its id, its line in the log, the security headers, and the limits.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tracing::Instrument;

use super::body;
use super::log_paths::loggable;
use super::state::AppState;
use crate::error::{AppError, ErrorKind};
use crate::web::request_id;

/// After this long an answer is given up.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The same for a photo: ten megabytes over a slow mobile line.
const PHOTO_TIMEOUT: Duration = Duration::from_secs(180);

/// The outermost layer: the id, the log line, and headers that every answer needs.
pub async fn outer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id::choose(request.headers());
    let span = tracing::info_span!("request", %id, method = %request.method(), path = loggable(request.uri().path()));
    let mut response = request_id::scope(id.clone(), next.run(request)).instrument(span.clone()).await;
    let (status, ms) = (response.status().as_u16(), started.elapsed().as_secs_f64() * 1000.0);
    span.in_scope(|| match status {
        // Its cause has a line of its own.
        503 => tracing::warn!(status, ms, "answered"),
        500.. => tracing::error!(status, ms, "answered"),
        400.. => tracing::info!(status, ms, "answered"),
        _ => tracing::debug!(status, ms, "answered"),
    });
    protect(response.headers_mut(), state.config.https());
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(request_id::HEADER, id);
    }
    response
}

/// Turns a panic into a 500. The layer of tower-http would do it too, but what it needs makes that crate log whole
/// addresses, secrets included, at the level `trace`.
pub async fn catch_panic(request: Request, next: Next) -> Response {
    AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(panicked)
}

/// What a panic carries: mostly its message.
type Panic = Box<dyn Any + Send>;

fn panicked(panic: Panic) -> Response {
    let message = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let message = message.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!(panic = message, "a handler panicked");
    AppError::fault().into_response()
}

/// Turns a stuck request into a 503. The layer of tower-http knows one time for all paths, and answers without a body.
pub async fn timeout(request: Request, next: Next) -> Response {
    within(patience(request.uri().path()), next.run(request)).await
}

fn patience(path: &str) -> Duration {
    if body::takes_photos(path) { PHOTO_TIMEOUT } else { TIMEOUT }
}

async fn within(patience: Duration, answer: impl Future<Output = Response>) -> Response {
    tokio::time::timeout(patience, answer).await.unwrap_or_else(|_| {
        let message = "This took too long and was given up. Look whether it was done before trying again.";
        AppError::new(ErrorKind::Unavailable, "timeout", message).into_response()
    })
}

/// Refuses whatever another site makes a browser send, by `Sec-Fetch-Site` and `Origin`.
pub fn same_origin(base_url: &str) -> CsrfLayer<fn(ProtectionError) -> Response> {
    let layer = CsrfLayer::new();
    // A proxy may rewrite `Host`; what people typed is trusted in any case.
    let layer = layer.add_trusted_origin(base_url).unwrap_or_else(|error| {
        tracing::warn!(%error, "the base address is no origin");
        CsrfLayer::new()
    });
    layer.with_rejection_response(refuse as fn(ProtectionError) -> Response)
}

fn refuse(_: ProtectionError) -> Response {
    let message = "This came from another site, so nothing was done. Open the page here and try again.";
    AppError::new(ErrorKind::Forbidden, "cross_site", message).into_response()
}

/// Sets what the answer has not set itself.
fn protect(headers: &mut HeaderMap, https: bool) {
    const HEADERS: [(HeaderName, &str); 6] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(self), microphone=(), payment=()"),
        // Everything that is not public says so itself.
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(CSP));
    if https {
        let a_year = HeaderValue::from_static("max-age=31536000");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(a_year);
    }
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page {
        headers.insert("speculation-rules", HeaderValue::from_static("\"/speculation.json\""));
    }
}

/// Nothing but our own files. No script is written into a page.
const CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                   object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::StatusCode;
    use axum::routing::get;
    use axum::{Router, middleware};
    use tower::ServiceExt;

    use super::*;
    use crate::web::answer::render_errors;

    #[tokio::test]
    async fn a_panic_is_answered_with_our_words_and_without_its_own() {
        let broken = get(|| async { panic!("the handler's own words") as &'static str });
        let router = Router::new().route("/api/x", broken).layer(middleware::from_fn(catch_panic));
        let router: Router = router.layer(middleware::from_fn(render_errors));
        let answer = router.oneshot(Request::get("/api/x").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = to_bytes(answer.into_body(), 10_000).await.unwrap();
        let error: AppError = serde_json::from_slice(&body).unwrap();
        assert_eq!(error, AppError::fault());
    }

    #[tokio::test]
    async fn a_stuck_request_is_given_up_and_photos_are_waited_for_longer() {
        assert_eq!(within(Duration::ZERO, std::future::pending()).await.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(within(TIMEOUT, async { StatusCode::OK.into_response() }).await.status(), StatusCode::OK);
        assert_eq!((patience("/bookings"), patience("/provider/services/1/photos")), (TIMEOUT, PHOTO_TIMEOUT));
    }

    #[test]
    fn browsers_are_told_to_insist_on_https_only_where_there_is_https() {
        for https in [false, true] {
            let mut headers = HeaderMap::new();
            protect(&mut headers, https);
            assert_eq!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY), https);
        }
    }
}
