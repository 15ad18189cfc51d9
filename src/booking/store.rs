//! Every query of the bookings, and nothing else. Each uses an index, and each that a person causes carries who asks.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use mongodb::bson::{Document, doc};

use super::machine::{Booking, Facts, Status};
use super::model::{BOOKINGS, BookingDocument, SLOT_CLAIMS, SlotClaim, Talk};
use crate::web::db::{Collection, Db};

pub mod ahead;
mod apply;
pub mod appointments;
pub mod changes;
mod claims;
mod code;
pub mod days;
mod draft;
pub mod earned;
mod facts;
mod find;
pub mod handover;
mod list;
pub mod oversight;
mod record;
pub mod reviews;
pub mod search;
pub mod talk;
pub mod times;
pub mod work;

pub use super::model::Command;
pub use apply::{ApplyError, apply, apply_and_lease, apply_leased};
pub use claims::{SweepReport, hold, release, sweep};
pub use code::take_code_try;
pub use draft::{PutDraft, insert_all, insert_draft, put_draft, remove_draft};
pub use facts::facts_of;
pub use find::{Visit, find_due, find_for, for_each, load, parties_in, parties_of, version_for};
pub use list::{Cursor, ListFilter, PAGE_SIZE, list_for};
pub use record::{Record, record_of};
pub use times::{free_starts_for, free_starts_of, new_time_free, next_free_times};

/// A booking as loaded, with what the rules need beside it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The booking.
    pub booking: Booking,
    /// The commands that made it.
    pub commands: Vec<Command>,
    /// What it does not hold itself.
    pub facts: Facts,
    /// What is shown of its thread.
    pub talk: Talk,
}

/// How many bookings there are in each status (for the diagram of the machine).
///
/// # Errors
/// When the database fails.
pub async fn count_by_status(db: &Db) -> mongodb::error::Result<BTreeMap<Status, u64>> {
    #[derive(serde::Deserialize)]
    struct Count {
        #[serde(rename = "_id")]
        status: Status,
        count: i64,
    }
    // The condition holds for every booking; with it the index alone answers.
    let pipeline = [
        doc! { "$match": { "state.status": { "$gt": "" } } },
        doc! { "$group": { "_id": "$state.status", "count": { "$sum": 1_i64 } } },
    ];
    let counts: Vec<Count> = bookings(db).aggregate(pipeline).with_type().await?.try_collect().await?;
    Ok(counts.into_iter().map(|count| (count.status, count.count.unsigned_abs())).collect())
}

fn bookings(db: &Db) -> Collection<BookingDocument> {
    db.collection(BOOKINGS)
}

fn slot_claims(db: &Db) -> Collection<SlotClaim> {
    db.collection(SLOT_CLAIMS)
}

/// The access rule, as a condition of the query: a person sees the bookings they take part in, an admin all of them. A
/// provider learns of a booking when the request is sent, not while the customer is still drafting it.
fn visible_to(viewer: &crate::web::viewer::Viewer) -> Document {
    if viewer.is_admin {
        return doc! {};
    }
    doc! { "$or": [{ "customer.id": &viewer.id }, as_provider(viewer)] }
}

/// The bookings of which the viewer is the provider, and knows.
fn as_provider(viewer: &crate::web::viewer::Viewer) -> Document {
    doc! { "provider.id": &viewer.id, "state.requested_at": { "$ne": null } }
}
