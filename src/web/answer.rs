//! How an error is answered: JSON below `/api`, a page elsewhere; never a framework's own words.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::problem::error_page;
use super::shell::PageContext;
use super::urls;
use crate::error::{AppError, ErrorKind};

/// Carries the error outwards to [`render_errors`], which knows whether a page or JSON was asked for.
impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let mut response = status(&self).into_response();
        response.extensions_mut().insert(Carried(Box::new(self)));
        response
    }
}

#[derive(Clone)]
struct Carried(Box<AppError>);

/// The context of the page that a request is about to show, once it is known: an error's page is rendered in it.
#[derive(Clone, Debug, Default)]
pub struct ShownPage(Arc<Mutex<Option<PageContext>>>);

impl ShownPage {
    /// Says in which context the page is rendered.
    pub fn set(&self, page: &PageContext) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(page.clone());
    }

    fn take(&self) -> Option<PageContext> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Whether the path belongs to programs rather than people.
pub fn is_api(path: &str) -> bool {
    path.starts_with("/api/") || path == "/api"
}

/// Gives every error its final form. What a framework answered by itself is put into our own words.
pub async fn render_errors(mut request: Request, next: Next) -> Response {
    let api = is_api(request.uri().path());
    let bare = PageContext::bare(request.headers());
    let shown = ShownPage::default();
    request.extensions_mut().insert(shown.clone());
    let mut response = next.run(request).await;
    let error = match response.extensions_mut().remove::<Carried>() {
        Some(Carried(error)) => *error,
        None if is_bare_error(&response) => worded(response.status()),
        None => return response,
    };
    let mut rendered = if api { json(&error) } else { page(&shown.take().unwrap_or(bare), error) };
    // `Allow`, `Set-Cookie` and the like stay.
    for (name, value) in response.headers() {
        if ![header::CONTENT_TYPE, header::CONTENT_LENGTH].contains(name) {
            rendered.headers_mut().append(name, value.clone());
        }
    }
    rendered
}

/// The error as JSON.
pub fn json(error: &AppError) -> Response {
    finish(error, (status(error), Json(error)).into_response())
}

/// The error as a page: for somebody who has to sign in first or to go elsewhere, the way there.
fn page(page: &PageContext, error: AppError) -> Response {
    match (error.status, &error.return_to) {
        (401, Some(next)) => sign_in(next),
        (303, Some(path)) => Redirect::to(path).into_response(),
        _ => finish(&error.clone(), error_page(page, error)),
    }
}

/// To the sign-in page, and from there to `next`.
pub fn sign_in(next: &str) -> Response {
    Redirect::to(&format!("/sign-in?next={}", urls::query(next))).into_response()
}

fn finish(error: &AppError, mut response: Response) -> Response {
    if let Some(seconds) = error.retry_after_seconds {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// An error that none of our own code has written.
fn is_bare_error(response: &Response) -> bool {
    let ours = |kind: &HeaderValue| {
        [&b"text/html"[..], b"application/json"].iter().any(|ours| kind.as_bytes().starts_with(ours))
    };
    let failed = response.status().is_client_error() || response.status().is_server_error();
    failed && !response.headers().get(header::CONTENT_TYPE).is_some_and(ours)
}

fn worded(status: StatusCode) -> AppError {
    let error = match status.as_u16() {
        404 => AppError::not_found(),
        405 => AppError::new(ErrorKind::WrongMethod, "wrong_method", "This address cannot be used in that way."),
        413 => too_large(),
        415 => wrong_type(),
        400..=499 => AppError::bad_input(Vec::new()),
        _ => AppError::fault(),
    };
    AppError { status: status.as_u16(), ..error }
}

/// More was sent than any form of ours needs.
pub fn too_large() -> AppError {
    AppError::new(ErrorKind::TooLarge, "too_large", "That is more than can be sent at once. Shorten it and try again.")
}

/// Something other than a form was sent.
pub fn wrong_type() -> AppError {
    let message = "Send this as a form: application/x-www-form-urlencoded.";
    AppError::new(ErrorKind::WrongType, "wrong_content_type", message)
}
