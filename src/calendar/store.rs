//! Every query of the calendars, and nothing else.

use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use mongodb::error::Result;

use super::event::Entry;
use super::model::{CALENDAR_FEEDS, CalendarFeed};
use crate::account::links;
use crate::booking::machine::Role;
use crate::booking::store::appointments::{self, Appointment};
use crate::ids;
use crate::time::Timestamp;
use crate::web::db::{Collection, Db};

/// Somebody's feed, if they have one.
///
/// # Errors
/// When the database fails.
pub async fn feed_of(db: &Db, account: ObjectId) -> Result<Option<CalendarFeed>> {
    feeds(db).find_one(doc! { "_id": account }).await
}

/// Gives somebody a new feed in place of their old one, and its token, which is kept nowhere.
///
/// # Errors
/// When the database fails.
pub async fn make_feed(db: &Db, account: ObjectId, now: Timestamp) -> Result<String> {
    let token = ids::fresh_token();
    let feed = CalendarFeed { account_id: account, token_hash: links::hash(&token), created_at: now };
    feeds(db).replace_one(doc! { "_id": account }, &feed).upsert(true).await?;
    Ok(token)
}

/// Ends somebody's feed.
///
/// # Errors
/// When the database fails.
pub async fn revoke_feed(db: &Db, account: ObjectId) -> Result<()> {
    feeds(db).delete_one(doc! { "_id": account }).await.map(|_| ())
}

/// Whose feed has that token, if any has. What was never a token is not even looked for.
///
/// # Errors
/// When the database fails.
pub async fn account_of(db: &Db, token: &str) -> Result<Option<ObjectId>> {
    if !links::is_token(token) {
        return Ok(None);
    }
    let feed = feeds(db).find_one(doc! { "token_hash": links::hash(token) }).await?;
    Ok(feed.map(|feed| feed.account_id))
}

/// Somebody's bookings as entries of their calendar, each with their part in it.
///
/// # Errors
/// When the database fails.
pub async fn entries(db: &Db, account: ObjectId, now: Timestamp) -> Result<Vec<(Entry, Role)>> {
    let found = appointments::of_account(db, account, now).await?;
    Ok(found.into_iter().map(|(appointment, role)| (appointment.into(), role)).collect())
}

impl From<Appointment> for Entry {
    fn from(found: Appointment) -> Self {
        Self {
            id: found.id,
            reference: found.reference,
            service: found.service,
            customer: found.customer,
            provider: found.provider,
            place: found.place,
            status: found.status,
            starts_at: found.starts_at,
            ends_at: found.ends_at,
            agreed: found.agreed,
            sequence: found.sequence,
            moved_at: found.moved_at,
        }
    }
}

fn feeds(db: &Db) -> Collection<CalendarFeed> {
    db.collection(CALENDAR_FEEDS)
}
