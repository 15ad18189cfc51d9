//! What the worker counts, and `/metrics` in the text format of Prometheus.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Shared;
use crate::booking::store::work as store;
use crate::error::AppError;
use crate::web::context::RequestContext;

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Counts so many more.
    pub fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    /// How many there are.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What this process has done by itself since its start.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Transitions of the clock.
    pub transitions: Counter,
    /// Entries of the outbox that were done.
    pub outbox_done: Counter,
    /// Entries that were no longer true.
    pub outbox_stale: Counter,
    /// Entries that were given up.
    pub outbox_dead: Counter,
    /// Failures of bookings and of entries.
    pub failures: Counter,
    /// Claims and holds that were given back.
    pub swept: Counter,
    /// Mails that were sent.
    pub mails_sent: Counter,
    /// Providers whose calendars were read again.
    pub calendars: Counter,
}

impl Metrics {
    fn all(&self) -> [(&'static str, &'static str, &Counter); 8] {
        [
            ("gigsta_clock_transitions_total", "Transitions of the clock.", &self.transitions),
            ("gigsta_outbox_done_total", "Entries of the outbox that were done.", &self.outbox_done),
            ("gigsta_outbox_stale_total", "Entries of the outbox that were no longer true.", &self.outbox_stale),
            ("gigsta_outbox_dead_total", "Entries of the outbox that were given up.", &self.outbox_dead),
            ("gigsta_worker_failures_total", "Failures of bookings and of entries.", &self.failures),
            ("gigsta_claims_swept_total", "Claims and holds that were given back.", &self.swept),
            ("gigsta_mails_sent_total", "Mails that were sent.", &self.mails_sent),
            ("gigsta_calendars_read_total", "Providers whose calendars were read again.", &self.calendars),
        ]
    }

    /// Every counter as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (name, help, counter) in self.all() {
            write(&mut text, name, help, "counter", counter.get());
        }
        text
    }
}

/// `/metrics`: what this process counts, and how much waits in the database (two short reads of one index).
///
/// # Errors
/// When the database is away.
pub async fn show(ctx: RequestContext, State(shared): State<Arc<Shared>>) -> Result<Response, AppError> {
    let (due, first) = store::waiting(&ctx.kit.db, ctx.now).await?;
    let lag = first.map_or(0, |first| (ctx.now.0 - first.0).max(0).unsigned_abs() / 1000);
    let mut text = shared.metrics.text();
    write(&mut text, "gigsta_bookings_due", "Bookings that wait for the worker, up to 10,000.", "gauge", due);
    write(&mut text, "gigsta_worker_lag_seconds", "How long the first of them has waited.", "gauge", lag);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}

fn write(text: &mut String, name: &str, help: &str, kind: &str, value: u64) {
    _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
}

#[cfg(test)]
mod tests {
    use super::Metrics;

    #[test]
    fn every_counter_is_told_with_its_help_and_its_type() {
        let metrics = Metrics::default();
        metrics.outbox_done.add(3);
        let text = metrics.text();
        assert!(
            text.starts_with("# HELP gigsta_clock_transitions_total Transitions of the clock.\n# TYPE gigsta_clock")
        );
        assert!(text.contains("\ngigsta_outbox_done_total 3\n"), "{text}");
        assert_eq!(text.lines().count(), 3 * 8);
    }
}
