//! Every query of the accounts, and nothing else.

use futures::TryStreamExt;
use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc, serialize_to_document};
use mongodb::error::{Error, Result};
use serde::de::DeserializeOwned;

use super::model::{ACCOUNTS, Account};
use super::session;
use crate::domain::email::normal_email;
use crate::domain::place::Place;
use crate::web::db::{Db, is_duplicate_key};
use crate::web::transaction::{Work, in_transaction};

/// The account of an e-mail address, however it was typed.
///
/// # Errors
/// When the database fails.
pub async fn find_by_email(db: &Db, email: &str) -> Result<Option<Account>> {
    db.collection(ACCOUNTS).find_one(doc! { "email": normal_email(email) }).await
}

/// The account of an id.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, id: ObjectId) -> Result<Option<Account>> {
    db.collection(ACCOUNTS).find_one(doc! { "_id": id }).await
}

/// Writes the account, new or not, with its address in the stored form.
///
/// # Errors
/// When the database fails, or another account has the address.
pub async fn save(db: &Db, mut account: Account) -> Result<()> {
    account.email = normal_email(&account.email);
    let accounts = db.collection::<Account>(ACCOUNTS);
    accounts.replace_one(doc! { "_id": account.id }, &account).upsert(true).await?;
    session::forget(db, &[account.id]).await
}

/// What people say about themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name shown.
    pub name: String,
    /// With country code.
    pub phone: String,
    /// The address.
    pub place: Place,
    /// The IANA zone of the address.
    pub zone: String,
}

/// Writes the profile of an account, and nothing else of it.
///
/// # Errors
/// When the database fails.
pub async fn save_profile(db: &Db, id: ObjectId, profile: &Profile) -> Result<()> {
    let Profile { name, phone, place, zone } = profile;
    let place_document = serialize_to_document(place)?;
    let set = doc! { "name": name, "phone": phone, "address": &place.label, "place": place_document, "zone": zone };
    in_transaction(db, &SaveProfile { id, set }).await
}

/// The account, and with it what its sessions know of it.
struct SaveProfile {
    id: ObjectId,
    set: Document,
}

impl Work for SaveProfile {
    type Done = ();
    type Failure = Error;

    async fn run(&self, db: &Db, session: &mut ClientSession) -> Result<()> {
        let accounts = db.collection::<Account>(ACCOUNTS);
        accounts.update_one(doc! { "_id": self.id }, doc! { "$set": self.set.clone() }).session(&mut *session).await?;
        session::forget_in(session, db, self.id).await
    }
}

/// Writes the password's hash of an account, and nothing else of it.
///
/// # Errors
/// When the database fails.
pub async fn save_password(db: &Db, id: ObjectId, hash: &str) -> Result<()> {
    let set = doc! { "$set": { "password_hash": hash } };
    db.collection::<Account>(ACCOUNTS).update_one(doc! { "_id": id }, set).await.map(|_| ())
}

/// What came of making an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Created {
    /// It is there now.
    Created,
    /// Another account has the address.
    AddressTaken,
}

/// Writes a new account, with its address in the stored form. The unique index decides, so of two at once one is made.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &Db, mut account: Account) -> Result<Created> {
    account.email = normal_email(&account.email);
    match db.collection::<Account>(ACCOUNTS).insert_one(&account).await {
        Err(error) if is_duplicate_key(&error) => Ok(Created::AddressTaken),
        written => written.map(|_| Created::Created),
    }
}

/// Which accounts.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// Those of these ids that there are.
    Ids(&'a [ObjectId]),
    /// Every admin, at most so many.
    Admins(i64),
}

/// What stages make of accounts, one document for each.
///
/// # Errors
/// When the database fails, or what they give cannot be read as that.
pub async fn find_with_stages<T>(db: &Db, which: Which<'_>, stages: Vec<Document>) -> Result<Vec<T>>
where
    T: DeserializeOwned + Unpin + Send + Sync,
{
    let mut pipeline = match which {
        Which::Ids(ids) => vec![doc! { "$match": { "_id": { "$in": ids } } }],
        Which::Admins(most) => vec![doc! { "$match": { "is_admin": true } }, doc! { "$limit": most }],
    };
    pipeline.extend(stages);
    db.collection::<Account>(ACCOUNTS).aggregate(pipeline).with_type::<T>().await?.try_collect().await
}
