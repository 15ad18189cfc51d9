//! The forms of accounts as they work without WASM: sign in, sign out.

use axum::Router;
use axum::extract::FromRef;
use axum::extract::{Form, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use super::pages::{SignInForm, sign_in_page};
use super::{session, sign_in};
use crate::account::AccountContext;
use crate::account::Credentials;
use crate::error::AppError;
use crate::web::PageContext;
use crate::web::kit::Kit;
use crate::web::plain;
use crate::web::plain::{see_other, with_retry};
use crate::web::render;

/// Where people go who have signed in and came from nowhere in particular.
const HOME: &str = "/bookings";

/// The longest local address that is followed, in bytes.
const MAX_PATH_BYTES: usize = 1024;

/// `/sign-in` and `/sign-out`.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Credentials: FromRef<S>,
{
    Router::new().route("/sign-in", get(show_sign_in).post(post_sign_in)).route("/sign-out", post(post_sign_out))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    changed: String,
}

async fn show_sign_in(ctx: AccountContext, page: PageContext, Query(asked): Query<Asked>) -> Response {
    let Asked { next, email, changed } = asked;
    if page.viewer.is_some() {
        return see_other(local(&next).unwrap_or(HOME));
    }
    let (demo, changed) = (ctx.kit.site.demo, !changed.is_empty());
    let form = SignInForm { email, error: None, next: kept(next), demo, changed };
    render::html(StatusCode::OK, sign_in_page(page, form))
}

/// The address to go on to, if the form holds one.
fn kept(next: String) -> Option<String> {
    (!next.is_empty()).then_some(next)
}

#[derive(Deserialize)]
struct SignIn {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

async fn post_sign_in(ctx: AccountContext, Form(sent): Form<SignIn>) -> Response {
    let SignIn { email, password, next } = sent;
    match sign_in::sign_in(&ctx, &email, password).await {
        Ok(cookie) => with_cookie(see_other(local(&next).unwrap_or(HOME)), cookie),
        Err(error) => {
            let status = plain::status(&error);
            let demo = ctx.kit.site.demo;
            let form = SignInForm { email, error: Some(error.clone()), next: kept(next), demo, changed: false };
            // Without a read of the database: it may be what failed.
            let page = PageContext::bare(&ctx.headers);
            with_retry(render::html(status, sign_in_page(page, form)), Some(&error))
        }
    }
}

async fn post_sign_out(ctx: AccountContext) -> Result<Response, AppError> {
    Ok(with_cookie(see_other("/"), session::end(&ctx).await?))
}

/// The address, if it stays on this site whatever a browser makes of it: `//host`, `/\host` and tabs do not.
pub fn local(next: &str) -> Option<&str> {
    let bytes = next.as_bytes();
    let plain = bytes.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'\\');
    (bytes.len() <= MAX_PATH_BYTES && plain && next.starts_with('/') && !next.starts_with("//")).then_some(next)
}

fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_on_this_site_are_followed() {
        for fine in ["/", "/bookings", "/bookings/1?status=requested&x=%0A#history"] {
            assert_eq!(local(fine), Some(fine));
        }
        let long = format!("/{}", "a".repeat(MAX_PATH_BYTES));
        for wrong in [
            "",
            "bookings",
            "//evil.test",
            "/\\evil.test",
            "/\t/evil.test",
            "https://evil.test",
            "/\r\nx: y",
            "/é",
            &long,
        ] {
            assert_eq!(local(wrong), None, "{wrong:?}");
        }
    }
}
