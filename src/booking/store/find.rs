//! Loading one booking, or every one of them in turn.

use std::ops::ControlFlow;

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{self, Bson, Document, doc};
use serde::Deserialize;

use super::{Loaded, bookings, facts, visible_to};
use crate::booking::machine::guards::MAX_CODE_TRIES;
use crate::booking::machine::{Booking, Facts};
use crate::booking::model::{BOOKINGS, BookingDocument};
use crate::time::Timestamp;
use crate::web::db::Db;
use crate::web::viewer::Viewer;

/// The booking, if the viewer takes part in it or is an admin, with its facts: one point read. Where its status has an action
/// that asks whether the time is free, or about its people, these are read after it, side by side.
///
/// # Errors
/// When the database fails. An id that is none is a booking that is not there.
pub async fn find_for(db: &Db, viewer: &Viewer, id: &str, now: Timestamp) -> mongodb::error::Result<Option<Loaded>> {
    find(db, id, visible_to(viewer), now).await
}

/// The booking's version, if the viewer takes part in it or is an admin.
///
/// # Errors
/// When the database fails. An id that is none is a booking that is not there.
pub async fn version_for(db: &Db, viewer: &Viewer, id: &str) -> mongodb::error::Result<Option<i64>> {
    #[derive(Deserialize)]
    struct Found {
        version: i64,
    }
    let Ok(id) = ObjectId::parse_str(id) else {
        return Ok(None);
    };
    let mut filter = visible_to(viewer);
    filter.insert("_id", id);
    let bookings = db.collection::<Found>(BOOKINGS);
    let found = bookings.find_one(filter).projection(doc! { "_id": 0, "version": 1 }).await?;
    Ok(found.map(|found| found.version))
}

/// The accounts that take part in a booking and know of it, whoever asks: for programs of ours.
///
/// # Errors
/// When the database fails.
pub async fn parties_of(db: &Db, id: ObjectId) -> mongodb::error::Result<Vec<String>> {
    let fields = doc! { "customer.id": 1, "provider.id": 1, "state.requested_at": 1 };
    let found = db.collection::<Document>(BOOKINGS).find_one(doc! { "_id": id }).projection(fields).await?;
    Ok(found.as_ref().map(parties_in).unwrap_or_default())
}

/// The accounts that take part in a booking and know of it, out of its document: the rule of `visible_to`.
pub fn parties_in(booking: &Document) -> Vec<String> {
    let id = |party| Some(booking.get_document(party).ok()?.get_str("id").ok()?.to_owned());
    let asked =
        booking.get_document("state").is_ok_and(|state| state.get("requested_at").is_some_and(|at| *at != Bson::Null));
    id("customer").into_iter().chain(id("provider").filter(|_| asked)).collect()
}

/// The booking with its facts, whoever takes part in it: for the clock and other programs of ours.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, id: &str, now: Timestamp) -> mongodb::error::Result<Option<Loaded>> {
    find(db, id, doc! {}, now).await
}

/// The ids of bookings on which the clock has to act by `now`, longest due first.
///
/// # Errors
/// When the database fails.
pub async fn find_due(db: &Db, now: Timestamp, limit: i64) -> mongodb::error::Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Due {
        #[serde(rename = "_id")]
        id: ObjectId,
    }
    let due = db
        .collection::<Due>(BOOKINGS)
        .find(doc! { "next_due_at": { "$lte": now.0 } })
        .sort(doc! { "next_due_at": 1 })
        .limit(limit)
        .projection(doc! { "_id": 1 })
        .await?;
    let due: Vec<Due> = due.try_collect().await?;
    Ok(due.into_iter().map(|due| due.id.to_hex()).collect())
}

/// One stored booking: its id, and the booking if it can be read.
pub type Visit = (String, Result<Booking, bson::error::Error>);

/// Shows every booking to `visit`, one at a time and in the order they were made, until it breaks.
///
/// # Errors
/// When the database fails.
pub async fn for_each(db: &Db, mut visit: impl FnMut(Visit) -> ControlFlow<()>) -> mongodb::error::Result<()> {
    let bookings = db.collection::<Document>(BOOKINGS);
    let mut cursor = bookings.unbounded().find(doc! {}).sort(doc! { "_id": 1 }).await?;
    while let Some(document) = cursor.try_next().await? {
        let id = document.get_object_id("_id").map_or_else(|_| "?".into(), ObjectId::to_hex);
        let booking = bson::deserialize_from_document::<BookingDocument>(document).map(Booking::from);
        if visit((id, booking)).is_break() {
            break;
        }
    }
    Ok(())
}

async fn find(db: &Db, id: &str, mut filter: Document, now: Timestamp) -> mongodb::error::Result<Option<Loaded>> {
    let Ok(id) = ObjectId::parse_str(id) else {
        return Ok(None);
    };
    filter.insert("_id", id);
    // What only the worker and the clock need stays where it is.
    let unused = doc! { "outbox": 0, "work": 0, "wake_at": 0, "next_due_at": 0, "next_due_action": 0, "cells": 0 };
    let Some(document) = bookings(db).find_one(filter).projection(unused).await? else {
        return Ok(None);
    };
    let code_tries_left = document.code_tries < MAX_CODE_TRIES;
    let (commands, talk) = (document.commands.clone(), document.talk.clone());
    let booking = Booking::from(document);
    let facts = Facts { code_tries_left, ..facts::of_stored(db, &booking, id, now).await? };
    Ok(Some(Loaded { booking, commands, facts, talk }))
}
