//! What has been seen is read.

use super::store;
use crate::web::PageContext;
use crate::web::bell::MOST;
use crate::web::context::RequestContext;
use crate::web::viewer::Viewer;

/// Marks the viewer's notices about a booking as read, because they look at it now, and counts the bell down. Whoever has
/// nothing unread costs nothing; a page that the browser only fetches ahead is not looked at yet.
pub async fn seen(ctx: &RequestContext, page: &mut PageContext, viewer: &Viewer, booking: &str) {
    let ahead = ctx.headers.get("sec-purpose").is_some_and(|purpose| purpose.as_bytes().starts_with(b"prefetch"));
    if page.unread == 0 || ahead {
        return;
    }
    match store::mark_read(&ctx.kit.db, &viewer.id, Some(booking), ctx.now).await {
        // "99+" says that there are more than were counted.
        Ok(read) if page.unread < MOST => {
            page.unread = page.unread.saturating_sub(u32::try_from(read).unwrap_or(u32::MAX));
        }
        Ok(_) => {}
        // The booking can be shown all the same.
        Err(error) => tracing::warn!(%error, "notices could not be marked read"),
    }
}
