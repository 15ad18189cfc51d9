//! Writing a transition: one update by version, and the slot claims with it when they move.

use std::time::Duration;

use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc, serialize_to_bson};
use mongodb::error::{Error, ErrorKind, TRANSIENT_TRANSACTION_ERROR, UNKNOWN_TRANSACTION_COMMIT_RESULT, WriteFailure};
use mongodb::options::{ReadConcern, ReturnDocument, WriteConcern};

use super::{Command, bookings, slot_claims};
use crate::booking::machine::effects::OutboxEntry;
use crate::booking::machine::{Booking, TABLE, Transition, next_due};
use crate::booking::model::SlotClaim;
use crate::booking::slots::{self, Moves};
use crate::server::db::Db;

/// How often a transaction is tried that others disturb.
const TRIES: u32 = 6;
/// The longest wait before the second try, in milliseconds; it doubles with every further one.
const FIRST_WAIT: u64 = 10;
/// MongoDB's code for a unique key that is there already.
const DUPLICATE_KEY: i32 = 11_000;

/// Why a transition was not written. Nothing was.
#[derive(Debug)]
pub enum ApplyError {
    /// Somebody moved the booking first.
    Stale,
    /// Another booking holds the time.
    SlotTaken,
    /// The database failed. Whether it wrote is only known by asking again with the command's id.
    Database(Error),
}

impl From<Error> for ApplyError {
    fn from(error: Error) -> Self {
        ApplyError::Database(error)
    }
}

/// Writes a transition: one update by version, with the slot claims in the same transaction when they move.
///
/// # Errors
/// [`ApplyError`] says which, and that nothing was written.
pub async fn apply(
    db: &Db,
    before: &Booking,
    transition: Transition,
    command: Option<Command>,
) -> Result<Booking, ApplyError> {
    let outbox = transition.outbox.clone();
    let after = transition.applied_to(before);
    let write = Write {
        id: ObjectId::parse_str(&before.id).map_err(Error::from)?,
        version: before.version,
        update: update(&after, &outbox, command.as_ref())?,
        moves: slots::moves(before, &after),
    };
    if write.moves.is_empty() {
        return write.booking(db, None).await;
    }
    let mut session = db.client.start_session().await?;
    let mut tries = 0;
    loop {
        let error = match write.transaction(db, &mut session).await {
            Ok(booking) => return Ok(booking),
            Err(error) => error,
        };
        // Ends what the failure left open; there is nothing to do if that fails too.
        _ = session.abort_transaction().await;
        tries += 1;
        match error {
            ApplyError::Database(error) if error.contains_label(TRANSIENT_TRANSACTION_ERROR) => {
                if tries == TRIES {
                    // Those who disturb write the same cells, and have had time enough to get them.
                    let taken = write.time_is_taken(db).await?;
                    return Err(if taken { ApplyError::SlotTaken } else { error.into() });
                }
                back_off(tries).await;
            }
            error => return Err(error),
        }
    }
}

/// One transition as it is written.
struct Write {
    id: ObjectId,
    version: i64,
    update: Document,
    moves: Moves,
}

impl Write {
    /// The compare-and-set: nothing is written unless the booking still has the version that was decided on.
    async fn booking(&self, db: &Db, session: Option<&mut ClientSession>) -> Result<Booking, ApplyError> {
        let filter = doc! { "_id": self.id, "version": self.version };
        let collection = bookings(db);
        let write = collection.find_one_and_update(filter, self.update.clone()).return_document(ReturnDocument::After);
        let written = match session {
            Some(session) => write.session(session).await?,
            None => write.write_concern(WriteConcern::majority()).await?,
        };
        written.map(Booking::from).ok_or(ApplyError::Stale)
    }

