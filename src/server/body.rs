//! What may be sent to us: forms of a bounded size, in UTF-8, and photos and files where they are asked for.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::state::AppState;
use crate::booking::machine::inputs;
use crate::error::AppError;
use crate::message::rules::MAX_MESSAGE_PHOTO_BYTES;
use crate::photos::{self, MAX_PHOTO_BYTES};
use crate::provider::fetch;
use crate::time::Timestamp;
use crate::web::answer;

/// The most that a form may weigh, in bytes. Handlers receive less than this or nothing.
pub const MAX_FORM_BYTES: usize = 64 * 1024;

/// How much of an oversized body is read and thrown away, in bytes, so that its sender comes to read the answer.
const DRAIN_BYTES: usize = 4 * 1024 * 1024;

/// The same for a photo: a large one from a camera is still read to its end.
const PHOTO_DRAIN_BYTES: usize = 64 * 1024 * 1024;

/// Where files may be sent instead of forms: the end of the path, the most that all of it may weigh with the few fields
/// beside it, how much of what is too much is read, and how many turns it takes. The first that fits counts.
/// A mail program that ends mails in its reader's name sends a small form in the same shape (RFC 8058).
const UPLOADS: [(&str, usize, usize, u32); 5] = [
    ("/actions/add_evidence/photos", inputs::MAX_PHOTOS * MAX_PHOTO_BYTES + MAX_FORM_BYTES, PHOTO_DRAIN_BYTES, 4),
    ("/photos", MAX_PHOTO_BYTES + MAX_FORM_BYTES, PHOTO_DRAIN_BYTES, 1),
    // The photos of one message together.
    ("/messages", MAX_MESSAGE_PHOTO_BYTES + MAX_FORM_BYTES, PHOTO_DRAIN_BYTES, 2),
    ("/files", fetch::MAX_BYTES + MAX_FORM_BYTES, DRAIN_BYTES, 1),
    ("/one-click", MAX_FORM_BYTES, DRAIN_BYTES, 1),
];

/// How many files are received at once: what they hold in memory is bounded, whoever sends them. Guests have turns of their own, so
/// that nobody without an account keeps those who have one waiting.
static TURNS: Semaphore = Semaphore::const_new(16);
static GUESTS_TURNS: Semaphore = Semaphore::const_new(4);
/// Below this path guests send photos, too.
const GUESTS: &str = "/book/";

/// What a sender may take for a file: so long, and a second more for each of so many bytes.
const GRACE: Duration = Duration::from_secs(15);
const LEAST_BYTES_A_SECOND: usize = 20_000;

/// How long a file waits until it is received, before its sender is asked to come back.
const PATIENCE: Duration = Duration::from_secs(20);

enum Sent {
    Whole(Bytes),
    TooLarge,
    Broken,
}

/// Reads the whole body of a write before anything is done, and refuses what is no form. Of a file that nobody who is signed in sends
/// nothing is kept: the page that it is sent to refuses it.
pub async fn forms_only(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
    let path = parts.uri.path();
    let upload = UPLOADS.iter().find(|(ending, ..)| path.ends_with(ending) && is(kind, b"multipart/form-data"));
    let length = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let is_small = length.is_some_and(|length: usize| length <= MAX_FORM_BYTES);
    let (max_bytes, drain_bytes, turns) = match upload {
        Some((_, max_bytes, drain_bytes, turns)) if !is_small => (*max_bytes, *drain_bytes, *turns),
        // A form, or what costs no more than one: a message without photos.
        _ => (MAX_FORM_BYTES, DRAIN_BYTES, 0),
    };
    let _turn = if turns > 0 {
        let turns_of_whom = match state.visitors.visit(&parts.headers, Timestamp::now()).await {
            Ok(Some(_)) => &TURNS,
            Ok(None) if path.starts_with(GUESTS) => &GUESTS_TURNS,
            Ok(None) => {
                // Read to its end, so that its sender comes to read the answer.
                _ = read(body, 0, drain_bytes).await;
                return next.run(Request::from_parts(parts, Body::empty())).await;
            }
            Err(error) => return error.into_response(),
        };
        match tokio::time::timeout(PATIENCE, turns_of_whom.acquire_many(turns)).await {
            Ok(Ok(turn)) => Some(turn),
            _ => return photos::too_many().into_response(),
        }
    } else {
        None
    };
    let bytes = match read(body, max_bytes, drain_bytes).await {
        Sent::Whole(bytes) => bytes,
        Sent::TooLarge if upload.is_some() && takes_photos(path) => return photos::too_heavy().into_response(),
        Sent::TooLarge => return answer::too_large().into_response(),
        Sent::Broken => return AppError::bad_input(Vec::new()).into_response(),
    };
    if upload.is_some() {
        return next.run(Request::from_parts(parts, Body::from(bytes))).await;
    }
    if !bytes.is_empty() && !is(kind, b"application/x-www-form-urlencoded") {
        return answer::wrong_type().into_response();
    }
    if std::str::from_utf8(&bytes).is_err() {
        return AppError::bad_input(Vec::new()).into_response();
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

/// Whether photos may be sent to this address.
pub fn takes_photos(path: &str) -> bool {
    path.ends_with("/photos") || path.ends_with("/messages")
}

fn is(kind: &[u8], wanted: &[u8]) -> bool {
    let essence = kind.split(|byte| *byte == b';').next().unwrap_or_default();
    essence.trim_ascii().eq_ignore_ascii_case(wanted)
}

async fn read(mut body: Body, max_bytes: usize, drain_bytes: usize) -> Sent {
    let (mut kept, mut seen) = (Vec::new(), 0);
    let began = Instant::now();
    loop {
        let frame = match tokio::time::timeout_at(began + allowed(seen), body.frame()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(None) => break,
            // It broke off, or comes so slowly that others wait for it.
            Ok(Some(Err(_))) | Err(_) => return Sent::Broken,
        };
        let Ok(data) = frame.into_data() else {
            continue;
        };
        seen += data.len();
        if seen <= max_bytes {
            kept.extend_from_slice(&data);
        } else if seen > drain_bytes {
            break;
        } else {
            kept = Vec::new();
        }
    }
    if seen > max_bytes { Sent::TooLarge } else { Sent::Whole(kept.into()) }
}

/// How long a body may take until it has so many bytes.
fn allowed(bytes: usize) -> Duration {
    GRACE + Duration::from_secs(u64::try_from(bytes / LEAST_BYTES_A_SECOND).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_known_with_and_without_its_charset() {
        let form = |kind| is(kind, b"application/x-www-form-urlencoded");
        assert!(form(b"application/x-www-form-urlencoded"));
        assert!(form(b"Application/X-WWW-Form-Urlencoded; charset=UTF-8"));
        assert!(!form(b"application/json") && !form(b"") && !form(b"text/plain"));
    }

    #[test]
    fn a_photo_over_a_slow_mobile_line_is_waited_for_and_a_drip_is_not() {
        assert!(allowed(MAX_PHOTO_BYTES) > Duration::from_secs(180), "longer than the whole request may take");
        assert!(allowed(1_000) < Duration::from_secs(20));
    }

    #[tokio::test]
    async fn a_body_at_the_limit_is_whole_and_one_byte_more_is_too_large() {
        let sent = |bytes| read(Body::from(vec![b'a'; bytes]), MAX_FORM_BYTES, DRAIN_BYTES);
        assert!(matches!(sent(MAX_FORM_BYTES).await, Sent::Whole(bytes) if bytes.len() == MAX_FORM_BYTES));
        assert!(matches!(sent(MAX_FORM_BYTES + 1).await, Sent::TooLarge));
    }
}
