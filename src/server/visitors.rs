//! Who is asking: the session, with a copy of what pages need to know of its account.

use axum::http::HeaderMap;
use futures::future::BoxFuture;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use crate::account::session::{self, Known, token_hash};
use crate::account::store::{self as accounts, Which};
use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::notice::store::unread_stage;
use crate::provider::store as providers;
use crate::time::Timestamp;
use crate::web::bell::Unread;
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

impl Visitors for SignedIn {
    fn visit<'a>(&'a self, headers: &'a HeaderMap, now: Timestamp) -> BoxFuture<'a, Result<Option<Visit>, AppError>> {
        Box::pin(self.find(headers, now))
    }
}

impl SignedIn {
    async fn find(&self, headers: &HeaderMap, now: Timestamp) -> Result<Option<Visit>, AppError> {
        let Some(token_hash) = token_hash(self.https, headers) else {
            return Ok(None);
        };
        let Some(mut session) = session::find(&self.db, &token_hash, now).await? else {
            return Ok(None);
        };
        // Of an admin nothing is kept: they may do so much that the account itself is asked each time.
        let Known { name, is_admin, zone, provider, unread } = match session.known.take() {
            Some(known) => known,
            None => match look_up(&self.db, session.account_id).await? {
                Some(known) => {
                    if !known.is_admin {
                        self.keep(session.clone(), known.clone());
                    }
                    known
                }
                None => return Ok(None),
            },
        };
        let zone = browser_zone(headers).unwrap_or(zone);
        let viewer = Viewer { id: session.account_id.to_hex(), name, is_admin, zone, provider };
        let expires_at = Timestamp(session.expires_at.timestamp_millis());
        Ok(Some(Visit { viewer, unread: Unread(unread), token_hash, expires_at }))
    }

    /// Keeps what was looked up, beside the answer; if that fails, the next page looks it up again.
    fn keep(&self, session: session::Session, known: Known) {
        let db = self.db.clone();
        tokio::spawn(async move {
            if let Err(error) = session::keep(&db, &session, &known).await {
                tracing::warn!(%error, "what is known of a session's account could not be kept");
            }
        });
    }
}

/// What pages need to know of an account, from the collections that own it: one read; nothing if there is no such account.
async fn look_up(db: &Db, account: ObjectId) -> mongodb::error::Result<Option<Known>> {
    #[derive(Deserialize)]
    struct Found {
        name: String,
        is_admin: bool,
        zone: String,
        standing: Vec<Standing>,
        unread: Vec<About>,
    }
    #[derive(Deserialize)]
    struct Standing {
        status: ProviderStatus,
    }
    #[derive(Deserialize)]
    struct About {
        booking: Option<String>,
    }
    let stages = vec![
        doc! { "$project": { "name": 1, "is_admin": 1, "zone": 1, "to": { "$toString": "$_id" } } },
        providers::lookup_stage("_id", "standing"),
        unread_stage(),
        doc! { "$project": {
            "_id": 0, "name": 1, "is_admin": 1, "zone": 1, "standing.status": 1, "unread.booking": 1,
        } },
    ];
    let found: Vec<Found> = accounts::find_with_stages(db, Which::Ids(&[account]), stages).await?;
    Ok(found.into_iter().next().map(|Found { name, is_admin, zone, standing, unread }| Known {
        name,
        is_admin,
        zone,
        provider: standing.first().map(|standing| standing.status),
        unread: unread.into_iter().map(|about| about.booking.unwrap_or_default()).collect(),
    }))
}
