//! Where a page of a list ended, when the list is in order of time.

use crate::time::Timestamp;

/// When the last one of a page was written, and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// When.
    pub at: Timestamp,
    /// Its `_id`.
    pub key: String,
}

impl Cursor {
    /// Reads what `Cursor::to_string` wrote; nothing for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let (at, key) = text.split_once('_')?;
        Some(Self { at: Timestamp(at.parse().ok()?), key: key.into() })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}_{}", self.at.0, self.key)
    }
}
