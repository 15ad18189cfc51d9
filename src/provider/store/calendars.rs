//! When providers work, as the search asks for it: of many at once, and only what free times need.

use std::time::Duration;

use mongodb::Cursor;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::provider::free::Calendar;
use crate::provider::model::PROVIDERS;
use crate::provider::week::{Busy, DayException, Week};
use crate::web::db::Db;

/// What free times need of a provider.
#[derive(Clone, Debug, Deserialize)]
pub struct StoredCalendar {
    /// Whose it is.
    #[serde(rename = "_id")]
    pub id: ObjectId,
    week: Week,
    #[serde(default)]
    exceptions: Vec<DayException>,
    #[serde(default)]
    busy: Vec<Busy>,
    /// The IANA zone of the week.
    pub zone: String,
}

impl StoredCalendar {
    /// When they work.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { week: &self.week, exceptions: &self.exceptions, busy: &self.busy, zone: &self.zone }
    }
}

/// The [`StoredCalendar`]s of those ids, each as `calendar` of a row, and then the rows that another stage adds. All of them in
/// one round trip, within `patience`.
///
/// # Errors
/// When the database fails, or is slower than that.
pub async fn calendars<T>(db: &Db, ids: Vec<ObjectId>, also: Document, patience: Duration) -> Result<Cursor<T>>
where
    T: DeserializeOwned + Send + Sync,
{
    let needed = doc! { "_id": "$_id", "week": "$week", "exceptions": "$exceptions", "busy": "$busy", "zone": "$zone" };
    let calendar = doc! { "$project": { "_id": 0, "calendar": needed } };
    let providers = db.collection::<Document>(PROVIDERS);
    let rows = providers.aggregate([doc! { "$match": { "_id": { "$in": ids } } }, calendar, also]);
    // A second round trip would cost more than the bytes.
    rows.max_time(patience).batch_size(u32::MAX >> 1).with_type().await
}
