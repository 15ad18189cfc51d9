//! The marketplace's clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::time::Timestamp;

/// The marketplace's clock: the system's, plus what the demo moved it forward by.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_millis: Arc<AtomicI64>,
}

impl Clock {
    /// The instant now. Asked at the edge, once a request.
    pub fn now(&self) -> Timestamp {
        Timestamp(Timestamp::now().0 + self.offset_millis.load(Ordering::Relaxed))
    }

    /// Moves the clock forward.
    pub fn advance_minutes(&self, minutes: i64) {
        self.offset_millis.fetch_add(minutes * 60_000, Ordering::Relaxed);
    }
}
