//! What is claimed of the providers' time: the only place where claims are written.

use futures::TryStreamExt;
use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use serde::Deserialize;

use super::{ApplyError, bookings, slot_claims};
use crate::booking::machine::Booking;
use crate::booking::model::{BOOKINGS, SlotClaim};
use crate::booking::slots::{self, Moves};
use crate::time::Timestamp;
use crate::web::db::{Db, is_duplicate_key};
use crate::web::transaction::{Work, in_transaction, is_disturbed};

/// So many claims are looked through at once for those that no booking holds.
const MOST_SWEPT: i64 = 2_000;

/// What the sweep found and gave back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SweepReport {
    /// Cells held by drafts whose time is over.
    pub expired: u64,
    /// Cells claimed for bookings that do not hold them: none, unless something went wrong.
    pub orphaned: u64,
    /// The booking after which the next sweep goes on; nothing when this one came to the end.
    pub next: Option<ObjectId>,
}

/// Claims that count at `now`, as a condition: not those of a draft whose hold is over.
pub(super) fn live(now: Timestamp) -> Document {
    doc! { "$or": [{ "until": { "$exists": false } }, { "until": { "$gt": now.0 } }] }
}

/// The same of one claim, by its end.
pub(super) fn is_live(until: Option<Timestamp>, now: Timestamp) -> bool {
    until.is_none_or(|until| until > now)
}

/// Claims that count no longer at `now`, as a condition.
fn over(now: Timestamp) -> Document {
    doc! { "until": { "$lte": now.0 } }
}

/// Whether somebody else holds one of the cells.
///
/// # Errors
/// When the database fails.
pub(super) async fn is_taken<'c>(
    db: &Db,
    cells: impl IntoIterator<Item = &'c String>,
    mine: ObjectId,
    now: Timestamp,
) -> mongodb::error::Result<bool> {
    let cells: Vec<&String> = cells.into_iter().collect();
    let mut others = live(now);
    others.extend(doc! { "_id": { "$in": cells }, "booking": { "$ne": mine } });
    Ok(slot_claims(db).find_one(others).await?.is_some())
}

/// Writes what a booking's transition moves, inside its transaction.
pub(super) async fn write_moves(
    db: &Db,
    session: &mut ClientSession,
    id: ObjectId,
    moves: &Moves,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let claims = slot_claims(db);
    let Moves { insert, remove, update } = moves;
    if !remove.is_empty() {
        let cells: Vec<&String> = remove.iter().collect();
        let mine = doc! { "_id": { "$in": cells }, "booking": id };
        claims.delete_many(mine).session(&mut *session).await?;
    }
    let new = insert.iter().map(|(cell, firm)| SlotClaim { cell: cell.clone(), booking: id, firm: *firm, until: None });
    take(db, session, id, new.collect(), now).await?;
    for firm in [true, false] {
        let cells: Vec<&String> = update.iter().filter(|(_, to)| **to == firm).map(|(cell, _)| cell).collect();
        if !cells.is_empty() {
            let mine = doc! { "_id": { "$in": cells }, "booking": id };
            claims.update_many(mine, doc! { "$set": { "firm": firm } }).session(&mut *session).await?;
        }
    }
    Ok(())
}

/// Inserts claims in place of one's own and of those that no longer count. The unique key decides.
async fn take(
    db: &Db,
    session: &mut ClientSession,
    id: ObjectId,
    new: Vec<SlotClaim>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    if new.is_empty() {
        return Ok(());
    }
    let cells: Vec<&String> = new.iter().map(|claim| &claim.cell).collect();
    let replaced = doc! { "_id": { "$in": cells }, "$or": [{ "booking": id }, over(now)] };
    slot_claims(db).delete_many(replaced).session(&mut *session).await?;
    match slot_claims(db).insert_many(new).session(&mut *session).await {
        Err(error) if is_duplicate_key(&error) => Err(ApplyError::SlotTaken),
        inserted => inserted.map(|_| ()).map_err(Into::into),
    }
}

/// Holds cells for a draft until an instant, in place of what it held before.
///
/// # Errors
/// [`ApplyError::SlotTaken`] when somebody else has one of them; then the draft holds what it held.
pub async fn hold(
    db: &Db,
    draft: ObjectId,
    cells: &[String],
    until: Timestamp,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let hold = Hold { draft, cells, until, now };
    match in_transaction(db, &hold).await {
        Err(error) if is_disturbed(&error) && is_taken(db, cells, draft, now).await? => Err(ApplyError::SlotTaken),
        held => held,
    }
}

