//! The zone a browser says it is in.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::CookieJar;

use crate::time;

/// The cookie's name.
pub const COOKIE: &str = "zone";

/// The IANA zone that the browser said it is in, by a cookie of `scripts/zone.ts`; nothing if there is no such zone.
pub fn browser_zone(headers: &HeaderMap) -> Option<String> {
    let zone = CookieJar::from_headers(headers).get(COOKIE)?.value().to_owned();
    time::is_zone(&zone).then_some(zone)
}
