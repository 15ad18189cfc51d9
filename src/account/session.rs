//! Sessions: a random token in a cookie, of which the database keeps only the SHA-256.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::CookieJar;
use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{DateTime, Document, doc, serialize_to_bson};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::ids;
use crate::time::Timestamp;
use crate::web::context::RequestContext;
use crate::web::cookies;
use crate::web::db::{Collection, Db, is_change_of};
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
    /// What pages need to know of whose it is; not there until somebody has looked it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Known>,
    /// How often what is known has changed.
    #[serde(default)]
    pub changes: i64,
}

/// A copy of what pages need to know of the account, so that one point read says who is asking. Whatever changes one of these
/// fields calls [`forget`] or [`forget_in`] after its own write, and the next page looks them up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The name shown.
    pub name: String,
    /// Whether the account is an admin's.
    pub is_admin: bool,
    /// The account's own IANA zone.
    pub zone: String,
    /// How far they are on the way to being a provider.
    pub provider: Option<ProviderStatus>,
    /// The unread notices, bounded: for each the booking that it is about, or an empty text.
    pub unread: Vec<String>,
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
        known: None,
        changes: 0,
    };
    sessions(&ctx.kit.db).insert_one(&session).await?;
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
    sessions(db).delete_many(doc! { "account_id": account_id }).await?;
    Ok(())
}

/// A session that is not over: one point read.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, token_hash: &str, now: Timestamp) -> mongodb::error::Result<Option<Session>> {
    // The TTL index is late by up to a minute, and the demo's clock runs ahead of it.
    let is_valid = |session: &Session| session.expires_at.timestamp_millis() > now.0;
    Ok(sessions(db).find_one(doc! { "_id": token_hash }).await?.filter(is_valid))
}

/// Keeps what was looked up for a session, unless something of it may have changed since the session was read.
///
/// # Errors
/// When the database fails.
pub async fn keep(db: &Db, session: &Session, known: &Known) -> mongodb::error::Result<()> {
    // Sessions that an older server began have no count.
    let unchanged = if session.changes == 0 {
        doc! { "$in": [0_i64, null] }
    } else {
        doc! { "$eq": session.changes }
    };
    let same = doc! { "_id": &session.token_hash, "changes": unchanged };
    let set = doc! { "$set": { "known": serialize_to_bson(known)? } };
    sessions(db).update_one(same, set).await.map(|_| ())
}

/// Lets the sessions of accounts forget what they know of them, because something of it has changed.
///
/// # Errors
/// When the database fails.
pub async fn forget(db: &Db, accounts: &[ObjectId]) -> mongodb::error::Result<()> {
    sessions(db).update_many(doc! { "account_id": { "$in": accounts } }, forgetting()).await.map(|_| ())
}

/// The same for one account, in the transaction of what changes it.
///
/// # Errors
/// When the database fails.
pub async fn forget_in(transaction: &mut ClientSession, db: &Db, account: ObjectId) -> mongodb::error::Result<()> {
    let own = doc! { "account_id": account };
    sessions(db).update_many(own, forgetting()).session(transaction).await.map(|_| ())
}

fn forgetting() -> Document {
    doc! { "$unset": { "known": "" }, "$inc": { "changes": 1_i64 } }
}

fn sessions(db: &Db) -> Collection<Session> {
    db.collection(SESSIONS)
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
        sessions(&ctx.kit.db).delete_one(doc! { "_id": token_hash }).await?;
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
