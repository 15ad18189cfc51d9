//! Whether the server is about to stop.

use std::sync::Arc;

use tokio::sync::watch;

/// Whether the server is about to stop.
#[derive(Clone, Debug, Default)]
pub struct Draining(Arc<watch::Sender<bool>>);

impl Draining {
    /// Whether stopping has begun.
    pub fn begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Begins to stop.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Waits until it begins.
    pub async fn beginning(&self) {
        // It fails only when the sender is gone, and that is here.
        _ = self.0.subscribe().wait_for(|begun| *begun).await;
    }
}
