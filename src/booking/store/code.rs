//! Counting the tries of a booking's code for the start.

use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use mongodb::options::WriteConcern;

use super::bookings;
use crate::booking::machine::guards::MAX_CODE_TRIES;
use crate::web::db::Db;

/// Takes one of the tries that are left, before the code is compared: so many at once are counted as well, on every server.
/// Says whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn take_code_try(db: &Db, booking: &str) -> mongodb::error::Result<bool> {
    let left = doc! { "_id": ObjectId::parse_str(booking)?, "code_tries": { "$not": { "$gte": MAX_CODE_TRIES } } };
    let one_less = doc! { "$inc": { "code_tries": 1 } };
    let done = bookings(db).update_one(left, one_less).write_concern(WriteConcern::majority()).await?;
    Ok(done.matched_count == 1)
}
