//! Who may see a page.

use axum::response::Response;

use super::context::RequestContext;
use super::problem::answer;
use super::viewer::Viewer;
use super::{NavItem, PageContext};
use crate::error::AppError;

/// The frame for an admin; for everybody else there is nothing here.
///
/// # Errors
/// The whole answer: to the sign-in page, that nothing is here, or that the database is away.
pub async fn require_admin(ctx: &RequestContext, next: &str) -> Result<(PageContext, Viewer), Response> {
    let (frame, viewer) = PageContext::require(ctx, NavItem::Admin, next).await?;
    if viewer.is_admin { Ok((frame, viewer)) } else { Err(answer(&frame, next, AppError::not_found())) }
}
