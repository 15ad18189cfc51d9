//! Every query of the mails, and nothing else.

use mongodb::bson::{doc, serialize_to_document};
use mongodb::error::Result;

use super::model::{MAILS, Mail};
use crate::server::db::Db;

/// Keeps a mail, unless one with its key is there: writing it again changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn put(db: &Db, mail: &Mail) -> Result<()> {
    let mut fields = serialize_to_document(mail)?;
    fields.remove("_id");
    let mails = db.collection::<Mail>(MAILS);
    mails.update_one(doc! { "_id": &mail.key }, doc! { "$setOnInsert": fields }).upsert(true).await.map(|_| ())
}
