//! The demo's own page that moves the marketplace's clock forward, so that timers can be seen.

use axum::Router;
use axum::extract::Form;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use leptos::prelude::*;
use serde::Deserialize;

use super::context::RequestContext;
use super::render;
use super::state::AppState;
use crate::error::AppError;

/// The furthest the clock moves at once, in minutes: sixty days.
const FURTHEST: i64 = 60 * 24 * 60;

/// The steps on offer, in minutes.
const STEPS: [(i64, &str); 4] = [(15, "15 minutes"), (60, "1 hour"), (24 * 60, "24 hours"), (3 * 24 * 60, "3 days")];

/// `/dev/clock`, which does not exist outside of the demo.
pub fn routes() -> Router<AppState> {
    Router::new().route("/dev/clock", get(show).post(advance))
}

async fn show(ctx: RequestContext) -> Result<Response, AppError> {
    demo_only(&ctx)?;
    let shown = ctx.now.text("Pacific/Auckland");
    let page = render::to_html(move || {
        let steps = STEPS.map(|(minutes, label)| view! { <button name="minutes" value=minutes>{label}</button> });
        view! {
            <main>
                <h1>"The marketplace's clock"</h1>
                <p role="status">{shown}</p>
                <form method="post" action="/dev/clock">{steps.into_iter().collect_view()}</form>
                <form method="post" action="/dev/clock">
                    <label>"Minutes" <input type="number" name="minutes" min="1" max=FURTHEST required/></label>
                    <button>"Move forward"</button>
                </form>
            </main>
        }
    });
    Ok(render::html(StatusCode::OK, page))
}

#[derive(Deserialize)]
struct Forward {
    #[serde(default)]
    minutes: String,
}

async fn advance(ctx: RequestContext, Form(Forward { minutes }): Form<Forward>) -> Result<Response, AppError> {
    demo_only(&ctx)?;
    let minutes = minutes.trim().parse().ok().filter(|minutes| (1..=FURTHEST).contains(minutes));
    let Some(minutes) = minutes else {
        let message = format!("Enter a number of minutes from 1 to {FURTHEST}.");
        return Err(AppError::bad_field("minutes", "minutes_out_of_range", message));
    };
    ctx.state.clock.advance_minutes(minutes);
    ctx.state.worker.bookings.notify_one();
    ctx.state.worker.mails.notify_one();
    tracing::info!(minutes, "the clock was moved forward");
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, "/dev/clock")]).into_response())
}

fn demo_only(ctx: &RequestContext) -> Result<(), AppError> {
    if ctx.state.config.demo { Ok(()) } else { Err(AppError::not_found()) }
}
