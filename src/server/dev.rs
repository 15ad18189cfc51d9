//! The demo's own page that moves the marketplace's clock forward, so that timers can be seen.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form as Sent, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;

use super::state::AppState;
use crate::error::AppError;
use crate::time::Timestamp;
use crate::ui::form::{Control, Form, Input};
use crate::web::context::RequestContext;
use crate::web::guard::DemoOnly;
use crate::web::plain::{narrow, see_other};
use crate::web::{PageContext, PageHead};
use crate::worker::Shared;

/// Where the page is.
const PATH: &str = "/dev/clock";

/// The zone of its times for a viewer without one.
const ZONE: &str = "Pacific/Auckland";

/// The furthest the clock moves at once, in minutes: sixty days.
const MAX_ADVANCE_MINUTES: i64 = 60 * 24 * 60;
const _: () = assert!(MAX_ADVANCE_MINUTES == 60 * 24 * 60, "the page says sixty days");

/// The steps on offer, in minutes.
const STEPS_MINUTES: [(i64, &str); 4] =
    [(15, "15 minutes"), (60, "1 hour"), (24 * 60, "24 hours"), (3 * 24 * 60, "3 days")];

/// `/dev/clock`, which does not exist outside of the demo.
pub fn routes() -> Router<AppState> {
    Router::new().route(PATH, get(show).post(advance))
}

async fn show(_: DemoOnly, ctx: RequestContext, page: PageContext) -> Response {
    render(StatusCode::OK, &page, ctx.now, &Form::default())
}

async fn advance(
    _: DemoOnly,
    ctx: RequestContext,
    State(shared): State<Arc<Shared>>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut form = Form::from_pairs(&pairs);
    let minutes = form.get("minutes").parse().ok().filter(|minutes| (1..=MAX_ADVANCE_MINUTES).contains(minutes));
    let Some(minutes) = minutes else {
        let message = format!("Enter a number of minutes from 1 to {MAX_ADVANCE_MINUTES}.");
        form.problem("minutes", "minutes_out_of_range", message);
        let page = PageContext::load(&ctx).await?;
        return Ok(render(StatusCode::UNPROCESSABLE_ENTITY, &page, ctx.now, &form));
    };
    ctx.kit.clock.advance_minutes(minutes);
    shared.bookings.ask();
    shared.mails.notify_one();
    tracing::info!(minutes, "the clock was moved forward");
    Ok(see_other(PATH))
}

fn render(status: StatusCode, page: &PageContext, now: Timestamp, form: &Form) -> Response {
    let steps = STEPS_MINUTES.map(|(minutes, label)| {
        view! {
            <button class="btn" name="minutes" value=minutes.to_string()>
                {label}
            </button>
        }
    });
    let control = Control::Line("number", "off");
    let hint = "Up to sixty days at once.";
    let body = view! {
        <h1>"The marketplace's clock"</h1>
        {form.render_summary()}
        <p role="status">"It is "<b>{now.text(page.zone.as_deref().unwrap_or(ZONE))}</b>"."</p>
        <p class="sub">
            "This is a demo: move its clock forward and see what happens when nobody acts. \
             It never goes back, except when the demo starts again. What people are told then is among the "
            <a class="link" href="/dev/mail">
                "mails"
            </a>
            "."
        </p>
        <form class="card" method="post" action=PATH>
            <div class="row">{steps.collect_view()}</div>
        </form>
        <form class="card stack" method="post" action=PATH>
            {form.render(&Input { name: "minutes", label: "Minutes", control, required: true, hint })}
            <button class="btn btn-primary">"Move forward"</button>
        </form>
    };
    narrow(status, page, PageHead::new("The marketplace's clock", &["triangle-alert"]), body)
}