    async fn transaction(&self, db: &Db, session: &mut ClientSession) -> Result<Booking, ApplyError> {
        let options = session.start_transaction().read_concern(ReadConcern::snapshot());
        options.write_concern(WriteConcern::majority()).await?;
        let booking = self.booking(db, Some(&mut *session)).await?;
        match self.claims(db, session).await {
            Err(error) if is_duplicate_key(&error) => return Err(ApplyError::SlotTaken),
            claimed => claimed?,
        }
        for _ in 0..TRIES {
            match session.commit_transaction().await {
                // To commit again is safe: it is one transaction, however often it is asked for.
                Err(error) if error.contains_label(UNKNOWN_TRANSACTION_COMMIT_RESULT) => back_off(1).await,
                committed => return committed.map(|()| booking).map_err(Into::into),
            }
        }
        session.commit_transaction().await?;
        Ok(booking)
    }

    async fn claims(&self, db: &Db, session: &mut ClientSession) -> mongodb::error::Result<()> {
        let claims = slot_claims(db);
        let Moves { insert, remove, update } = &self.moves;
        if !remove.is_empty() {
            let cells: Vec<&String> = remove.iter().collect();
            let mine = doc! { "_id": { "$in": cells }, "booking": self.id };
            claims.delete_many(mine).session(&mut *session).await?;
        }
        if !insert.is_empty() {
            let new = insert.iter();
            let new = new.map(|(cell, firm)| SlotClaim { cell: cell.clone(), booking: self.id, firm: *firm });
            claims.insert_many(new).session(&mut *session).await?;
        }
        for firm in [true, false] {
            let cells: Vec<&String> = update.iter().filter(|(_, to)| **to == firm).map(|(cell, _)| cell).collect();
            if !cells.is_empty() {
                let mine = doc! { "_id": { "$in": cells }, "booking": self.id };
                claims.update_many(mine, doc! { "$set": { "firm": firm } }).session(&mut *session).await?;
            }
        }
        Ok(())
    }

    async fn time_is_taken(&self, db: &Db) -> mongodb::error::Result<bool> {
        let cells: Vec<&String> = self.moves.insert.keys().collect();
        let others = doc! { "_id": { "$in": cells }, "booking": { "$ne": self.id } };
        Ok(slot_claims(db).find_one(others).await?.is_some())
    }
}

fn update(after: &Booking, outbox: &[OutboxEntry], command: Option<&Command>) -> Result<Document, Error> {
    let mut set = doc! {
        "version": after.version,
        "state": serialize_to_bson(&after.state)?,
        "cells": slots::booked(after),
    };
    let mut update = doc! {};
    match next_due(TABLE, after) {
        Some((action, at)) => {
            set.insert("next_due_at", at.0);
            set.insert("next_due_action", action);
        }
        None => _ = update.insert("$unset", doc! { "next_due_at": "", "next_due_action": "" }),
    }
    let mut push = doc! { "outbox": { "$each": serialize_to_bson(outbox)? } };
    if let Some(event) = after.history.last() {
        push.insert("history", serialize_to_bson(event)?);
    }
    if let Some(command) = command {
        push.insert("commands", serialize_to_bson(command)?);
    }
    update.insert("$set", set);
    update.insert("$push", push);
    Ok(update)
}

fn is_duplicate_key(error: &Error) -> bool {
    match error.kind.as_ref() {
        ErrorKind::InsertMany(many) => many.write_errors.iter().flatten().any(|write| write.code == DUPLICATE_KEY),
        ErrorKind::Write(WriteFailure::WriteError(write)) => write.code == DUPLICATE_KEY,
        ErrorKind::Command(command) => command.code == DUPLICATE_KEY,
        _ => false,
    }
}

/// Waits between half and all of a time that doubles with every try, so that those who collided come back apart.
async fn back_off(attempt: u32) {
    let longest = FIRST_WAIT << attempt.min(8);
    // Without randomness they would merely collide once more.
    let random = getrandom::u32().unwrap_or_default();
    let wait = longest / 2 + u64::from(random) % (longest / 2);
    tokio::time::sleep(Duration::from_millis(wait)).await;
}
