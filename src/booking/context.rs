//! The context of a request about bookings.

use super::machine::Table;
use super::store::handover::Handover;
use crate::error::AppError;
use crate::web::context::{RequestContext, context, part};
use crate::web::viewer::Viewer;

context! {
    /// What a handler or a server function about bookings knows.
    pub struct BookingContext: RequestContext {
        /// The booking machine's table.
        table: Table<'static>,
        /// Where what follows from an action is done.
        handover: Handover,
    }
}

/// The context of the running server function, and who is signed in.
///
/// # Errors
/// 401 when nobody is signed in; 503 when the database is away.
pub async fn current() -> Result<(BookingContext, Viewer), AppError> {
    let ctx = BookingContext { base: part()?, table: part()?, handover: part()? };
    let viewer = ctx.require_viewer().await?;
    Ok((ctx, viewer))
}
