//! Every query of the reports, and nothing else.

use std::collections::BTreeSet;

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{doc, serialize_to_bson, serialize_to_document};
use mongodb::error::Result;
use serde::Deserialize;

use super::{REPORTS, Report, ReportEvent, ReportStatus};
use crate::web::cursor;
use crate::web::db::{Collection, Db};

pub use crate::web::cursor::Cursor;

/// The most reports on a page.
const PAGE_SIZE: usize = 20;
/// The most reports of one person in one booking that are looked at.
const MOST: i64 = 500;

/// Keeps a report, unless the same person has reported the message before.
///
/// # Errors
/// When the database fails.
pub async fn put(db: &Db, report: &Report) -> Result<()> {
    let mut fields = serialize_to_document(report)?;
    fields.remove("_id");
    reports(db).update_one(doc! { "_id": &report.key }, doc! { "$setOnInsert": fields }).upsert(true).await.map(|_| ())
}

/// Whether anything was reported in a booking's thread.
///
/// # Errors
/// When the database fails.
pub async fn is_reported(db: &Db, booking: ObjectId) -> Result<bool> {
    Ok(reports(db).find_one(doc! { "booking": booking }).await?.is_some())
}

/// The messages of a booking that somebody has reported.
///
/// # Errors
/// When the database fails.
pub async fn reported_by(db: &Db, booking: ObjectId, account: &str) -> Result<BTreeSet<ObjectId>> {
    #[derive(Deserialize)]
    struct Reported {
        message: ObjectId,
    }
    let reports = db.collection::<Reported>(REPORTS);
    let found = reports.find(doc! { "booking": booking, "by": account }).limit(MOST);
    let found = found.projection(doc! { "_id": 0, "message": 1 }).await?;
    found.map_ok(|found| found.message).try_collect().await
}

/// The report of a key.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, key: &str) -> Result<Option<Report>> {
    reports(db).find_one(doc! { "_id": key }).await
}

/// A page of the reports in a status, the oldest first, and where it ends if there are more.
///
/// # Errors
/// When the database fails.
pub async fn queue(db: &Db, status: ReportStatus, after: Option<Cursor>) -> Result<(Vec<Report>, Option<Cursor>)> {
    let mut query = doc! { "status": status.name() };
    if let Some(Cursor { at, key }) = after {
        query.insert("at", doc! { "$gte": at.0 });
        // As a negation, what was on the page before never tempts the planner away from the one range.
        query.insert("$nor", vec![doc! { "at": at.0, "_id": { "$lte": key } }]);
    }
    let found = reports(db).find(query).sort(doc! { "at": 1, "_id": 1 }).limit(cursor::limit(PAGE_SIZE)).await?;
    Ok(cursor::cut(found.try_collect().await?, PAGE_SIZE, |last: &Report| Cursor {
        at: last.at,
        key: last.key.clone(),
    }))
}

/// Marks an open report as handled, and says whether it was open: of two at once one does it.
///
/// # Errors
/// When the database fails.
pub async fn handle(db: &Db, key: &str, event: &ReportEvent) -> Result<bool> {
    let open = doc! { "_id": key, "status": ReportStatus::Open.name() };
    let change = doc! { "$set": { "status": event.to.name() }, "$push": { "history": serialize_to_bson(event)? } };
    Ok(reports(db).update_one(open, change).await?.matched_count == 1)
}

fn reports(db: &Db) -> Collection<Report> {
    db.collection(REPORTS)
}
