//! `/admin/reports`: the queue of reported messages.

use axum::extract::{Form as Sent, Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::store::{self, Cursor};
use super::{MAX_CHARACTERS, Report, ReportEvent, ReportStatus};
use crate::error::{AppError, ErrorKind};
use crate::message::access::path;
use crate::message::model::{instant_of, message_id};
use crate::time::Timestamp;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::PageHead;
use crate::web::context::RequestContext;
use crate::web::guard::Admin;
use crate::web::plain::{back_link, narrow, see_other};
use crate::web::urls;

/// The queue's address.
const QUEUE: &str = "/admin/reports";

#[derive(Deserialize)]
pub(in crate::message) struct Asked {
    #[serde(default)]
    status: String,
    #[serde(default)]
    after: String,
}

/// `GET /admin/reports?status=`
pub(in crate::message) async fn queue(
    ctx: RequestContext,
    admin: Admin,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let status = ReportStatus::from_name(&asked.status).unwrap_or(ReportStatus::Open);
    let (reports, next) = store::queue(&ctx.kit.db, status, Cursor::read(&asked.after)).await?;
    Ok(queue_page(&admin, status, &reports, next))
}

/// `GET /admin/reports/{key}`
pub(in crate::message) async fn one(
    ctx: RequestContext,
    admin: Admin,
    Path(key): Path<String>,
) -> Result<Response, AppError> {
    Ok(page(StatusCode::OK, &admin, &load(&ctx, &key).await?, &Form::default()))
}

/// `POST /admin/reports/{key}` with `note`: marks it as handled.
pub(in crate::message) async fn handle(
    ctx: RequestContext,
    admin: Admin,
    Path(key): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let report = load(&ctx, &key).await?;
    let mut form = Form::from_pairs(&pairs);
    let note = form.text("note", "What you did", true, MAX_CHARACTERS);
    if !form.is_fine() {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &admin, &report, &form));
    }
    let (by, by_name) = (admin.viewer.id.clone(), admin.viewer.name.clone());
    let event = ReportEvent { at: ctx.now, by, by_name, to: ReportStatus::Handled, note };
    if store::handle(&ctx.kit.db, &key, &event).await? {
        return Ok(see_other(&one_path(&key)));
    }
    let fresh = load(&ctx, &key).await?;
    let same = |last: &ReportEvent| last.by == event.by && last.note == event.note;
    if fresh.history.last().is_some_and(same) {
        // Pressed twice.
        return Ok(see_other(&one_path(&key)));
    }
    let message = "Somebody else has handled this report. Their note is below.";
    form.refuse(&AppError::new(ErrorKind::Conflict, "handled", message));
    Ok(page(StatusCode::CONFLICT, &admin, &fresh, &form))
}

async fn load(ctx: &RequestContext, key: &str) -> Result<Report, AppError> {
    store::find(&ctx.kit.db, key).await?.ok_or_else(AppError::not_found)
}

fn one_path(key: &str) -> String {
    format!("{QUEUE}/{}", urls::segment(key))
}

fn queue_page(admin: &Admin, status: ReportStatus, reports: &[Report], next: Option<Cursor>) -> Response {
    let pill = |one: ReportStatus| {
        let href = format!("{QUEUE}?status={}", one.name());
        let current = (one == status).then_some("page");
        view! { <li><a class="pill" href=href aria-current=current>{one.label()}</a></li> }
    };
    let row = |report: &Report| {
        let reason = report.history.first().map(|first| first.note.clone());
        let title = format!("{}, message of {}", report.reference, report.author_name);
        view! {
            <li>
                <span>
                    <a class="link" href=one_path(&report.key)>{title}</a>
                    <span class="hint">{report.at.text(&admin.viewer.zone)}</span>
                    {reason}
                </span>
            </li>
        }
    };
    let list = if reports.is_empty() {
        view! {
            <div class="card empty">
                <Icon name="circle-check" />
                <h2>"Nothing here"</h2>
                <p>"As soon as somebody reports a message, it waits here until it is handled."</p>
            </div>
        }
        .into_any()
    } else {
        view! { <ul class="card rows" aria-label="Reports">{reports.iter().map(row).collect_view()}</ul> }.into_any()
    };
    let next = next.map(|next| {
        let href = format!("{QUEUE}?status={}&after={}", status.name(), urls::query(&next.to_string()));
        view! { <p class="row"><a class="btn" rel="next" href=href>"Next page"<Icon name="arrow-right" /></a></p> }
    });
    let body = view! {
        <h1>"Reported messages"</h1>
        <nav aria-label="Status"><ul class="pills">{ReportStatus::ALL.iter().copied().map(pill).collect_view()}</ul></nav>
        {list}
        {next}
    };
    let head = PageHead::new("Reported messages", &["circle-check", "arrow-right"]);
    narrow(StatusCode::OK, &admin.page, head, body)
}

fn page(status: StatusCode, admin: &Admin, report: &Report, form: &Form) -> Response {
    // The page that ends with the message, however many have come after it.
    let after = message_id(Timestamp(instant_of(report.message).0 + 1), [0; 6]).to_hex();
    let thread = format!("{}?before={after}#m-{}", path(&report.booking.to_hex()), report.message.to_hex());
    let event = |event: &ReportEvent| {
        let what = if event.to == ReportStatus::Open { "Reported" } else { "Handled" };
        view! {
            <li>
                <b>{what}</b>
                <p class="hint">{format!("{}, {}", event.by_name, event.at.text(&admin.viewer.zone))}</p>
                <blockquote class="words" dir="auto">{event.note.clone()}</blockquote>
            </li>
        }
    };
    let handling = (report.status == ReportStatus::Open).then(|| {
        let hint = "It stays in the report's history. Neither side reads it.";
        let note = Input { name: "note", label: "What you did", control: Control::Area, required: true, hint };
        view! {
            <form class="card stack" method="post" action=one_path(&report.key)>
                {form.render(&note)}
                <button class="btn btn-primary">"Mark as handled"</button>
            </form>
        }
    });
    let body = view! {
        {back_link(QUEUE, "All reports")}
        <h1>"Report of a message"</h1>
        <p class="sub"><b>{report.reference.clone()}</b>{format!(" · {}", report.status.label())}</p>
        {form.render_summary()}
        <figure class="card stack">
            <figcaption class="hint">{format!("{} wrote", report.author_name)}</figcaption>
            <blockquote class="words" dir="auto">{report.text.clone()}</blockquote>
            <p class="row">
                <a class="btn" href=thread>"Open the thread"</a>
                <a class="btn" href=format!("/bookings/{}", report.booking.to_hex())>"Open the booking"</a>
            </p>
        </figure>
        <section class="card stack" aria-labelledby="history-title">
            <h2 class="eyebrow" id="history-title">"What happened"</h2>
            <ol class="stack" aria-label="History">{report.history.iter().map(event).collect_view()}</ol>
        </section>
        {handling}
    };
    narrow(status, &admin.page, PageHead::new("Report of a message", &["arrow-left", "triangle-alert"]), body)
}
