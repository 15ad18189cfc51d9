//! seed

use crate::server::db::Db;
use crate::time::Timestamp;

/// Seeds.
pub async fn seed(_db: &Db, _now: Timestamp, _password_hash: &str) -> mongodb::error::Result<()> {
    Ok(())
}
