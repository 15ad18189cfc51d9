//! Writing a transition: one update by version, and the slot claims with it when they move.

use mongodb::ClientSession;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc, serialize_to_bson};
use mongodb::error::Error;
use mongodb::options::{ReturnDocument, WriteConcern};

use super::work::{LEASE_MILLIS, Lease};
use super::{Command, bookings, claims};
use crate::booking::machine::outbox::OutboxEntry;
use crate::booking::machine::{Booking, TABLE, Transition, next_due};
use crate::booking::model::BookingDocument;
use crate::booking::slots::{self, Moves};
use crate::time::Timestamp;
use crate::web::db::Db;
use crate::web::transaction::{Failure, Work, in_transaction, is_disturbed};

/// Why a transition was not written. Nothing was.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// Somebody moved the booking first.
    #[error("somebody moved the booking first")]
    Stale,
    /// Another booking holds the time.
    #[error("another booking holds the time")]
    SlotTaken,
    /// The database failed. Whether it wrote is only known by asking again with the command's id.
    #[error("the database failed: {0}")]
    Database(#[from] Error),
}

impl Failure for ApplyError {
    fn database_error(&self) -> Option<&Error> {
        match self {
            ApplyError::Database(error) => Some(error),
            ApplyError::Stale | ApplyError::SlotTaken => None,
        }
    }
}

/// Who looks at what follows from a transition.
#[derive(Clone, Copy)]
enum Follow {
    /// Whoever is first to look for work.
    Anybody,
    /// The worker that writes it, under the lease with that token.
    Worker(i64),
    /// Whoever writes it: it is leased as it is written.
    Writer,
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
    write(db, before, transition, command, Follow::Anybody).await.map(Booking::from)
}

/// The same, and the booking is leased by that write: what follows from it is for whoever has the lease. If they never do
/// it, somebody else does when the lease is over.
///
/// # Errors
/// [`ApplyError`] says which, and that nothing was written.
pub async fn apply_and_lease(
    db: &Db,
    before: &Booking,
    transition: Transition,
    command: Option<Command>,
) -> Result<(Booking, Lease), ApplyError> {
    let document = write(db, before, transition, command, Follow::Writer).await?;
    Ok((document.clone().into(), Lease::of(document)))
}

/// The same for the worker: only if it still holds the lease with that token, which it goes on to hold.
///
/// # Errors
/// [`ApplyError`]; a lost lease is [`ApplyError::Stale`].
pub async fn apply_leased(
    db: &Db,
    before: &Booking,
    transition: Transition,
    lease: i64,
) -> Result<Booking, ApplyError> {
    write(db, before, transition, None, Follow::Worker(lease)).await.map(Booking::from)
}

async fn write(
    db: &Db,
    before: &Booking,
    transition: Transition,
    command: Option<Command>,
    follow: Follow,
) -> Result<BookingDocument, ApplyError> {
    let outbox = transition.outbox.clone();
    let after = transition.applied_to(before);
    let id = ObjectId::parse_str(&before.id).map_err(Error::from)?;
    let at = after.history.last().map_or(after.created_at, |event| event.at);
    let mut filter = doc! { "_id": id, "version": before.version };
    let mut update = update(&after, &outbox, command.as_ref(), wake_at(follow, at))?;
    match follow {
        Follow::Anybody => {}
        Follow::Worker(token) => _ = filter.insert("work.lease", token),
        Follow::Writer => _ = update.insert("$inc", doc! { "work.lease": 1_i64 }),
    }
    let write = Write { id, filter, update, moves: slots::moves(before, &after), at };
    if write.moves.is_empty() {
        return write.booking(db, None).await;
    }
    match in_transaction(db, &write).await {
        // Those who disturb write the same cells, and have had time enough to get them.
        Err(error) if is_disturbed(&error) && write.time_is_taken(db).await? => Err(ApplyError::SlotTaken),
        written => written,
    }
}

/// One transition as it is written.
struct Write {
    id: ObjectId,
    filter: Document,
    update: Document,
    moves: Moves,
    /// When it happens: holds that end before it no longer count.
    at: Timestamp,
}

impl Write {
    /// The compare-and-set: nothing is written unless the booking still has the version that was decided on.
    async fn booking(&self, db: &Db, session: Option<&mut ClientSession>) -> Result<BookingDocument, ApplyError> {
        let collection = bookings(db);
        let write = collection
            .find_one_and_update(self.filter.clone(), self.update.clone())
            .return_document(ReturnDocument::After);
        let written = match session {
            Some(session) => write.session(session).await?,
            None => write.write_concern(WriteConcern::majority()).await?,
        };
        written.ok_or(ApplyError::Stale)
    }

    async fn time_is_taken(&self, db: &Db) -> mongodb::error::Result<bool> {
        claims::is_taken(db, self.moves.insert.keys(), self.id, self.at).await
    }
}

impl Work for Write {
    type Done = BookingDocument;
    type Failure = ApplyError;

    async fn run(&self, db: &Db, session: &mut ClientSession) -> Result<BookingDocument, ApplyError> {
        let booking = self.booking(db, Some(&mut *session)).await?;
        claims::write_moves(db, session, self.id, &self.moves, self.at).await?;
        Ok(booking)
    }
}

/// When somebody looks for what follows, if the write says it: at its own instant, or when the writer's lease is over.
fn wake_at(follow: Follow, at: Timestamp) -> Option<i64> {
    match follow {
        Follow::Anybody => Some(at.0),
        Follow::Worker(_) => None,
        Follow::Writer => Some(at.0 + LEASE_MILLIS),
    }
}

fn update(
    after: &Booking,
    outbox: &[OutboxEntry],
    command: Option<&Command>,
    wake_at: Option<i64>,
) -> Result<Document, Error> {
    let mut set = doc! {
        "version": after.version,
        "state": serialize_to_bson(&after.state)?,
        "cells": slots::booked(after),
    };
    set.extend(wake_at.map(|at| ("wake_at".to_owned(), at.into())));
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
