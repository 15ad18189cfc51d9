//! What came of delivering an entry of the outbox.

/// What came of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Everybody it is for was notified, now or before.
    Done,
    /// It is no longer true, so nobody was notified.
    Stale,
}
