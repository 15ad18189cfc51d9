//! Mailed links that work once: 256 random bits, of which the database keeps only the SHA-256.
//!
//! Showing a link's page uses nothing up, because mail scanners open links; only a POST does.

use mongodb::bson::{Bson, DateTime, Document, doc};
use mongodb::error::Result;
use mongodb::options::ReturnDocument;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ids;
use crate::time::Timestamp;
use crate::web::db::{Collection, Db};

/// The collection of mailed links. A TTL index removes what is past `expires_at`.
pub const MAIL_LINKS: &str = "mail_links";

/// What a mailed link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LinkKind {
    /// It confirms an address and makes its account.
    SignUp,
    /// It lets a guest finish a request.
    GuestRequest,
    /// It lets somebody choose a new password.
    ResetPassword,
    /// A link that is never sent, written where no working one may exist, so that both cases take the same time.
    Unsent,
}

impl LinkKind {
    /// The name that is stored: `sign_up`.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// The addresses below which a token stands. The log leaves out what follows.
pub const SECRET_PATHS: [&str; 3] = ["/sign-up/confirm/", "/book/continue/", "/reset-password/"];

/// A token is this many hexadecimal digits.
const DIGITS: usize = 64;

/// A mailed link as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MailLink {
    /// SHA-256 of the token, in hexadecimal.
    #[serde(rename = "_id")]
    pub token_hash: String,
    /// What it is for.
    pub kind: LinkKind,
    /// To whom it was sent, in the stored form.
    pub email: String,
    /// What its use needs.
    pub payload: Document,
    /// When it was made.
    pub created_at: DateTime,
    /// From when on it works no longer.
    pub expires_at: DateTime,
    /// When it was used, if it was.
    pub used_at: Option<DateTime>,
}

/// Makes a link that works for so many hours, and gives its token, which is kept nowhere.
///
/// # Errors
/// When the database fails.
pub async fn create(
    db: &Db,
    kind: LinkKind,
    email: &str,
    payload: Document,
    now: Timestamp,
    hours: i64,
) -> Result<String> {
    let token = ids::fresh_token();
    let link = MailLink {
        token_hash: hash(&token),
        kind,
        email: email.into(),
        payload,
        created_at: DateTime::from_millis(now.0),
        expires_at: DateTime::from_millis(now.plus_hours(hours).0),
        used_at: None,
    };
    links(db).insert_one(&link).await?;
    Ok(token)
}

/// Whether it could be a token.
pub fn is_token(token: &str) -> bool {
    token.len() == DIGITS && token.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// What is kept of a token.
pub fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

/// The link of a token, if it still works. Uses nothing up.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, kind: LinkKind, token: &str, now: Timestamp) -> Result<Option<MailLink>> {
    match working(kind, token, now) {
        Some(query) => links(db).find_one(query).await,
        None => Ok(None),
    }
}

/// Uses the link up and gives it, if it still works: of many at once, one gets it.
///
/// # Errors
/// When the database fails.
pub async fn use_once(db: &Db, kind: LinkKind, token: &str, now: Timestamp) -> Result<Option<MailLink>> {
    let Some(query) = working(kind, token, now) else {
        return Ok(None);
    };
    let used = doc! { "$set": { "used_at": DateTime::from_millis(now.0) } };
    links(db).find_one_and_update(query, used).return_document(ReturnDocument::After).await
}

/// The latest link of that kind to an address that still works, to send it again.
///
/// # Errors
/// When the database fails.
pub async fn latest(db: &Db, kind: LinkKind, email: &str, now: Timestamp) -> Result<Option<MailLink>> {
    let query = doc! { "email": email, "kind": kind.name(), "used_at": Bson::Null, "expires_at": later_than(now) };
    links(db).find_one(query).sort(doc! { "created_at": -1 }).await
}

/// Uses up every other link of that kind to an address: what they were for is done.
///
/// # Errors
/// When the database fails.
pub async fn use_up(db: &Db, kind: LinkKind, email: &str, now: Timestamp) -> Result<()> {
    let query = doc! { "email": email, "kind": kind.name(), "used_at": Bson::Null };
    let used = doc! { "$set": { "used_at": DateTime::from_millis(now.0) } };
    links(db).update_many(query, used).await.map(|_| ())
}

/// The query of a link that still works; none for what was never a token.
fn working(kind: LinkKind, token: &str, now: Timestamp) -> Option<Document> {
    let query =
        || doc! { "_id": hash(token), "kind": kind.name(), "used_at": Bson::Null, "expires_at": later_than(now) };
    is_token(token).then(query)
}

fn later_than(now: Timestamp) -> Document {
    doc! { "$gt": DateTime::from_millis(now.0) }
}

fn links(db: &Db) -> Collection<MailLink> {
    db.collection(MAIL_LINKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_stored_under_the_name_it_is_looked_for_by() {
        let names = [
            (LinkKind::SignUp, "sign_up"),
            (LinkKind::GuestRequest, "guest_request"),
            (LinkKind::ResetPassword, "reset_password"),
            (LinkKind::Unsent, "unsent"),
        ];
        for (kind, name) in names {
            assert_eq!((serde_json::to_value(kind).unwrap(), kind.name()), (name.into(), name));
        }
    }

    #[test]
    fn what_is_no_token_is_not_even_looked_for() {
        let now = Timestamp(0);
        assert!(working(LinkKind::SignUp, &"a".repeat(DIGITS), now).is_some());
        for wrong in ["", "a", &"A".repeat(DIGITS), &"g".repeat(DIGITS), &"a".repeat(DIGITS + 1)] {
            assert!(working(LinkKind::SignUp, wrong, now).is_none(), "{wrong}");
        }
    }
}
