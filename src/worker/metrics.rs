//! What the worker counts, and `/metrics` in the text format of Prometheus.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::prometheus_text::{CONTENT_TYPE, encode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;

use super::Shared;
use crate::booking::store::work as store;
use crate::domain::limit::thousands;
use crate::error::AppError;
use crate::web::context::RequestContext;

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
    /// Every counter by its name, to which `_total` is added, with its help, to which a full stop is.
    fn registry(&self) -> Registry {
        let mut registry = Registry::with_prefix("gigsta");
        let counters = [
            ("clock_transitions", "Transitions of the clock", &self.transitions),
            ("outbox_done", "Entries of the outbox that were done", &self.outbox_done),
            ("outbox_stale", "Entries of the outbox that were no longer true", &self.outbox_stale),
            ("outbox_dead", "Entries of the outbox that were given up", &self.outbox_dead),
            ("worker_failures", "Failures of bookings and of entries", &self.failures),
            ("claims_swept", "Claims and holds that were given back", &self.swept),
            ("mails_sent", "Mails that were sent", &self.mails_sent),
            ("calendars_read", "Providers whose calendars were read again", &self.calendars),
        ];
        for (name, help, counter) in counters {
            registry.register(name, help, counter.clone());
        }
        registry
    }
}

/// `/metrics`: what this process counts, and how much waits in the database (two short reads of one index).
///
/// # Errors
/// When the database is away.
pub async fn show(ctx: RequestContext, State(shared): State<Arc<Shared>>) -> Result<Response, AppError> {
    let (due, first) = store::waiting(&ctx.kit.db, ctx.now).await?;
    let lag = first.map_or(0, |first| (ctx.now.0 - first.0).max(0) / 1000);
    let mut registry = shared.metrics.registry();
    let waiting = format!("Bookings that wait for the worker, up to {}", thousands(store::MOST_COUNTED));
    registry.register("bookings_due", waiting, ConstGauge::new(due));
    registry.register("worker_lag_seconds", "How long the first of them has waited", ConstGauge::new(lag));
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], text(&registry)?).into_response())
}

fn text(registry: &Registry) -> Result<String, AppError> {
    let mut text = String::new();
    encode(&mut text, registry).map_err(|_| AppError::fault())?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_counter_is_told_with_its_help_and_its_type() {
        let metrics = Metrics::default();
        metrics.outbox_done.inc_by(3);
        let text = text(&metrics.registry()).unwrap();
        assert!(
            text.starts_with("# HELP gigsta_clock_transitions_total Transitions of the clock.\n# TYPE gigsta_clock")
        );
        assert!(text.contains("\ngigsta_outbox_done_total 3\n"), "{text}");
        assert_eq!(text.lines().count(), 3 * 8);
    }
}
