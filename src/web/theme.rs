//! The appearance: the system's, or the one that was chosen, kept in a cookie.

use axum::Form;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use strum::{EnumString, IntoStaticStr};

use super::cookies;
use super::urls::path_of;
use crate::error::AppError;

/// The cookie's name.
pub const COOKIE: &str = "theme";

/// How long a choice is remembered, in seconds.
const YEAR_SECONDS: i64 = 365 * 24 * 60 * 60;

/// What a page looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The theme of the request's cookie.
    pub fn of(headers: &HeaderMap) -> Self {
        let jar = CookieJar::from_headers(headers);
        jar.get(COOKIE).and_then(|cookie| cookie.value().parse().ok()).unwrap_or_default()
    }

    /// The theme's name in the style sheet; none follows the system.
    pub fn data_theme(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("gigsta-light"),
            Self::Dark => Some("gigsta-dark"),
        }
    }

    /// Its value in the form and the cookie.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// The form with the three choices.
#[derive(Debug, Deserialize)]
pub struct ThemeForm {
    #[serde(default)]
    theme: Theme,
}

/// Remembers the choice for a year and goes back to where it was made.
///
/// # Errors
/// 500 when the cookie could not be written, which no theme causes.
pub async fn choose(headers: HeaderMap, Form(form): Form<ThemeForm>) -> Result<Response, AppError> {
    let cookie = match form.theme {
        Theme::System => cookies::build(COOKIE, "", 0),
        chosen => cookies::build(COOKIE, chosen.name(), YEAR_SECONDS),
    };
    let cookie = [(header::SET_COOKIE, cookies::header(cookie)?)];
    Ok((cookie, Redirect::to(&back(&headers))).into_response())
}

/// The path of the page before, never another site.
fn back(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    path_of(referer).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, header::HeaderValue::from_static(value))])
    }

    #[test]
    fn the_cookie_says_the_theme_and_nonsense_is_the_systems() {
        assert_eq!(Theme::of(&with(header::COOKIE, "a=b; theme=dark")), Theme::Dark);
        assert_eq!(Theme::of(&with(header::COOKIE, "theme=\"><script>")), Theme::System);
        assert_eq!(Theme::of(&HeaderMap::new()), Theme::System);
    }

    #[test]
    fn one_goes_back_to_the_page_and_never_to_another_site() {
        assert_eq!(back(&with(header::REFERER, "http://x.test/bookings?status=quoted")), "/bookings?status=quoted");
        assert_eq!(back(&with(header::REFERER, "http://x.test//evil.test")), "/");
        assert_eq!(back(&HeaderMap::new()), "/");
    }
}
