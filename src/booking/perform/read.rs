//! What the viewer may see: one booking, or a page of theirs.

use crate::booking::context::BookingContext;
use crate::booking::machine::{Actor, Role, Status};
use crate::booking::model::Talk;
use crate::booking::schema::{BookingPage, BookingView};
use crate::booking::store::{self, ListFilter, Loaded};
use crate::booking::view::{self, ViewContext};
use crate::error::AppError;
use crate::web::viewer::Viewer;

/// The booking as the viewer may see it.
///
/// # Errors
/// 404 when it is not there or not theirs; 503 when the database is away.
pub async fn load_view(ctx: &BookingContext, viewer: &Viewer, booking_id: &str) -> Result<BookingView, AppError> {
    load_with_view(ctx, viewer, booking_id).await.map(|(_, view)| view)
}

/// The booking, and what the viewer may see of it.
///
/// # Errors
/// 404 when it is not there or not theirs; 503 when the database is away.
pub async fn load_with_view(
    ctx: &BookingContext,
    viewer: &Viewer,
    booking_id: &str,
) -> Result<(Loaded, BookingView), AppError> {
    let (loaded, actor) = load(ctx, viewer, booking_id).await?;
    let view = see(ctx, viewer, &actor, &loaded);
    Ok((loaded, view))
}

/// Whether the command was done to the booking, by whoever sent it.
///
/// # Errors
/// 404 when the booking is not there or not theirs; 503 when the database is away.
pub async fn was_done(
    ctx: &BookingContext,
    viewer: &Viewer,
    booking_id: &str,
    command_id: &str,
) -> Result<bool, AppError> {
    let (loaded, _) = load(ctx, viewer, booking_id).await?;
    Ok(loaded.commands.iter().any(|command| command.command_id == command_id))
}

/// A page of the viewer's bookings, and what is shown of the thread of each.
///
/// # Errors
/// 422 for an unknown status, role or cursor; 503 when the database is away.
pub async fn list(
    ctx: &BookingContext,
    viewer: &Viewer,
    status: Option<&str>,
    role: Option<&str>,
    cursor: Option<&str>,
) -> Result<(BookingPage, Vec<Talk>), AppError> {
    let non_empty = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let status = non_empty(status).map(|name| {
        Status::from_name(&name).ok_or_else(|| AppError::bad_field("status", "bad_status", "There is no such status."))
    });
    let role = non_empty(role).map(|name| {
        let party = Role::from_name(&name).filter(|role| role.other_party().is_some());
        party.ok_or_else(|| AppError::bad_field("role", "bad_role", "Choose customer or provider."))
    });
    let cursor = non_empty(cursor).map(|text| {
        let lost = "This page cannot be found. Begin with the first one.";
        store::Cursor::read(&text).ok_or_else(|| AppError::bad_field("cursor", "bad_cursor", lost))
    });
    let filter = ListFilter { status: status.transpose()?, role: role.transpose()?, cursor: cursor.transpose()? };
    let (bookings, next) = store::list_for(&ctx.kit.db, viewer, &filter).await?;
    let (bookings, talks): (Vec<_>, Vec<_>) = bookings.into_iter().unzip();
    let bookings = bookings.iter().map(|booking| view::summary(booking, viewer)).collect();
    Ok((BookingPage { bookings, next_cursor: next.map(|cursor| cursor.to_string()) }, talks))
}

/// The booking with its facts, and who the viewer is to it.
pub(super) async fn load(ctx: &BookingContext, viewer: &Viewer, booking_id: &str) -> Result<(Loaded, Actor), AppError> {
    let loaded = store::find_for(&ctx.kit.db, viewer, booking_id, ctx.now).await?.ok_or_else(AppError::not_found)?;
    let role = loaded.booking.role_of(&viewer.id, viewer.is_admin).ok_or_else(AppError::not_found)?;
    let actor = Actor { role, id: viewer.id.clone(), name: viewer.name.clone() };
    Ok((loaded, actor))
}

/// A loaded booking in words, as the viewer may see it.
pub(super) fn see(ctx: &BookingContext, viewer: &Viewer, actor: &Actor, loaded: &Loaded) -> BookingView {
    let context = ViewContext { actor, zone: &viewer.zone, table: ctx.table, facts: &loaded.facts, now: ctx.now };
    view::booking(&loaded.booking, &context)
}
