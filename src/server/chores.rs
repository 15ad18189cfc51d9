//! What is tidied up beside the bookings: time that nobody holds, calendars to be read again, mails to be sent.

use std::time::Duration;

use futures::future::join_all;

use crate::booking::store::{self, SweepReport};
use crate::catalogue::store as catalogue;
use crate::mail::sender::{self, Sender};
use crate::notice::later;
use crate::provider::{calendars, hours_store};
use crate::server::state::AppState;
use crate::time::Timestamp;

/// So many providers' calendars are read at once.
const CALENDARS: i64 = 32;

/// Gives back time that drafts no longer hold and, a piece of the claims at a time, what no booking holds.
///
/// # Errors
/// When the database fails.
pub async fn sweep(state: &AppState, now: Timestamp) -> mongodb::error::Result<()> {
    let SweepReport { expired, orphaned, next } = store::sweep(&state.db, state.worker.swept(), now).await?;
    state.worker.set_swept(next);
    state.worker.metrics.swept.inc_by(expired + orphaned);
    match orphaned {
        0 => tracing::debug!(expired, "swept"),
        _ => tracing::warn!(orphaned, expired, "claims without a booking were freed"),
    }
    Ok(())
}

/// Completes services that an older server wrote, and says whether there may be more.
///
/// # Errors
/// When the database fails.
pub async fn complete_services(state: &AppState, _: Timestamp) -> mongodb::error::Result<bool> {
    catalogue::complete(&state.db).await
}

/// Reads the calendars again that are due, those first that have been for longest.
///
/// # Errors
/// When the database fails.
pub async fn read_calendars(state: &AppState, now: Timestamp) -> mongodb::error::Result<()> {
    let due = hours_store::feeds_due(&state.db, now, CALENDARS).await?;
    let read =
        join_all(due.iter().map(|provider| calendars::refresh(&state.db, &state.fetcher, *provider, now, None))).await;
    for outcome in read {
        outcome?;
        state.worker.metrics.calendars.inc_by(1);
    }
    Ok(())
}

/// Sends what mails are due, and says whether there may be more.
///
/// # Errors
/// When the database fails.
pub async fn send_mails(state: &AppState, now: Timestamp) -> mongodb::error::Result<bool> {
    let sent = drain_mails(state, now, sender::PATIENCE).await?;
    state.worker.metrics.mails_sent.inc_by(u64::try_from(sent).unwrap_or(0));
    Ok(sent > 0)
}

/// Sends what mails are due, with so long a timeout for each step of a conversation with the mail server; how many went out.
///
/// # Errors
/// When the database fails.
pub async fn drain_mails(state: &AppState, now: Timestamp, patience: Duration) -> mongodb::error::Result<usize> {
    let config = &state.config;
    let server = config.smtp.as_ref();
    let sender = Sender { db: &state.db, server, from: &config.mail_from, draining: &state.draining, patience };
    sender::drain(sender, now, later::is_worth_sending).await
}
