//! Cookies that the site sets.

use axum::http::HeaderValue;
use cookie::time::Duration;
use cookie::{Cookie, CookieBuilder, SameSite};

use crate::error::AppError;

/// A cookie for every page of the site, kept for so many seconds; 0 removes it. Forms of other sites do not carry it along.
pub fn build<'a>(name: &'a str, value: &'a str, seconds: i64) -> CookieBuilder<'a> {
    Cookie::build((name, value)).path("/").max_age(Duration::seconds(seconds)).same_site(SameSite::Lax)
}

/// The value of `Set-Cookie`.
///
/// # Errors
/// 500 when name or value hold what no header may.
pub fn header(cookie: CookieBuilder) -> Result<HeaderValue, AppError> {
    HeaderValue::try_from(cookie.build().to_string()).map_err(|_| AppError::fault())
}
