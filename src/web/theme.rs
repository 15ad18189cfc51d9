//! The appearance: the system's, or the one that was chosen, kept in a cookie.

use axum::Form;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::guard::path_of;

/// What a page looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
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
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let chosen = cookies.flat_map(|line| line.split(';')).find_map(|cookie| cookie.trim().strip_prefix("theme="));
        match chosen {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
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
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The form with the three choices.
#[derive(Debug, Deserialize)]
pub struct ThemeForm {
    #[serde(default)]
    theme: Theme,
}

/// Remembers the choice for a year and goes back to where it was made.
pub async fn choose(headers: HeaderMap, Form(form): Form<ThemeForm>) -> Response {
    let cookie = match form.theme {
        Theme::System => "theme=; Path=/; Max-Age=0; SameSite=Lax".to_owned(),
        chosen => format!("theme={}; Path=/; Max-Age=31536000; SameSite=Lax", chosen.name()),
    };
    ([(header::SET_COOKIE, cookie)], Redirect::to(&back(&headers))).into_response()
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
