//! How a page is sent: compressed, and not at all to whoever has it already.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::AppError;
use crate::web::brotli::{self, Effort};
use crate::web::etag;
use crate::web::page_end::PageEnd;
use crate::web::render::EndsWith;

/// The most pages for everybody that are kept compressed.
const MOST: usize = 256;

/// Pages for everybody as brotli, by the tag of their content.
static COMPRESSED: LazyLock<Mutex<HashMap<String, Bytes>>> = LazyLock::new(Mutex::default);

/// Sends a page as brotli to whoever takes it. One that caches may keep gets a tag of its content, and is not sent to whoever has
/// it. Answers that are no page, and pages for those who take no brotli, are left as they are.
pub async fn send_pages(request: Request, next: Next) -> Response {
    let asked = asked(request.headers());
    let takes_brotli = takes_brotli(&asked);
    let (mut parts, body) = next.run(request).await.into_parts();
    let Some(EndsWith(end)) = parts.extensions.remove::<EndsWith>() else {
        return Response::from_parts(parts, body);
    };
    // It lies there in one piece.
    let Ok(html) = to_bytes(body, usize::MAX).await else {
        return AppError::fault().into_response();
    };
    // In answer to HEAD there is nothing.
    let Some(own) = html.len().checked_sub(end.html.len()).and_then(|length| html.get(..length)) else {
        return Response::from_parts(parts, Body::empty());
    };
    parts.headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if parts.headers.contains_key(header::SET_COOKIE) {
        // What sets a cookie is for one person, whatever else it says.
        parts.headers.remove(header::CACHE_CONTROL);
    }
    let tag = is_public(&parts.headers).then(|| etag::tag(&html));
    if let Some(tag) = &tag {
        // Weak: the same for every encoding.
        if let Ok(value) = HeaderValue::try_from(format!("W/\"{tag}\"")) {
            parts.headers.insert(header::ETAG, value);
        }
        if etag::is_known(&asked, tag) {
            parts.status = StatusCode::NOT_MODIFIED;
            parts.headers.remove(header::CONTENT_TYPE);
            parts.headers.remove(header::CONTENT_LENGTH);
            return Response::from_parts(parts, Body::empty());
        }
    }
    let compressed = if takes_brotli { compress(own, &end, tag) } else { None };
    let Some(compressed) = compressed else {
        return Response::from_parts(parts, Body::from(html));
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    Response::from_parts(parts, Body::from(compressed))
}

/// What of a request decides how its answer is sent.
fn asked(headers: &HeaderMap) -> HeaderMap {
    [header::ACCEPT_ENCODING, header::IF_NONE_MATCH]
        .iter()
        .flat_map(|name| headers.get_all(name).iter().map(|value| (name.clone(), value.clone())))
        .fold(HeaderMap::new(), |mut asked, (name, value)| {
            asked.append(name, value);
            asked
        })
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|encoding| {
        let (name, weight) = encoding.split_once(';').unwrap_or((encoding, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()).unwrap_or(1.0_f32);
        name.trim().eq_ignore_ascii_case("br") && weight > 0.0
    })
}

/// Whether caches may keep it.
fn is_public(headers: &HeaderMap) -> bool {
    headers.get(header::CACHE_CONTROL).is_some_and(|value| value.as_bytes().starts_with(b"public"))
}

/// The page as brotli; nothing if it cannot be compressed. What everybody gets is compressed once.
fn compress(own: &[u8], end: &PageEnd, tag: Option<String>) -> Option<Bytes> {
    let fresh = |effort| Some(Bytes::from(brotli::with_end(own, end.brotli()?, effort).ok()?));
    let Some(tag) = tag else {
        return fresh(Effort::Once);
    };
    let pages = || COMPRESSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = pages().get(&tag) {
        return Some(known.clone());
    }
    let fresh = fresh(Effort::Often)?;
    let mut pages = pages();
    if pages.len() >= MOST {
        pages.clear();
    }
    pages.insert(tag, fresh.clone());
    Some(fresh)
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;
    use crate::web::render::{self, Rendered};
    use crate::web::theme::Theme;

    #[tokio::test]
    async fn what_sets_a_cookie_is_never_kept_for_others() {
        let page = |cookie: bool| async move {
            let end = PageEnd::of(Theme::System, &[]);
            let html = format!("<p>Mine</p>{}", end.html);
            let mut response = render::html(StatusCode::OK, Rendered { html, end });
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
            if cookie {
                response.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_static("session=1"));
            }
            response
        };
        for cookie in [false, true] {
            let router: Router = Router::new().route("/", get(move || page(cookie))).layer(from_fn(send_pages));
            let answer = router.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
            for name in [header::CACHE_CONTROL, header::ETAG] {
                assert_eq!(answer.headers().contains_key(&name), !cookie, "{name}");
            }
        }
    }

    #[test]
    fn brotli_is_for_those_who_say_that_they_take_it() {
        let takes = |value: &'static str| {
            takes_brotli(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]))
        };
        assert!(["br", "gzip, deflate, br, zstd", "gzip;q=1.0, BR ; q=0.5"].iter().all(|value| takes(value)));
        assert!(["", "gzip", "br;q=0", "br; q=0.0", "brotli", "identity"].iter().all(|value| !takes(value)));
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}
