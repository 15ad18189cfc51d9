//! Pages of bookings.

use futures::TryStreamExt;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use mongodb::error::Result;

use super::{as_provider, bookings};
use crate::booking::machine::{Booking, Role, Status};
use crate::booking::model::{BookingDocument, Talk};
use crate::web::cursor;
use crate::web::db::Db;
use crate::web::viewer::Viewer;

/// The most bookings on a page.
pub const PAGE_SIZE: usize = 20;

/// What a list asks for.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    /// Only this status.
    pub status: Option<Status>,
    /// Only where the viewer is this: customer or provider.
    pub role: Option<Role>,
    /// Where the page before ended.
    pub cursor: Option<Cursor>,
}

/// Where a page of bookings ended: the start of the last one, and its id.
pub type Cursor = crate::web::cursor::Cursor<ObjectId>;

/// A page of the viewer's bookings, each with what is shown of its thread, latest start first, and the cursor of the next page.
/// Their histories and messages are left out.
///
/// An admin who asks for no role sees everybody's.
///
/// # Errors
/// When the database fails.
pub async fn list_for(db: &Db, viewer: &Viewer, filter: &ListFilter) -> Result<(Vec<(Booking, Talk)>, Option<Cursor>)> {
    let page = bookings(db)
        .find(query(viewer, filter))
        .sort(doc! { "state.starts_at": -1, "_id": -1 })
        .limit(cursor::limit(PAGE_SIZE))
        .projection(doc! { "history": 0, "commands": 0, "outbox": 0, "work": 0, "cells": 0, "talk.latest": 0 })
        .await?;
    let end = |last: &BookingDocument| Cursor { at: last.state.starts_at, key: last.id };
    let (page, end) = cursor::cut(page.try_collect().await?, PAGE_SIZE, end);
    let listed = |mut document: BookingDocument| {
        let talk = std::mem::take(&mut document.talk);
        (Booking::from(document), talk)
    };
    Ok((page.into_iter().map(listed).collect(), end))
}

/// Every branch of the query carries the whole condition, so that each is one range of one index.
fn query(viewer: &Viewer, filter: &ListFilter) -> Document {
    let mut condition = doc! {};
    if let Some(status) = filter.status {
        condition.insert("state.status", status.name());
    }
    if let Some(Cursor { at: starts_at, key: id }) = filter.cursor {
        condition.insert("state.starts_at", doc! { "$lte": starts_at.0 });
        // What began at the same time and was on the page before. As a negation it never tempts the planner away.
        condition.insert("$nor", vec![doc! { "state.starts_at": starts_at.0, "_id": { "$gte": id } }]);
    }
    let with_condition = |mut branch: Document| {
        branch.extend(condition.clone());
        branch
    };
    let as_customer = || with_condition(doc! { "customer.id": &viewer.id });
    let as_provider = || with_condition(as_provider(viewer));
    match filter.role {
        Some(Role::Customer) => as_customer(),
        Some(Role::Provider) => as_provider(),
        _ if viewer.is_admin => condition,
        _ => doc! { "$or": [as_customer(), as_provider()] },
    }
}
