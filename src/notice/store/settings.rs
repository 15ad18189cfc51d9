//! Every query of the choices about notices, and who is notified with them.

use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc, serialize_to_bson};
use mongodb::error::Result;
use mongodb::options::ReturnDocument;
use serde::Deserialize;

use crate::account::model::Account;
use crate::account::store::{self as accounts, Which};
use crate::ids;
use crate::notice::kinds::Group;
use crate::notice::model::{NOTICE_SETTINGS, Settings};
use crate::notice::quiet::Quiet;
use crate::web::db::{Collection, Db, is_duplicate_key};

/// Those of the accounts that there are, each with what it has chosen: one read, and a write for each that has never been
/// notified.
///
/// # Errors
/// When the database fails.
pub async fn recipients(db: &Db, which: Which<'_>) -> Result<Vec<(Account, Settings)>> {
    #[derive(Deserialize)]
    struct Found {
        #[serde(flatten)]
        account: Account,
        settings: Vec<Settings>,
    }
    let found: Vec<Found> = accounts::find_with_stages(db, which, vec![chosen_stage()]).await?;
    let mut recipients = Vec::new();
    for Found { account, settings } in found {
        let settings = match settings.into_iter().next() {
            Some(chosen) => chosen,
            None => begin(db, account.id).await?,
        };
        recipients.push((account, settings));
    }
    Ok(recipients)
}

/// The stage that adds to an account, as `settings`, what it has chosen, if it has.
fn chosen_stage() -> Document {
    doc! { "$lookup": { "from": NOTICE_SETTINGS, "localField": "_id", "foreignField": "_id", "as": "settings" } }
}

/// What one account has chosen.
///
/// # Errors
/// When the database fails.
pub async fn settings_for(db: &Db, id: ObjectId) -> Result<Settings> {
    match settings(db).find_one(doc! { "_id": id }).await? {
        Some(found) => Ok(found),
        None => begin(db, id).await,
    }
}

/// Nothing chosen yet, with a secret that stays.
async fn begin(db: &Db, id: ObjectId) -> Result<Settings> {
    let insert = doc! { "$setOnInsert": { "secret": ids::fresh_command_id(), "muted": [] } };
    let all = settings(db);
    let written = all.find_one_and_update(doc! { "_id": id }, insert).upsert(true);
    let written = match written.return_document(ReturnDocument::After).await {
        // Somebody else was faster by a moment.
        Err(error) if is_duplicate_key(&error) => all.find_one(doc! { "_id": id }).await?,
        written => written?,
    };
    written.ok_or_else(|| mongodb::error::Error::custom("the settings that were just written are gone"))
}

/// Writes what an account has chosen.
///
/// # Errors
/// When the database fails.
pub async fn choose(db: &Db, id: ObjectId, muted: &[Group], quiet: Option<Quiet>) -> Result<()> {
    let set = doc! { "muted": serialize_to_bson(muted)?, "quiet": serialize_to_bson(&quiet)? };
    let insert = doc! { "secret": ids::fresh_command_id() };
    let update = doc! { "$set": set, "$setOnInsert": insert };
    settings(db).update_one(doc! { "_id": id }, update).upsert(true).await.map(|_| ())
}

/// Whether there is an account with that secret.
///
/// # Errors
/// When the database fails.
pub async fn knows(db: &Db, id: ObjectId, secret: &str) -> Result<bool> {
    Ok(settings(db).find_one(doc! { "_id": id, "secret": secret }).await?.is_some())
}

/// Ends the mails of a group for the account with that secret; says whether there is one.
///
/// # Errors
/// When the database fails.
pub async fn mute(db: &Db, id: ObjectId, secret: &str, group: Group) -> Result<bool> {
    let update = doc! { "$addToSet": { "muted": group.name() } };
    Ok(settings(db).update_one(doc! { "_id": id, "secret": secret }, update).await?.matched_count == 1)
}

fn settings(db: &Db) -> Collection<Settings> {
    db.collection(NOTICE_SETTINGS)
}
