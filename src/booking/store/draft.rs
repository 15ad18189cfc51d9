//! Writing bookings that were not there before.

use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;

use super::{bookings, slot_claims};
use crate::booking::machine::outbox::OutboxEntry;
use crate::booking::machine::{Booking, Status};
use crate::booking::model::{BookingDocument, Command, SlotClaim};
use crate::booking::slots;
use crate::web::db::{Db, is_duplicate_key};

/// Writes a fresh draft. It claims no time.
///
/// # Errors
/// When the database fails, or id or reference are another booking's already.
pub async fn insert_draft(db: &Db, booking: &Booking, command: Option<Command>) -> mongodb::error::Result<()> {
    let document = BookingDocument::new(booking.clone(), command.into_iter().collect(), Vec::new())?;
    bookings(db).insert_one(document).await.map(|_| ())
}

/// What became of a draft that was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutDraft {
    /// It is there as it was put.
    Written,
    /// The booking of that id has moved on.
    MovedOn,
    /// Another booking has its reference.
    ReferenceTaken,
}

/// Writes a draft, in place of one of that id that was never sent.
///
/// # Errors
/// When the database fails.
pub async fn put_draft(db: &Db, booking: &Booking) -> mongodb::error::Result<PutDraft> {
    let document = BookingDocument::new(booking.clone(), Vec::new(), Vec::new())?;
    let id = document.id;
    let unsent = doc! { "_id": id, "version": 1, "state.status": Status::Draft.name() };
    match bookings(db).replace_one(unsent, document).upsert(true).await {
        // Two keys are unique: the id and the reference.
        Err(error) if is_duplicate_key(&error) => {
            let sent = [doc! { "version": { "$ne": 1 } }, doc! { "state.status": { "$ne": Status::Draft.name() } }];
            let moved_on = bookings(db).count_documents(doc! { "_id": id, "$or": sent }).await? > 0;
            Ok(if moved_on { PutDraft::MovedOn } else { PutDraft::ReferenceTaken })
        }
        written => written.map(|_| PutDraft::Written),
    }
}

/// Takes back a draft that was never sent.
///
/// # Errors
/// When the database fails.
pub async fn remove_draft(db: &Db, id: ObjectId) -> mongodb::error::Result<()> {
    let unsent = doc! { "_id": id, "version": 1, "state.status": Status::Draft.name() };
    bookings(db).delete_one(unsent).await.map(|_| ())
}

/// Writes bookings with whatever history they have, and their claims: all of them or none.
///
/// # Errors
/// When the database fails, or one of them is there already, or two of them overlap.
pub async fn insert_all(db: &Db, walked: Vec<(Booking, Vec<OutboxEntry>)>) -> mongodb::error::Result<()> {
    let mut claims = Vec::new();
    let mut documents = Vec::new();
    for (booking, outbox) in walked {
        let id = ObjectId::parse_str(&booking.id)?;
        let held = slots::claims(&booking).into_iter();
        claims.extend(held.map(|(cell, firm)| SlotClaim { cell, booking: id, firm, until: None }));
        documents.push(BookingDocument::new(booking, Vec::new(), outbox)?);
    }
    let mut session = db.client.start_session().await?;
    session.start_transaction().await?;
    bookings(db).insert_many(documents).session(&mut session).await?;
    if !claims.is_empty() {
        slot_claims(db).insert_many(claims).session(&mut session).await?;
    }
    session.commit_transaction().await
}
