//! Where a page of a list ended, when the list is in order of time.

use std::fmt::{Display, Formatter, Result};
use std::str::FromStr;

use crate::time::Timestamp;

/// The instant by which the list is sorted, of the last one of a page, and its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor<Key = String> {
    /// When.
    pub at: Timestamp,
    /// Its `_id`.
    pub key: Key,
}

impl<Key: FromStr> Cursor<Key> {
    /// Reads what `Cursor::to_string` wrote; nothing for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let (at, key) = text.split_once('_')?;
        Some(Self { at: Timestamp(at.parse().ok()?), key: key.parse().ok()? })
    }
}

impl<Key: Display> Display for Cursor<Key> {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        write!(out, "{}_{}", self.at.0, self.key)
    }
}

/// The limit of the query for a page: one more than is shown says whether there is another page.
pub fn limit(page_size: usize) -> i64 {
    i64::try_from(page_size + 1).unwrap_or(i64::MAX)
}

/// What such a query has found, cut to the page; and the `end` of the page's last one, if there is another page.
pub fn cut<Found, End>(
    mut found: Vec<Found>,
    page_size: usize,
    end: impl FnOnce(&Found) -> End,
) -> (Vec<Found>, Option<End>) {
    let more = found.len() > page_size;
    found.truncate(page_size);
    let end = found.last().filter(|_| more).map(end);
    (found, end)
}

#[cfg(test)]
mod tests {
    use mongodb::bson::oid::ObjectId;

    use super::*;

    #[test]
    fn what_was_written_is_read_again_and_nothing_else_is() {
        for text in ["0_", "-5_a", "1796511600000_verify:a_b"] {
            assert_eq!(Cursor::<String>::read(text).map(|cursor| cursor.to_string()).as_deref(), Some(text));
        }
        let text = "1796511600000_65f0c0ffee00000000000001";
        assert_eq!(Cursor::<ObjectId>::read(text).map(|cursor| cursor.to_string()).as_deref(), Some(text));
        for wrong in
            ["", "x", "1", "1_2", "_", "zz_65f0c0ffee00000000000001", &"9".repeat(40), "1_zzzzzzzzzzzzzzzzzzzzzzzz"]
        {
            assert_eq!(Cursor::<ObjectId>::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_page_has_an_end_only_if_there_is_another_one() {
        assert_eq!(limit(2), 3);
        let cut = |found: &[i32]| cut(found.to_vec(), 2, |last| *last);
        assert_eq!(cut(&[1, 2, 3]), (vec![1, 2], Some(2)));
        assert_eq!(cut(&[1, 2]), (vec![1, 2], None));
        assert_eq!(cut(&[]), (vec![], None));
    }
}
