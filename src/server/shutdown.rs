//! Stopping: told by a signal, announced by `/readyz`, with time for what has begun.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

/// How long requests that have begun may take to end.
pub const DRAIN: Duration = Duration::from_secs(25);

/// How long a balancer is given to notice that `/readyz` says no, before new connections are refused.
const NOTICE: Duration = Duration::from_secs(1);

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

/// Waits for Ctrl-C or SIGTERM, then lets `/readyz` say no. A person at a keyboard is not kept waiting.
pub async fn asked(draining: Draining) {
    let interrupted = async { _ = tokio::signal::ctrl_c().await };
    tokio::select! {
        () = interrupted => draining.begin(),
        () = terminated() => {
            draining.begin();
            tokio::time::sleep(NOTICE).await;
        }
    }
    tracing::info!("stopping: waiting for what has begun");
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => _ = signal.recv().await,
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
