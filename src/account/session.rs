//! Sessions: a random token in a cookie, of which the database keeps only the SHA-256.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::CookieJar;
use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{DateTime, Document, doc};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::model::ACCOUNTS;
use super::viewer::Viewer;
use crate::error::AppError;
use crate::ids;
use crate::notice::store as notices;
use crate::provider::model::{PROVIDERS, ProviderStatus};
use crate::server::config::Config;
use crate::server::context::RequestContext;
use crate::server::state::AppState;
use crate::time::{self, Timestamp};

/// The collection of sessions. A TTL index removes what is past `expires_at`.
pub const SESSIONS: &str = "sessions";

/// How long a session lasts, in days.
const DAYS: i64 = 30;

/// A session as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// SHA-256 of the token, in hexadecimal.
    #[serde(rename = "_id")]
    pub token_hash: String,
    /// Whose it is.
    pub account_id: ObjectId,
    /// When it began.
    pub created_at: DateTime,
    /// When it ends.
    pub expires_at: DateTime,
}

/// What a page needs to know of an account, and no more.
#[derive(Deserialize)]
struct Found {
    #[serde(rename = "_id")]
    id: ObjectId,
    name: String,
    is_admin: bool,
    zone: String,
}

#[derive(Deserialize)]
struct Joined {
    expires_at: DateTime,
    account: Vec<Found>,
    provider: Vec<Standing>,
    #[serde(default)]
    unread: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Standing {
    status: ProviderStatus,
}

/// A session that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// Whose it is.
    pub viewer: Viewer,
    /// The SHA-256 of its token, in hexadecimal.
    pub token_hash: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Who the request's cookie belongs to, if anybody: one read of the database, none without a cookie.
///
/// # Errors
/// 503 when the database is away.
pub async fn viewer(state: &AppState, headers: &HeaderMap, now: Timestamp) -> Result<Option<Viewer>, AppError> {
    Ok(current(state, headers, now).await?.map(|current| current.viewer))
}

/// The same with how many notices they have not read, [`notices::MOST`] at most: still one read.
///
/// # Errors
/// 503 when the database is away.
pub async fn viewer_and_unread(
    state: &AppState,
    headers: &HeaderMap,
    now: Timestamp,
) -> Result<Option<(Viewer, u32)>, AppError> {
    let of_account = doc! { "$set": { "to": { "$toString": "$account_id" } } };
    let found = find(state, headers, now, vec![of_account, notices::unread_stage()]).await?;
    Ok(found.map(|(current, unread)| (current.viewer, unread)))
}

/// Who is signed in, with the session.
///
/// # Errors
/// 503 when the database is away.
pub async fn current(state: &AppState, headers: &HeaderMap, now: Timestamp) -> Result<Option<Current>, AppError> {
    Ok(find(state, headers, now, vec![]).await?.map(|(current, _)| current))
}

async fn find(
    state: &AppState,
    headers: &HeaderMap,
    now: Timestamp,
    more: Vec<Document>,
) -> Result<Option<(Current, u32)>, AppError> {
    let Some(token_hash) = token_hash(&state.config, headers) else {
        return Ok(None);
    };
    let mut pipeline = vec![
        // The TTL index is late by up to a minute, and the demo's clock runs ahead of it.
        doc! { "$match": { "_id": &token_hash, "expires_at": { "$gt": DateTime::from_millis(now.0) } } },
        doc! { "$lookup": { "from": ACCOUNTS, "localField": "account_id", "foreignField": "_id", "as": "account" } },
        doc! { "$lookup": { "from": PROVIDERS, "localField": "account_id", "foreignField": "_id", "as": "provider" } },
    ];
    pipeline.extend(more);
    pipeline.push(doc! { "$project": {
        "_id": 0, "expires_at": 1, "provider.status": 1, "account._id": 1, "account.name": 1, "account.is_admin": 1, "account.zone": 1,
        "unread._id": 1,
    } });
    let sessions = state.db.collection::<Session>(SESSIONS);
    let mut found = sessions.aggregate(pipeline).with_type::<Joined>().await?;
    let Some(Joined { expires_at, account, provider, unread }) = found.try_next().await? else {
        return Ok(None);
    };
    let provider = provider.first().map(|standing| standing.status);
    let account = account.into_iter().next();
    let unread = u32::try_from(unread.len()).unwrap_or(u32::MAX);
    Ok(account.map(|Found { id, name, is_admin, zone }| {
        let zone = said_zone(headers).unwrap_or(zone);
        let viewer = Viewer { id: id.to_hex(), name, is_admin, zone, provider };
        (Current { viewer, token_hash, expires_at: Timestamp(expires_at.timestamp_millis()) }, unread)
    }))
}

/// The IANA zone that the browser said it is in, by a cookie of `boot.js`; nothing if there is no such zone.
pub fn said_zone(headers: &HeaderMap) -> Option<String> {
    let said = CookieJar::from_headers(headers).get("zone")?.value().to_owned();
    time::is_zone(&said).then_some(said)
}

/// Begins a session in place of the request's own, and gives the cookie to set.
///
/// # Errors
/// 503 when the database is away.
pub async fn begin(ctx: &RequestContext, account_id: ObjectId) -> Result<HeaderValue, AppError> {
    let mut token = [0; 32];
    ids::fill(&mut token);
    let token = ids::hex(&token);
    let session = Session {
        token_hash: hash(&token),
        account_id,
        created_at: DateTime::from_millis(ctx.now.0),
        expires_at: DateTime::from_millis(ctx.now.plus_hours(24 * DAYS).0),
    };
    ctx.state.db.collection::<Session>(SESSIONS).insert_one(&session).await?;
    delete(ctx).await?;
    cookie(&ctx.state.config, &token, 24 * 60 * 60 * DAYS)
}

/// Ends the request's session, and gives the cookie that takes it from the browser.
///
/// # Errors
/// 503 when the database is away.
pub async fn end(ctx: &RequestContext) -> Result<HeaderValue, AppError> {
    delete(ctx).await?;
    cookie(&ctx.state.config, "", 0)
}

/// Ends every session of an account, wherever it is signed in.
///
/// # Errors
/// 503 when the database is away.
pub async fn end_all(state: &AppState, account_id: ObjectId) -> Result<(), AppError> {
    state.db.collection::<Session>(SESSIONS).delete_many(doc! { "account_id": account_id }).await?;
    Ok(())
}

async fn delete(ctx: &RequestContext) -> Result<(), AppError> {
    if let Some(token_hash) = token_hash(&ctx.state.config, &ctx.headers) {
        ctx.state.db.collection::<Session>(SESSIONS).delete_one(doc! { "_id": token_hash }).await?;
    }
    Ok(())
}

/// `__Host-` makes browsers refuse the cookie from anybody but this host over https.
fn cookie_name(config: &Config) -> &'static str {
    if config.https() { "__Host-session" } else { "session" }
}

fn token_hash(config: &Config, headers: &HeaderMap) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    let token = jar.get(cookie_name(config))?.value();
    (!token.is_empty()).then(|| hash(token))
}

fn hash(token: &str) -> String {
    ids::hex(&Sha256::digest(token))
}

fn cookie(config: &Config, token: &str, seconds: i64) -> Result<HeaderValue, AppError> {
    let name = cookie_name(config);
    let secure = if config.https() { "; Secure" } else { "" };
    let cookie = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(cookie).map_err(|_| AppError::fault())
}
