//! What has been seen is read.

use super::store;
use crate::web::PageContext;
use crate::web::context::RequestContext;
use crate::web::viewer::Viewer;

/// Marks the viewer's notices about a booking as read after the answer, because they look at it now, and counts the bell down
/// at once. Whoever has none about it costs nothing; a page that the browser only fetches ahead is not looked at yet.
pub fn seen(ctx: &RequestContext, page: &mut PageContext, viewer: &Viewer, booking: &str) {
    let ahead = ctx.headers.get("sec-purpose").is_some_and(|purpose| purpose.as_bytes().starts_with(b"prefetch"));
    // Of very many, not all are known: one of the others may be about it.
    let may_be_about = page.unread.is_about(booking) || page.unread.is_open_ended();
    if ahead || !may_be_about {
        return;
    }
    if !page.unread.is_open_ended() {
        page.unread.leave_out(booking);
    }
    let (db, account, booking, now) = (ctx.kit.db.clone(), viewer.id.clone(), booking.to_owned(), ctx.now);
    tokio::spawn(async move {
        if let Err(error) = store::mark_read(&db, &account, Some(&booking), now).await {
            // They stay unread until the next look.
            tracing::warn!(%error, "notices could not be marked read");
        }
    });
}