/// Gives back what a draft holds. What its booking has claimed meanwhile stays.
///
/// # Errors
/// When the database fails.
pub async fn release(db: &Db, draft: ObjectId) -> mongodb::error::Result<u64> {
    let held = doc! { "booking": draft, "until": { "$exists": true } };
    Ok(slot_claims(db).delete_many(held).await?.deleted_count)
}

/// Gives back holds whose time is over, and claims for bookings that do not hold them. Of the latter it looks through
/// 2,000 claims, those of the bookings after `after`: they are written in one transaction with their booking, so
/// that there is nothing to find unless something went wrong.
///
/// # Errors
/// When the database fails.
pub async fn sweep(db: &Db, after: Option<ObjectId>, now: Timestamp) -> mongodb::error::Result<SweepReport> {
    let expired = slot_claims(db).delete_many(over(now)).await?.deleted_count;
    let mut report = SweepReport { expired, ..SweepReport::default() };
    let mut seen = 0;
    for Claimant { id, claims, firm, holds } in claimants(db, after).await? {
        (seen, report.next) = (seen + claims, Some(id));
        if firm > 0 && !holds {
            report.orphaned += in_transaction(db, &FreeOrphans(id)).await?;
        }
    }
    report.next = report.next.filter(|_| seen >= MOST_SWEPT);
    Ok(report)
}

/// A booking that has claims.
#[derive(Deserialize)]
struct Claimant {
    #[serde(rename = "_id")]
    id: ObjectId,
    /// How many of the claims that were looked through.
    claims: i64,
    /// How many of these are no draft's hold.
    firm: i64,
    /// Whether it is there and holds time.
    holds: bool,
}

/// Whose the next claims are, in order of their ids.
async fn claimants(db: &Db, after: Option<ObjectId>) -> mongodb::error::Result<Vec<Claimant>> {
    let after = after.unwrap_or(ObjectId::from_bytes([0; 12]));
    let holds = doc! { "$or": [{ "state.hold": { "$ne": "free" } }, { "state.change": { "$ne": null } }] };
    let firm = doc! { "$cond": [{ "$eq": [{ "$type": "$until" }, "missing"] }, 1_i64, 0_i64] };
    let pipeline = [
        doc! { "$match": { "booking": { "$gt": after } } },
        doc! { "$sort": { "booking": 1 } },
        doc! { "$limit": MOST_SWEPT },
        doc! { "$group": { "_id": "$booking", "claims": { "$sum": 1_i64 }, "firm": { "$sum": firm } } },
        doc! { "$lookup": {
            "from": BOOKINGS, "localField": "_id", "foreignField": "_id", "as": "holder",
            "pipeline": [{ "$match": holds }, { "$project": { "_id": 1 } }],
        } },
        doc! { "$project": { "claims": 1, "firm": 1, "holds": { "$ne": ["$holder", []] } } },
        doc! { "$sort": { "_id": 1 } },
    ];
    slot_claims(db).aggregate(pipeline).with_type().await?.try_collect().await
}

struct Hold<'a> {
    draft: ObjectId,
    cells: &'a [String],
    until: Timestamp,
    now: Timestamp,
}

impl Work for Hold<'_> {
    type Done = ();
    type Failure = ApplyError;

    async fn run(&self, db: &Db, session: &mut ClientSession) -> Result<(), ApplyError> {
        let before = doc! { "booking": self.draft, "until": { "$exists": true } };
        slot_claims(db).delete_many(before).session(&mut *session).await?;
        let claim = |cell: &String| {
            let (booking, until) = (self.draft, Some(self.until));
            SlotClaim { cell: cell.clone(), booking, firm: false, until }
        };
        take(db, session, self.draft, self.cells.iter().map(claim).collect(), self.now).await
    }
}

/// Gives back what a booking claims without holding it, both seen in one snapshot.
struct FreeOrphans(ObjectId);

impl Work for FreeOrphans {
    type Done = u64;
    type Failure = mongodb::error::Error;

    async fn run(&self, db: &Db, session: &mut ClientSession) -> mongodb::error::Result<u64> {
        let found = bookings(db).find_one(doc! { "_id": self.0 }).session(&mut *session).await?;
        let held = found.map(Booking::from).map(|booking| slots::claims(&booking)).unwrap_or_default();
        let held: Vec<&String> = held.keys().collect();
        let orphans = doc! { "booking": self.0, "_id": { "$nin": held }, "until": { "$exists": false } };
        Ok(slot_claims(db).delete_many(orphans).session(&mut *session).await?.deleted_count)
    }
}
