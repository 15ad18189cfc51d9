//! Who sees a page, and who may: extractors whose rejection is an error that [`super::answer`] turns into a page.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum_extra::extract::cookie::CookieJar;

use super::context::RequestContext;
use super::kit::Kit;
use super::page::{NavItem, PageContext};
use super::theme::{self, Theme};
use super::urls::path_of;
use super::viewer::Viewer;
use super::zone::{self, browser_zone};
use crate::error::AppError;
use crate::time::Timestamp;

impl PageContext {
    /// The page of a request: one read of the database.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn load(ctx: &RequestContext) -> Result<Self, AppError> {
        // By the machine's own clock, which nobody moves: it is compared with when changes were received.
        let asked_at = Timestamp::now();
        let base_url = ctx.kit.site.base_url.clone();
        let visit = ctx.kit.visitors.visit(&ctx.headers, ctx.now).await?;
        let (viewer, unread) = visit.map_or_else(Default::default, |visit| (Some(visit.viewer), visit.unread));
        let zone = viewer.as_ref().map(|viewer| viewer.zone.clone()).or_else(|| browser_zone(&ctx.headers));
        let posted = ctx.method == Method::POST;
        let is_anybodys = viewer.is_none() && !posted && has_only_public_cookies(&ctx.headers);
        let nav_item = NavItem::of_path(&ctx.path);
        let theme = Theme::of(&ctx.headers);
        let page = Self { viewer, zone, unread, theme, nav_item, base_url, asked_at, is_anybodys, posted };
        ctx.shown.set(&page);
        Ok(page)
    }
}

/// The context of the page, whoever asks: one read of the database. Rejects with 503 when that is away.
impl<S: Send + Sync> FromRequestParts<S> for PageContext
where
    Kit: FromRef<S>,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let Ok(ctx) = RequestContext::from_request_parts(parts, state).await;
        Self::load(&ctx).await
    }
}

/// Somebody who is signed in, and the context of their page: one read of the database.
///
/// Rejects with 401, which leads to the sign-in page and back, or with 503 when the database is away.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The context of the page.
    pub page: PageContext,
    /// Who is signed in.
    pub viewer: Viewer,
}

/// An admin, and the context of their page. For everybody else there is nothing here: 404.
#[derive(Clone, Debug)]
pub struct Admin {
    /// The context of the page.
    pub page: PageContext,
    /// Who is signed in.
    pub viewer: Viewer,
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn
where
    Kit: FromRef<S>,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let Ok(ctx) = RequestContext::from_request_parts(parts, state).await;
        let page = PageContext::load(&ctx).await?;
        match page.viewer.clone() {
            Some(viewer) => Ok(Self { page, viewer }),
            None => {
                let next = return_to(&parts.method, parts.uri.path(), &parts.headers);
                Err(AppError { return_to: Some(next), ..AppError::sign_in_needed() })
            }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Admin
where
    Kit: FromRef<S>,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let SignedIn { page, viewer } = SignedIn::from_request_parts(parts, state).await?;
        if viewer.is_admin { Ok(Self { page, viewer }) } else { Err(AppError::not_found()) }
    }
}

/// Lets a request through where the site is a demo. Elsewhere there is nothing here: 404, without a read of the database.
#[derive(Clone, Copy, Debug)]
pub struct DemoOnly;

impl<S: Send + Sync> FromRequestParts<S> for DemoOnly
where
    Kit: FromRef<S>,
{
    type Rejection = AppError;

    async fn from_request_parts(_: &mut Parts, state: &S) -> Result<Self, AppError> {
        if Kit::from_ref(state).site.is_demo() { Ok(Self) } else { Err(AppError::not_found()) }
    }
}

/// Whether a request has no cookies but those that say nothing of who it is: one that nobody knows may be a session's.
fn has_only_public_cookies(headers: &HeaderMap) -> bool {
    CookieJar::from_headers(headers).iter().all(|cookie| [theme::COOKIE, zone::COOKIE].contains(&cookie.name()))
}

/// Where somebody goes on after signing in: to the page they asked for, or back to the page whose form they sent.
fn return_to(method: &Method, path: &str, headers: &HeaderMap) -> String {
    if matches!(*method, Method::GET | Method::HEAD) {
        return path.into();
    }
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let came_from = referer.and_then(path_of).map(|path| path.split(['?', '#']).next().unwrap_or_default().to_owned());
    // Most forms are sent to an address right below their page's; those of the top, to their page's own.
    let above = path.rsplit_once('/').map(|(page, _)| page).filter(|page| !page.is_empty());
    came_from.unwrap_or_else(|| above.unwrap_or(path).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_that_nobody_knows_may_be_somebodys() {
        let with = |cookies: &'static str| HeaderMap::from_iter([(header::COOKIE, cookies.parse().unwrap())]);
        for cookies in ["", "theme=dark", "zone=Pacific/Auckland; theme=light"] {
            assert!(has_only_public_cookies(&with(cookies)), "{cookies}");
        }
        for cookies in ["session=1", "theme=dark; __Host-session=1", "other=1", "theme=dark; session="] {
            assert!(!has_only_public_cookies(&with(cookies)), "{cookies}");
        }
        assert!(has_only_public_cookies(&HeaderMap::new()));
    }

    #[test]
    fn signing_in_leads_to_the_page_that_was_asked_for_or_back_to_the_page_of_the_form() {
        let from = |referer: &'static str| HeaderMap::from_iter([(header::REFERER, referer.parse().unwrap())]);
        let (none, post) = (HeaderMap::new(), Method::POST);
        assert_eq!(return_to(&Method::GET, "/bookings", &from("http://x.test/other")), "/bookings");
        assert_eq!(return_to(&post, "/a/b", &from("http://x.test/bookings/1?done=accept")), "/bookings/1");
        assert_eq!(return_to(&post, "/notices/read", &none), "/notices");
        assert_eq!(return_to(&post, "/account", &none), "/account");
        assert_eq!(return_to(&post, "/notices/read", &from("http://x.test//evil.test")), "/notices");
    }
}
