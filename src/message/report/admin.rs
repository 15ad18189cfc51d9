//! `/admin/reports`: the queue of reported messages.

use axum::extract::{Form as Sent, Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::store::{self, Cursor};
use super::{MAX_CHARACTERS, Report, ReportEvent, ReportStatus};
use crate::error::{AppError, ErrorKind};
use crate::message::model::{instant_of, message_id};
use crate::message::path;
use crate::time::Timestamp;
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::plain::{back, narrow, see_other};
use crate::web::problem::answer;
use crate::web::urls;
use crate::web::viewer::Viewer;
use crate::web::{PageContext, PageHead};

/// The queue's address.
const QUEUE: &str = "/admin/reports";

#[derive(Deserialize)]
pub(in crate::message) struct Asked {
    #[serde(default)]
    status: String,
    #[serde(default)]
    after: String,
}

/// The frame for an admin; for everybody else there is nothing here.
async fn require(ctx: &RequestContext) -> Result<(PageContext, Viewer), Response> {
    let (frame, viewer) = PageContext::require(ctx, QUEUE).await?;
    if viewer.is_admin { Ok((frame, viewer)) } else { Err(answer(&frame, QUEUE, AppError::not_found())) }
}

/// `GET /admin/reports?status=`
pub(in crate::message) async fn queue(ctx: RequestContext, Query(asked): Query<Asked>) -> Response {
    let (frame, viewer) = match require(&ctx).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let status = ReportStatus::from_name(&asked.status).unwrap_or(ReportStatus::Open);
    match store::queue(&ctx.kit.db, status, Cursor::read(&asked.after)).await {
        Ok((reports, next)) => draw(&frame, &viewer, status, &reports, next),
        Err(error) => answer(&frame, QUEUE, error.into()),
    }
}

/// `GET /admin/reports/{key}`
pub(in crate::message) async fn one(ctx: RequestContext, Path(key): Path<String>) -> Response {
    let (frame, viewer) = match require(&ctx).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match load(&ctx, &key).await {
        Ok(report) => draw_one(StatusCode::OK, &frame, &viewer, &report, &Form::default()),
        Err(error) => answer(&frame, QUEUE, error),
    }
}

/// `POST /admin/reports/{key}` with `note`: marks it as handled.
pub(in crate::message) async fn handle(
    ctx: RequestContext,
    Path(key): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Response {
    let (frame, viewer) = match require(&ctx).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match try_handle(&ctx, &frame, &viewer, &key, &pairs).await {
        Ok(response) => response,
        Err(error) => answer(&frame, QUEUE, error),
    }
}

async fn try_handle(
    ctx: &RequestContext,
    frame: &PageContext,
    viewer: &Viewer,
    key: &str,
    pairs: &[(String, String)],
) -> Result<Response, AppError> {
    let report = load(ctx, key).await?;
    let mut form = Form::from_pairs(pairs);
    let note = form.text("note", "What you did", true, MAX_CHARACTERS);
    if !form.is_fine() {
        return Ok(draw_one(StatusCode::UNPROCESSABLE_ENTITY, frame, viewer, &report, &form));
    }
    let (by, by_name) = (viewer.id.clone(), viewer.name.clone());
    let event = ReportEvent { at: ctx.now, by, by_name, to: ReportStatus::Handled, note };
    if store::handle(&ctx.kit.db, key, &event).await? {
        return Ok(see_other(&one_path(key)));
    }
    let fresh = load(ctx, key).await?;
    let same = |last: &ReportEvent| last.by == event.by && last.note == event.note;
    if fresh.history.last().is_some_and(same) {
        // Pressed twice.
        return Ok(see_other(&one_path(key)));
    }
    let message = "Somebody else has handled this report. Their note is below.";
    form.refuse(&AppError::new(ErrorKind::Conflict, "handled", message));
    Ok(draw_one(StatusCode::CONFLICT, frame, viewer, &fresh, &form))
}

async fn load(ctx: &RequestContext, key: &str) -> Result<Report, AppError> {
    store::find(&ctx.kit.db, key).await?.ok_or_else(AppError::not_found)
}

fn one_path(key: &str) -> String {
    format!("{QUEUE}/{}", urls::segment(key))
}

fn draw(
    frame: &PageContext,
    viewer: &Viewer,
    status: ReportStatus,
    reports: &[Report],
    next: Option<Cursor>,
) -> Response {
    let mut html = Html::new();
    html.raw("<h1>Reported messages</h1><nav aria-label=\"Status\"><ul class=\"pills\">");
    for &one in ReportStatus::ALL {
        html.raw("<li><a class=\"pill\"").attr("href", &format!("{QUEUE}?status={}", one.name()));
        html.flag("aria-current=\"page\"", one == status).raw(">").text(one.label()).raw("</a></li>");
    }
    html.raw("</ul></nav>");
    if reports.is_empty() {
        html.raw("<div class=\"card empty\">").icon("circle-check").raw("<h2>Nothing here</h2>");
        html.raw("<p>As soon as somebody reports a message, it waits here until it is handled.</p></div>");
    } else {
        html.raw("<ul class=\"card rows\" aria-label=\"Reports\">");
        for report in reports {
            let reason = report.history.first().map_or("", |first| first.note.as_str());
            html.raw("<li><span><a class=\"link\"").attr("href", &one_path(&report.key)).raw(">");
            html.text(&format!("{}, message of {}", report.reference, report.author_name)).raw("</a>");
            html.raw("<span class=\"hint\">").text(&report.at.text(&viewer.zone)).raw("</span>").text(reason);
            html.raw("</span></li>");
        }
        html.raw("</ul>");
    }
    if let Some(next) = next {
        let href = format!("{QUEUE}?status={}&after={}", status.name(), urls::query(&next.to_string()));
        html.raw("<p class=\"row\"><a class=\"btn\" rel=\"next\"").attr("href", &href).raw(">Next page");
        html.icon("arrow-right").raw("</a></p>");
    }
    narrow(StatusCode::OK, frame, PageHead::new("Reported messages", &["circle-check", "arrow-right"]), &mut html)
}

fn draw_one(status: StatusCode, frame: &PageContext, viewer: &Viewer, report: &Report, form: &Form) -> Response {
    let mut html = Html::new();
    back(&mut html, QUEUE, "All reports");
    html.raw("<h1>Report of a message</h1><p class=\"sub\"><b>").text(&report.reference).raw("</b> · ");
    html.raw(report.status.label()).raw("</p>");
    form.summary(&mut html);
    html.raw("<figure class=\"card stack\"><figcaption class=\"hint\">").text(&report.author_name);
    html.raw(" wrote</figcaption><blockquote class=\"words\" dir=\"auto\">").text(&report.text).raw("</blockquote>");
    // The page that ends with the message, however many have come after it.
    let after = message_id(Timestamp(instant_of(report.message).0 + 1), [0; 6]).to_hex();
    let thread = format!("{}?before={after}#m-{}", path(&report.booking.to_hex()), report.message.to_hex());
    html.raw("<p class=\"row\"><a class=\"btn\"").attr("href", &thread);
    html.raw(">Open the thread</a><a class=\"btn\"").attr("href", &format!("/bookings/{}", report.booking.to_hex()));
    html.raw(">Open the booking</a></p></figure>");
    html.raw("<section class=\"card stack\" aria-labelledby=\"history-title\">");
    html.raw(
        "<h2 class=\"eyebrow\" id=\"history-title\">What happened</h2><ol class=\"stack\" aria-label=\"History\">",
    );
    for event in &report.history {
        html.raw("<li><b>").raw(if event.to == ReportStatus::Open { "Reported" } else { "Handled" });
        html.raw("</b><p class=\"hint\">").text(&event.by_name).raw(", ").text(&event.at.text(&viewer.zone));
        html.raw("</p><blockquote class=\"words\" dir=\"auto\">").text(&event.note).raw("</blockquote></li>");
    }
    html.raw("</ol></section>");
    if report.status == ReportStatus::Open {
        html.raw("<form class=\"card stack\" method=\"post\"").attr("action", &one_path(&report.key)).raw(">");
        let hint = "It stays in the report's history. Neither side reads it.";
        let input = Input { name: "note", label: "What you did", control: Control::Area, required: true, hint };
        form.draw(&mut html, &input);
        html.raw("<button class=\"btn btn-primary\">Mark as handled</button></form>");
    }
    narrow(status, frame, PageHead::new("Report of a message", &["arrow-left", "triangle-alert"]), &mut html)
}
