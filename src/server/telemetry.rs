//! Log lines: for people or for machines, on standard error.

use tracing_subscriber::EnvFilter;

use super::config::LogFormat;

/// Our own lines from `info` on, everybody else's from `warn` on.
const DEFAULT_FILTER: &str = "warn,gigsta=info";

/// Starts logging. `RUST_LOG` replaces the default filter; an unreadable one is reported and ignored.
pub fn start(format: LogFormat) {
    let asked = std::env::var("RUST_LOG").unwrap_or_default();
    let asked = if asked.is_empty() { DEFAULT_FILTER } else { &asked };
    let filter = EnvFilter::try_new(asked).unwrap_or_else(|error| {
        eprintln!("RUST_LOG={asked} cannot be read ({error}); using {DEFAULT_FILTER}.");
        EnvFilter::new(DEFAULT_FILTER)
    });
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Pretty => lines.with_target(false).init(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(true).with_span_list(false).init(),
    }
}
