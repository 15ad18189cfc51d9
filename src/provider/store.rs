//! Every query of the providers, and nothing else.

use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use mongodb::error::Result;

use super::model::{PROVIDERS, Provider};
use crate::server::db::Db;

fn providers(db: &Db) -> mongodb::Collection<Provider> {
    db.collection(PROVIDERS)
}

/// The provider of an account.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, id: ObjectId) -> Result<Option<Provider>> {
    providers(db).find_one(doc! { "_id": id }).await
}

/// Writes a provider, new or not.
///
/// # Errors
/// When the database fails.
pub async fn save(db: &Db, provider: &Provider) -> Result<()> {
    providers(db).replace_one(doc! { "_id": provider.id }, provider).upsert(true).await.map(|_| ())
}
