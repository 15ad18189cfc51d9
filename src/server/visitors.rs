//! Who is asking: the session with the account, the provider's standing and the unread notices, in one read.

use axum::http::HeaderMap;
use futures::future::BoxFuture;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{DateTime, doc};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::account::session::{self, token_hash};
use crate::account::store as accounts;
use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::notice::store::unread_stage;
use crate::provider::store as providers;
use crate::time::Timestamp;
use crate::web::db::Db;
use crate::web::kit::{Visit, Visitors};
use crate::web::viewer::Viewer;
use crate::web::zone::browser_zone;

/// The marketplace's own visitors.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Where the sessions are.
    pub db: Db,
    /// Whether people come by https, which names the cookie.
    pub https: bool,
}

#[derive(Deserialize)]
struct Joined {
    expires_at: DateTime,
    account: Vec<Found>,
    standing: Vec<ProviderStanding>,
    #[serde(default)]
    unread: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "_id")]
    id: ObjectId,
    name: String,
    is_admin: bool,
    zone: String,
}

#[derive(Deserialize)]
struct ProviderStanding {
    status: ProviderStatus,
}

impl Visitors for SignedIn {
    fn visit<'a>(
        &'a self,
        headers: &'a HeaderMap,
        now: Timestamp,
        count_unread: bool,
    ) -> BoxFuture<'a, Result<Option<Visit>, AppError>> {
        Box::pin(self.find(headers, now, count_unread))
    }
}

impl SignedIn {
    async fn find(&self, headers: &HeaderMap, now: Timestamp, count_unread: bool) -> Result<Option<Visit>, AppError> {
        let Some(token_hash) = token_hash(self.https, headers) else {
            return Ok(None);
        };
        let mut stages =
            vec![accounts::lookup_stage("account_id", "account"), providers::lookup_stage("account_id", "standing")];
        if count_unread {
            stages.push(doc! { "$set": { "to": { "$toString": "$account_id" } } });
            stages.push(unread_stage());
        }
        stages.push(doc! { "$project": {
            "_id": 0, "expires_at": 1, "standing.status": 1, "account._id": 1, "account.name": 1, "account.is_admin": 1,
            "account.zone": 1, "unread._id": 1,
        } });
        let found = session::with_stages(&self.db, &token_hash, now, stages).await?;
        let Some(Joined { expires_at, account, standing, unread }) = found else {
            return Ok(None);
        };
        let provider = standing.first().map(|standing| standing.status);
        let unread = u32::try_from(unread.len()).unwrap_or(u32::MAX);
        Ok(account.into_iter().next().map(|Found { id, name, is_admin, zone }| {
            let zone = browser_zone(headers).unwrap_or(zone);
            let viewer = Viewer { id: id.to_hex(), name, is_admin, zone, provider };
            Visit { viewer, unread, token_hash, expires_at: Timestamp(expires_at.timestamp_millis()) }
        }))
    }
}
