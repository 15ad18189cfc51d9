//! What may be sent to us: forms of a bounded size, in UTF-8.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;

use super::answer;
use crate::error::AppError;

/// The most that a form may weigh, in bytes. Handlers receive less than this or nothing.
pub const LIMIT: usize = 64 * 1024;

/// How much of an oversized body is read and thrown away, in bytes, so that its sender comes to read the answer.
const DRAIN: usize = 4 * 1024 * 1024;

enum Sent {
    Whole(Bytes),
    TooLarge,
    Broken,
}

/// Reads the whole body of a write before anything is done, and refuses what is no form.
pub async fn forms_only(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let bytes = match read(body).await {
        Sent::Whole(bytes) => bytes,
        Sent::TooLarge => return answer::too_large().into_response(),
        Sent::Broken => return AppError::bad_input(Vec::new()).into_response(),
    };
    let kind = parts.headers.get(header::CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
    if !bytes.is_empty() && !is_form(kind) {
        return answer::wrong_type().into_response();
    }
    if std::str::from_utf8(&bytes).is_err() {
        return AppError::bad_input(Vec::new()).into_response();
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

fn is_form(kind: &[u8]) -> bool {
    let essence = kind.split(|byte| *byte == b';').next().unwrap_or_default();
    essence.trim_ascii().eq_ignore_ascii_case(b"application/x-www-form-urlencoded")
}

async fn read(mut body: Body) -> Sent {
    let (mut kept, mut seen) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Sent::Broken;
        };
        let Ok(data) = frame.into_data() else {
            continue;
        };
        seen += data.len();
        if seen <= LIMIT {
            kept.extend_from_slice(&data);
        } else if seen > DRAIN {
            break;
        }
    }
    if seen > LIMIT { Sent::TooLarge } else { Sent::Whole(kept.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_known_with_and_without_its_charset() {
        assert!(is_form(b"application/x-www-form-urlencoded"));
        assert!(is_form(b"Application/X-WWW-Form-Urlencoded; charset=UTF-8"));
        assert!(!is_form(b"application/json") && !is_form(b"") && !is_form(b"text/plain"));
    }

    #[tokio::test]
    async fn a_body_at_the_limit_is_whole_and_one_byte_more_is_too_large() {
        assert!(matches!(read(Body::from(vec![b'a'; LIMIT])).await, Sent::Whole(bytes) if bytes.len() == LIMIT));
        assert!(matches!(read(Body::from(vec![b'a'; LIMIT + 1])).await, Sent::TooLarge));
    }
}
