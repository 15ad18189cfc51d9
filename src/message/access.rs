//! Who may read the thread of a booking, and where it is.

use std::collections::BTreeMap;

use axum::extract::{FromRef, FromRequestParts, Path};
use axum::http::request::Parts;
use mongodb::bson::oid::ObjectId;

use super::model::Message;
use super::report::store as reports;
use super::{rules, store};
use crate::booking::machine::{Booking, Role};
use crate::booking::store as bookings;
use crate::error::AppError;
use crate::web::PageContext;
use crate::web::context::RequestContext;
use crate::web::guard::SignedIn;
use crate::web::kit::Kit;
use crate::web::viewer::Viewer;

/// The address of a booking's thread.
pub fn path(booking: &str) -> String {
    format!("/bookings/{booking}/messages")
}

/// Somebody in front of a thread that they may read: the one of the address.
///
/// Rejects with 401, which leads back to the thread; 404 when it is not there or not theirs; 503 when the database is away.
#[derive(Clone, Debug)]
pub(super) struct Thread {
    /// The context of their page.
    pub page: PageContext,
    /// Who.
    pub viewer: Viewer,
    /// Of which booking.
    pub booking: Booking,
    /// The booking's id.
    pub id: ObjectId,
    /// What they are to it.
    pub role: Role,
}

impl<S: Send + Sync> FromRequestParts<S> for Thread
where
    Kit: FromRef<S>,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let Ok(ctx) = RequestContext::from_request_parts(parts, state).await;
        let Path(names) = Path::<BTreeMap<String, String>>::from_request_parts(parts, state)
            .await
            .map_err(|_| AppError::not_found())?;
        let id = names.get("id").map(String::as_str).unwrap_or_default();
        let signed_in = SignedIn::from_request_parts(parts, state).await;
        let SignedIn { page, viewer } = signed_in.map_err(|error| error.returning_to(&path(id)))?;
        let found = bookings::find_for(&ctx.kit.db, &viewer, id, ctx.now).await?;
        let booking = found.ok_or_else(AppError::not_found)?.booking;
        let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
        let role = booking.role_of(&viewer.id, viewer.is_admin).ok_or_else(AppError::not_found)?;
        if !may_read(&ctx, &booking, id, role).await? {
            return Err(AppError::not_found());
        }
        Ok(Self { page, viewer, booking, id, role })
    }
}

impl Thread {
    /// A message of the thread.
    ///
    /// # Errors
    /// 404 when there is none; 503 when the database is away.
    pub async fn message(&self, ctx: &RequestContext, id: &str) -> Result<Message, AppError> {
        let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
        store::find(&ctx.kit.db, self.id, id).await?.ok_or_else(AppError::not_found)
    }
}

/// The two people read their thread; an admin only where the two disagree or one has reported something.
pub(super) async fn may_read(
    ctx: &RequestContext,
    booking: &Booking,
    id: ObjectId,
    role: Role,
) -> Result<bool, AppError> {
    Ok(role != Role::Admin || rules::is_disputed(booking) || reports::is_reported(&ctx.kit.db, id).await?)
}
