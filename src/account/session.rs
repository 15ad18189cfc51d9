//! Sessions: a random token in a cookie, of which the database keeps only the SHA-256.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::CookieJar;
use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{DateTime, Document, doc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::AppError;
use crate::ids;
use crate::time::Timestamp;
use crate::web::context::RequestContext;
use crate::web::cookies;
use crate::web::db::{Db, is_change_of};
use crate::web::kit::Site;

/// The collection of sessions. A TTL index removes what is past `expires_at`.
pub const SESSIONS: &str = "sessions";

/// How long a session lasts, in days.
const SESSION_DAYS: i64 = 30;

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

/// Begins a session in place of the request's own, and gives the cookie to set.
///
/// # Errors
/// 503 when the database is away.
pub async fn begin(ctx: &RequestContext, account_id: ObjectId) -> Result<HeaderValue, AppError> {
    let token = ids::fresh_token();
    let session = Session {
        token_hash: hash(&token),
        account_id,
        created_at: DateTime::from_millis(ctx.now.0),
        expires_at: DateTime::from_millis(ctx.now.plus_hours(24 * SESSION_DAYS).0),
    };
    ctx.kit.db.collection::<Session>(SESSIONS).insert_one(&session).await?;
    delete(ctx).await?;
    cookie(&ctx.kit.site, &token, 24 * 60 * 60 * SESSION_DAYS)
}

/// Ends the request's session, and gives the cookie that takes it from the browser.
///
/// # Errors
/// 503 when the database is away.
pub async fn end(ctx: &RequestContext) -> Result<HeaderValue, AppError> {
    delete(ctx).await?;
    cookie(&ctx.kit.site, "", 0)
}

/// Ends every session of an account, wherever it is signed in.
///
/// # Errors
/// 503 when the database is away.
pub async fn end_all(db: &Db, account_id: ObjectId) -> Result<(), AppError> {
    db.collection::<Session>(SESSIONS).delete_many(doc! { "account_id": account_id }).await?;
    Ok(())
}

/// What stages make of a session that is not over: the one document that they give.
///
/// # Errors
/// When the database fails, or what they give cannot be read as that.
pub async fn with_stages<T>(
    db: &Db,
    token_hash: &str,
    now: Timestamp,
    stages: Vec<Document>,
) -> mongodb::error::Result<Option<T>>
where
    T: DeserializeOwned + Unpin + Send + Sync,
{
    // The TTL index is late by up to a minute, and the demo's clock runs ahead of it.
    let mut pipeline =
        vec![doc! { "$match": { "_id": token_hash, "expires_at": { "$gt": DateTime::from_millis(now.0) } } }];
    pipeline.extend(stages);
    db.collection::<Session>(SESSIONS).aggregate(pipeline).with_type::<T>().await?.try_next().await
}

/// The changes that ended a session, as a condition of a change stream.
pub fn ended() -> Document {
    doc! { "ns.coll": SESSIONS, "operationType": "delete" }
}

/// The session that a change ended, by the hash of its token; nothing if it is a change of something else.
pub fn ended_by(change: &Document) -> Option<String> {
    let is_session = is_change_of(change, SESSIONS);
    let key = change.get_document("documentKey").ok().filter(|_| is_session)?;
    key.get_str("_id").ok().map(str::to_owned)
}

async fn delete(ctx: &RequestContext) -> Result<(), AppError> {
    if let Some(token_hash) = token_hash(ctx.kit.site.https(), &ctx.headers) {
        ctx.kit.db.collection::<Session>(SESSIONS).delete_one(doc! { "_id": token_hash }).await?;
    }
    Ok(())
}

/// `__Host-` makes browsers refuse the cookie from anybody but this host over https.
fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
}

/// The hash under which the database knows the session of the request's cookie; none without one.
pub fn token_hash(https: bool, headers: &HeaderMap) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    let token = jar.get(cookie_name(https))?.value();
    (!token.is_empty()).then(|| hash(token))
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

fn cookie(site: &Site, token: &str, seconds: i64) -> Result<HeaderValue, AppError> {
    let https = site.https();
    cookies::header(cookies::build(cookie_name(https), token, seconds).http_only(true).secure(https))
}
