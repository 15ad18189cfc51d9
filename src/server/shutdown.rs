//! Stopping: asked for by a signal, announced by `/readyz`, with time for what has begun.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// How long requests that have begun may take to end.
pub const DRAIN: Duration = Duration::from_secs(25);

/// How long a balancer is given to notice that `/readyz` says no, before new connections are refused.
const NOTICE: Duration = Duration::from_secs(1);

/// Waits for Ctrl-C or SIGTERM, then lets `/readyz` say no. A person at a keyboard is not kept waiting.
pub async fn asked(draining: CancellationToken) {
    let interrupted = async { _ = tokio::signal::ctrl_c().await };
    tokio::select! {
        () = interrupted => draining.cancel(),
        () = terminated() => {
            draining.cancel();
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
