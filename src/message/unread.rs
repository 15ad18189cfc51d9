//! How much of a page of bookings is unread.

use std::collections::BTreeMap;

use mongodb::bson::oid::ObjectId;

use super::store::{self, MOST_UNREAD};
use crate::error::AppError;
use crate::web::context::RequestContext;
use crate::web::viewer::Viewer;

/// How many messages are unread, by the booking's id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread(BTreeMap<String, usize>);

impl Unread {
    /// What is said of a booking: `2 new`, `99+ new`; nothing if everything is read.
    pub fn text(&self, booking: &str) -> Option<String> {
        match self.0.get(booking).copied().unwrap_or_default() {
            0 => None,
            count if count > MOST_UNREAD => Some(format!("{MOST_UNREAD}+ new")),
            count => Some(format!("{count} new")),
        }
    }
}

/// What the viewer has not read in these bookings: one read of the database, none for no booking.
///
/// # Errors
/// When the database is away.
pub async fn unread<'a>(
    ctx: &RequestContext,
    viewer: &Viewer,
    bookings: impl Iterator<Item = &'a str>,
) -> Result<Unread, AppError> {
    let ids: Vec<ObjectId> = bookings.filter_map(|id| ObjectId::parse_str(id).ok()).collect();
    if ids.is_empty() {
        return Ok(Unread::default());
    }
    Ok(Unread(store::unread(&ctx.kit.db, &viewer.id, &ids).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_are_not_counted_to_the_end() {
        let unread = Unread(BTreeMap::from([("a".into(), 2), ("b".into(), 100)]));
        assert_eq!(unread.text("a").as_deref(), Some("2 new"));
        assert_eq!(unread.text("b").as_deref(), Some("99+ new"));
        assert_eq!(unread.text("c"), None);
    }
}
