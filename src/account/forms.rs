//! The forms of accounts as they work without WASM: sign in, sign out, light or dark.

use axum::Router;
use axum::extract::{Form, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::pages::{SignInForm, sign_in_page};
use super::{session, sign_in};
use crate::app::theme::Theme;
use crate::error::AppError;
use crate::server::context::RequestContext;
use crate::server::render;
use crate::server::state::AppState;

/// Where people go who have signed in and came from nowhere in particular.
const HOME: &str = "/bookings";

/// The longest local address that is followed, in bytes.
const LONGEST: usize = 1024;

/// `/sign-in`, `/sign-out` and `/theme`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/sign-in", get(show_sign_in).post(post_sign_in))
        .route("/sign-out", post(post_sign_out))
        .route("/theme", post(post_theme))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    email: String,
    #[serde(default)]
    next: String,
}

async fn show_sign_in(ctx: RequestContext, Query(Asked { email, next }): Query<Asked>) -> Result<Response, AppError> {
    if ctx.viewer().await?.is_some() {
        return Ok(see_other(local(&next).unwrap_or(HOME)));
    }
    let form = SignInForm { email, error: None, next, demo: ctx.state.config.demo };
    Ok(render::html(StatusCode::OK, sign_in_page(Theme::of(&ctx.headers), form)))
}

#[derive(Deserialize)]
struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

async fn post_sign_in(ctx: RequestContext, Form(sent): Form<Credentials>) -> Response {
    let Credentials { email, password, next } = sent;
    match sign_in::sign_in(&ctx, &email, password).await {
        Ok(cookie) => with_cookie(see_other(local(&next).unwrap_or(HOME)), cookie),
        Err(error) => {
            let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            let form = SignInForm { email, error: Some(error.message), next, demo: ctx.state.config.demo };
            let mut response = render::html(status, sign_in_page(Theme::of(&ctx.headers), form));
            if let Some(seconds) = error.retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
    }
}

async fn post_sign_out(ctx: RequestContext) -> Result<Response, AppError> {
    Ok(with_cookie(see_other("/"), session::end(&ctx).await?))
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    theme: String,
}

async fn post_theme(ctx: RequestContext, Form(Chosen { theme }): Form<Chosen>) -> Result<Response, AppError> {
    if !["light", "dark", "system"].contains(&theme.as_str()) {
        return Err(AppError::bad_field("theme", "theme_unknown", "Choose light, dark or system."));
    }
    let secure = if ctx.state.config.https() { "; Secure" } else { "" };
    let cookie = format!("theme={theme}; Path=/; Max-Age=31536000; SameSite=Lax{secure}");
    let cookie = HeaderValue::try_from(cookie).map_err(|_| AppError::fault())?;
    Ok(with_cookie(see_other(&came_from(&ctx.headers).unwrap_or_else(|| "/".into())), cookie))
}

/// The page here on which the form stood.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let referer: Uri = text(header::REFERER)?.parse().ok()?;
    if referer.authority()?.as_str() != text(header::HOST)? {
        return None;
    }
    local(referer.path_and_query()?.as_str()).map(str::to_owned)
}

/// The address, if it stays on this site whatever a browser makes of it: `//host`, `/\host` and tabs do not.
pub fn local(next: &str) -> Option<&str> {
    let bytes = next.as_bytes();
    let plain = bytes.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'\\');
    (bytes.len() <= LONGEST && plain && next.starts_with('/') && !next.starts_with("//")).then_some(next)
}

fn see_other(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
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
        let long = format!("/{}", "a".repeat(LONGEST));
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

    #[test]
    fn a_form_leads_back_to_its_own_page_and_to_no_other_site() {
        let headers = |referer: &'static str| {
            let pairs = [(header::HOST, "a.test:3000"), (header::REFERER, referer)];
            pairs.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect::<HeaderMap>()
        };
        assert_eq!(came_from(&headers("http://a.test:3000/bookings?page=2")).as_deref(), Some("/bookings?page=2"));
        assert_eq!(came_from(&headers("http://b.test:3000/bookings")), None);
        assert_eq!(came_from(&headers("http://a.test:3000//evil.test")), None);
        assert_eq!(came_from(&HeaderMap::new()), None);
    }
}
