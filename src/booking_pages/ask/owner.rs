//! Whose a draft is: an account's, or a browser's that nobody has signed in with yet.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use axum_extra::extract::cookie::CookieJar;
use sha2::{Digest, Sha256};

use super::model::KEPT_HOURS;
use crate::ids;
use crate::web::context::RequestContext;
use crate::web::cookies;
use crate::web::viewer::Viewer;

const COOKIE: &str = "asker";

/// The names under which the request's person may have drafts, the one for new drafts first.
pub fn owners(headers: &HeaderMap, viewer: Option<&Viewer>) -> Vec<String> {
    let browser = token(headers).map(|token| browser(&token));
    viewer.map(|viewer| account(&viewer.id)).into_iter().chain(browser).collect()
}

/// The owner of an account's drafts.
pub fn account(id: &str) -> String {
    format!("account:{id}")
}

/// The owner for a new draft, and the cookie that a browser without one gets.
pub fn of_request(ctx: &RequestContext, viewer: Option<&Viewer>) -> (String, Option<HeaderValue>) {
    if let Some(owner) = owners(&ctx.headers, viewer).into_iter().next() {
        return (owner, None);
    }
    let token = ids::fresh_token();
    let cookie = cookies::build(COOKIE, &token, KEPT_HOURS * 60 * 60).http_only(true).secure(ctx.kit.site.https());
    (browser(&token), cookies::header(cookie).ok())
}

/// Adds the cookie to an answer, if there is one.
pub fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn token(headers: &HeaderMap) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(COOKIE).map(|cookie| cookie.value().to_owned()).filter(|token| token.len() == 64)
}

fn browser(token: &str) -> String {
    format!("browser:{}", hex::encode(Sha256::digest(token)))
}
