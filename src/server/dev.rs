//! The demo's own page that moves the marketplace's clock forward, so that timers can be seen.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form as Sent, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::state::AppState;
use crate::error::AppError;
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::plain::{narrow, see_other};
use crate::web::{PageContext, PageHead};
use crate::worker::Shared;

/// Where the page is.
const HERE: &str = "/dev/clock";

/// In which zone its time is told to who has said none.
const ZONE: &str = "Pacific/Auckland";

/// The furthest the clock moves at once, in minutes: sixty days.
const FURTHEST: i64 = 60 * 24 * 60;

/// The steps on offer, in minutes.
const STEPS: [(i64, &str); 4] = [(15, "15 minutes"), (60, "1 hour"), (24 * 60, "24 hours"), (3 * 24 * 60, "3 days")];

/// `/dev/clock`, which does not exist outside of the demo.
pub fn routes() -> Router<AppState> {
    Router::new().route(HERE, get(show).post(advance))
}

async fn show(ctx: RequestContext) -> Result<Response, AppError> {
    demo_only(&ctx)?;
    draw(&ctx, StatusCode::OK, &Form::default()).await
}

async fn advance(
    ctx: RequestContext,
    State(shared): State<Arc<Shared>>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    demo_only(&ctx)?;
    let mut form = Form::from_pairs(&pairs);
    let minutes = form.get("minutes").parse().ok().filter(|minutes| (1..=FURTHEST).contains(minutes));
    let Some(minutes) = minutes else {
        let message = format!("Enter a number of minutes from 1 to {FURTHEST}.");
        form.problem("minutes", "minutes_out_of_range", message);
        return draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &form).await;
    };
    ctx.kit.clock.advance_minutes(minutes);
    shared.bookings.notify_one();
    shared.mails.notify_one();
    tracing::info!(minutes, "the clock was moved forward");
    Ok(see_other(HERE))
}

async fn draw(ctx: &RequestContext, status: StatusCode, form: &Form) -> Result<Response, AppError> {
    let frame = PageContext::load(ctx).await?;
    let mut html = Html::new();
    html.raw("<h1>The marketplace's clock</h1>");
    form.summary(&mut html);
    html.raw("<p role=\"status\">It is <b>")
        .text(&ctx.now.text(frame.zone.as_deref().unwrap_or(ZONE)))
        .raw("</b>.</p>");
    html.raw(
        "<p class=\"sub\">This is a demo: move its clock forward and see what happens when nobody acts. It never ",
    );
    html.raw("goes back, except when the demo starts again. What people are told then is among the ");
    html.raw("<a class=\"link\" href=\"/dev/mail\">mails</a>.</p>");
    html.raw("<form class=\"card\" method=\"post\"").attr("action", HERE).raw("><div class=\"row\">");
    for (minutes, label) in STEPS {
        html.raw("<button class=\"btn\" name=\"minutes\"").attr("value", &minutes.to_string()).raw(">");
        html.text(label).raw("</button>");
    }
    html.raw("</div></form><form class=\"card stack\" method=\"post\"").attr("action", HERE).raw(">");
    let control = Control::Line("number", "off");
    let hint = "Up to sixty days at once.";
    form.draw(&mut html, &Input { name: "minutes", label: "Minutes", control, required: true, hint });
    html.raw("<button class=\"btn btn-primary\">Move forward</button></form>");
    Ok(narrow(status, &frame, PageHead::new("The marketplace's clock", &["triangle-alert"]), &mut html))
}

fn demo_only(ctx: &RequestContext) -> Result<(), AppError> {
    if ctx.kit.site.is_demo() { Ok(()) } else { Err(AppError::not_found()) }
}
