//! Probes: whether the process is alive and ready.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use mongodb::bson::doc;

use crate::web::context::RequestContext;
use crate::web::db::BackgroundDb;

/// How long the database may take to answer a ping.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether the process lives.
pub async fn livez() -> &'static str {
    "alive\n"
}

/// Whether requests should come here: the database answers, and nobody has asked us to stop.
pub async fn readyz(ctx: RequestContext, State(background): State<BackgroundDb>) -> (StatusCode, &'static str) {
    if ctx.kit.draining.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match tokio::time::timeout(PATIENCE, background.0.database.run_command(doc! { "ping": 1 })).await {
        Ok(Ok(_)) => (StatusCode::OK, "ready\n"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
