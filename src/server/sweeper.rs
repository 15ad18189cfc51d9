//! What the server tidies up by itself, beside its requests.

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use super::state::AppState;
use crate::booking::store::{self, Swept};

/// Gives back, once a minute, time that drafts no longer hold and claims that no booking holds.
pub async fn sweep(state: AppState) {
    let mut every = tokio::time::interval(Duration::from_secs(60));
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        match store::sweep(&state.db, state.clock.now()).await {
            Ok(Swept { orphaned: 0, expired }) => tracing::debug!(expired, "swept"),
            Ok(Swept { orphaned, expired }) => tracing::warn!(orphaned, expired, "claims without a booking were freed"),
            Err(error) => tracing::warn!(%error, "claims could not be swept; tried again in a minute"),
        }
    }
}
