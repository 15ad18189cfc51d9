//! `/bookings/{id}/messages/{message}/report`: says what is wrong with a message of the other side.

use axum::extract::{Form as Sent, Path};
use axum::http::StatusCode;
use axum::response::Response;

use super::{MAX_CHARACTERS, Report, ReportEvent, ReportStatus, store};
use crate::error::AppError;
use crate::message::draw::{name_of, seen_text};
use crate::message::model::Message;
use crate::message::pages::Thread;
use crate::message::path;
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::PageHead;
use crate::web::context::RequestContext;
use crate::web::plain::{back, narrow, see_other};
use crate::web::problem::answer;

/// `GET`
pub(in crate::message) async fn show(
    ctx: RequestContext,
    Path((booking, message)): Path<(String, String)>,
) -> Response {
    match load(&ctx, &booking, &message).await {
        Ok((thread, message)) => draw(StatusCode::OK, &thread, &message, &Form::default()),
        Err(response) => response,
    }
}

/// `POST` with `reason`
pub(in crate::message) async fn post(
    ctx: RequestContext,
    Path((booking, message)): Path<(String, String)>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Response {
    let (thread, message) = match load(&ctx, &booking, &message).await {
        Ok(loaded) => loaded,
        Err(response) => return response,
    };
    let mut form = Form::from_pairs(&pairs);
    let reason = form.text("reason", "What is wrong", true, MAX_CHARACTERS);
    if !form.is_fine() {
        return draw(StatusCode::UNPROCESSABLE_ENTITY, &thread, &message, &form);
    }
    let viewer = &thread.viewer;
    let by = viewer.id.clone();
    let event =
        ReportEvent { at: ctx.now, by: by.clone(), by_name: viewer.name.clone(), to: ReportStatus::Open, note: reason };
    let report = Report {
        key: format!("{}:{by}", message.id.to_hex()),
        message: message.id,
        booking: message.booking,
        reference: thread.booking.reference.clone(),
        author_name: name_of(&thread.booking, message.role).into(),
        text: message.text.clone(),
        by,
        at: ctx.now,
        status: ReportStatus::Open,
        history: vec![event],
    };
    match store::put(&ctx.kit.db, &report).await {
        Ok(()) => see_other(&format!("{}#m-{}", path(&booking), message.id.to_hex())),
        Err(error) => answer(&thread.frame, &path(&booking), error.into()),
    }
}

/// The thread and a message of it that somebody else wrote.
async fn load(ctx: &RequestContext, booking: &str, message: &str) -> Result<(Thread, Message), Response> {
    let thread = Thread::open(ctx, booking).await?;
    match thread.message(ctx, message).await {
        Ok(message) if message.by != thread.viewer.id => Ok((thread, message)),
        Ok(_) => Err(answer(&thread.frame, &path(booking), AppError::not_found())),
        Err(error) => Err(answer(&thread.frame, &path(booking), error)),
    }
}

fn draw(status: StatusCode, thread: &Thread, message: &Message, form: &Form) -> Response {
    let here = path(&thread.booking.id);
    let mut html = Html::new();
    back(&mut html, &here, "Back to the messages");
    html.raw("<h1>Report this message</h1>");
    form.summary(&mut html);
    html.raw("<figure class=\"card stack\"><figcaption class=\"hint\">").text(name_of(&thread.booking, message.role));
    html.raw(", ").text(&message.at.text(&thread.booking.zone)).raw("</figcaption>");
    html.raw("<blockquote class=\"words\" dir=\"auto\">")
        .text(&seen_text(thread, message))
        .raw("</blockquote></figure>");
    html.raw("<form class=\"card stack\" method=\"post\"");
    html.attr("action", &format!("{here}/{}/report", message.id.to_hex())).raw(">");
    let hint = "The GigSta team reads this and the whole thread. The other side is not told.";
    form.draw(
        &mut html,
        &Input { name: "reason", label: "What is wrong", control: Control::Area, required: true, hint },
    );
    html.raw("<p class=\"row\"><button class=\"btn btn-primary\">Report</button><a class=\"btn\"").attr("href", &here);
    html.raw(">Back</a></p></form>");
    narrow(status, &thread.frame, PageHead::new("Report a message", &["arrow-left", "triangle-alert"]), &mut html)
}
