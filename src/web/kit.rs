//! What every page needs from the server, cheap to clone. Whoever serves pages gives it by `FromRef`.

use std::sync::Arc;

use axum::http::HeaderMap;
use futures::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use super::bell::Unread;
use super::clock::Clock;
use super::db::Db;
use super::viewer::Viewer;
use crate::error::AppError;
use crate::time::Timestamp;

/// What every page needs from the server.
#[derive(Clone)]
pub struct Kit {
    /// The database.
    pub db: Db,
    /// The marketplace's clock.
    pub clock: Clock,
    /// What the site is to the people who use it.
    pub site: Arc<Site>,
    /// Cancelled when the server is about to stop.
    pub draining: CancellationToken,
    /// Finds out who is asking.
    pub visitors: Arc<dyn Visitors>,
}

/// What the site is to the people who use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The address people use, without a trailing slash.
    pub base_url: String,
    /// The address that mails come from.
    pub mail_from: String,
    /// The accounts that everybody may use; none outside of the demo.
    pub demo: Option<Demo>,
}

/// The accounts of a demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demo {
    /// The one password of all of them.
    pub password: &'static str,
    /// E-mail address, and what the account is for.
    pub accounts: &'static [(&'static str, &'static str)],
}

impl Site {
    /// Whether people come by https, so that cookies are `Secure`.
    pub fn https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Whether this is a demo.
    pub fn is_demo(&self) -> bool {
        self.demo.is_some()
    }
}

/// Who is asking, and what a page shows of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Who is signed in.
    pub viewer: Viewer,
    /// The notices that they have not read, bounded.
    pub unread: Unread,
    /// The SHA-256 of the session's token, in hexadecimal.
    pub token_hash: String,
    /// When the session ends.
    pub expires_at: Timestamp,
}

/// Finds out who a request's cookie belongs to.
pub trait Visitors: Send + Sync {
    /// Who is signed in, if anybody: one read of the database, none without a cookie.
    ///
    /// # Errors
    /// 503 when the database is away.
    fn visit<'a>(&'a self, headers: &'a HeaderMap, now: Timestamp) -> BoxFuture<'a, Result<Option<Visit>, AppError>>;
}
