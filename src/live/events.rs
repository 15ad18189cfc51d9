//! The two addresses, and how news become server-sent events.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures::Stream;
use futures::stream::unfold;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::hub::{Hub, Listener, Subscription};
use super::news::{Sources, StreamEvent, What};
use super::watch;
use crate::booking::store;
use crate::error::{AppError, ErrorKind};
use crate::time::Timestamp;
use crate::web::context::RequestContext;
use crate::web::kit::Visit;

/// After this long a browser connects again when the line broke.
const RETRY: Duration = Duration::from_secs(2);

/// How long somebody waits for the change stream to be open.
const PATIENCE: Duration = Duration::from_secs(5);

/// The clock of the server that rendered the page may be this far ahead.
const SKEW_MILLIS: i64 = 500;

/// What a stream's address may say.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// How old the page is: milliseconds since 1970. Anything else is as if it were not there.
    #[serde(default)]
    since: String,
}

/// `GET /events`: whatever concerns the person.
///
/// # Errors
/// 401, 503.
pub async fn of_person(
    ctx: RequestContext,
    State(hub): State<Hub>,
    State(sources): State<Sources>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let current = enter(&ctx, &hub, sources).await?;
    let begun = Timestamp::now();
    let hello = Event::default().event("hello").data("{}");
    Ok(respond(&hub, current, None, hello, asked.since(&ctx.headers, begun)))
}

/// `GET /bookings/{id}/events`: what happens to one booking, and the person's notices.
///
/// # Errors
/// 401, 404 for whoever has no part in it, 503.
pub async fn of_booking(
    ctx: RequestContext,
    State(hub): State<Hub>,
    State(sources): State<Sources>,
    Path(booking_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let current = enter(&ctx, &hub, sources).await?;
    let begun = Timestamp::now();
    let version = store::version_for(&ctx.kit.db, &current.viewer, &booking_id).await?;
    let version = version.ok_or_else(AppError::not_found)?;
    let id = booking_id.to_ascii_lowercase();
    let hello = event(StreamEvent::News(What::Booking { id: id.clone(), version }));
    Ok(respond(&hub, current, Some(id), hello, asked.since(&ctx.headers, begun)))
}

/// Who asks. The hub follows the database before that is looked up, so that no sign-out is missed.
async fn enter(ctx: &RequestContext, hub: &Hub, sources: Sources) -> Result<Visit, AppError> {
    let opened = timeout(PATIENCE, watch::ensure(&ctx.kit, hub, sources)).await;
    if opened.is_err() || ctx.kit.draining.is_cancelled() {
        let message = "Nothing can be told live at the moment. Load the page again to see what is new.";
        let error = AppError::new(ErrorKind::Unavailable, "no_live_events", message);
        return Err(AppError { retry_after_seconds: Some(10), ..error });
    }
    ctx.kit.visitors.visit(&ctx.headers, ctx.now).await?.ok_or_else(AppError::sign_in_needed)
}

impl Asked {
    /// How old the page is, at most as young as the request. A browser that connects again names its last event instead.
    fn since(&self, headers: &HeaderMap, begun: Timestamp) -> Timestamp {
        let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
        let millis = [last, Some(self.since.as_str())].into_iter().flatten().find_map(|text| text.parse().ok());
        millis.map_or(begun, |millis: i64| begun.min(Timestamp(millis.saturating_sub(SKEW_MILLIS))))
    }
}

fn respond(hub: &Hub, current: Visit, booking: Option<String>, hello: Event, since: Timestamp) -> Response {
    let Visit { viewer, token_hash, expires_at, .. } = current;
    let who = Listener { account: viewer.id, is_admin: viewer.is_admin, session: token_hash, expires_at, booking };
    let events = events(hub.heartbeat, hub.join(who, since), hello.retry(RETRY));
    // Without it nginx keeps small answers back.
    let unbuffered = [(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"))];
    (unbuffered, Sse::new(events)).into_response()
}

/// What one stream sends: the first event at once, then news as they come, and something at each heartbeat.
fn events(
    heartbeat: Duration,
    subscription: Subscription,
    hello: Event,
) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    let begin = (VecDeque::from([hello]), false);
    unfold((subscription, begin), move |(subscription, (mut ready, mut last))| async move {
        if ready.is_empty() && !last {
            match timeout(heartbeat, subscription.next()).await {
                Ok(events) => {
                    last = events.iter().any(|event| matches!(event, StreamEvent::Close(_)));
                    ready.extend(events.into_iter().map(event));
                }
                Err(_) => ready.push_back(Event::default().comment("still here")),
            }
        }
        // Every event says when: whoever connects again has received everything before.
        let event = ready.pop_front()?.id(Timestamp::now().0.to_string());
        Some((Ok(event), (subscription, (ready, last))))
    })
}

fn event(stream_event: StreamEvent) -> Event {
    let (name, data): (&str, Value) = match stream_event {
        StreamEvent::News(What::Booking { id, version }) => ("booking", json!({ "id": id, "version": version })),
        StreamEvent::News(What::Message { booking }) => ("message", json!({ "booking": booking })),
        StreamEvent::News(What::Notice) => ("notice", json!({})),
        StreamEvent::News(What::SignedOut { .. }) | StreamEvent::Look => ("look", json!({})),
        StreamEvent::Close(why) => ("close", json!({ "why": why.name() })),
    };
    Event::default().event(name).data(data.to_string())
}
