//! `/bookings/{id}/messages/{message}/report`: says what is wrong with a message of the other side.

use axum::extract::{Form as Sent, Path};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{MAX_CHARACTERS, Report, ReportEvent, ReportStatus, store};
use crate::error::AppError;
use crate::message::access::{Thread, path};
use crate::message::model::Message;
use crate::message::text::{name_of, seen_text};
use crate::ui::form::{Control, Form, Input};
use crate::web::PageHead;
use crate::web::context::RequestContext;
use crate::web::plain::{back_link, narrow, see_other};

/// `GET`
pub(in crate::message) async fn show(
    ctx: RequestContext,
    thread: Thread,
    Path((_, message)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let message = load(&ctx, &thread, &message).await?;
    Ok(page(StatusCode::OK, &thread, &message, &Form::default()))
}

/// `POST` with `reason`
pub(in crate::message) async fn post(
    ctx: RequestContext,
    thread: Thread,
    Path((_, message)): Path<(String, String)>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let message = load(&ctx, &thread, &message).await?;
    let mut form = Form::from_pairs(&pairs);
    let reason = form.text("reason", "What is wrong", true, MAX_CHARACTERS);
    if !form.is_fine() {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &thread, &message, &form));
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
    store::put(&ctx.kit.db, &report).await?;
    Ok(see_other(&format!("{}#m-{}", path(&thread.booking.id), message.id.to_hex())))
}

/// The message of the thread, if somebody else wrote it.
async fn load(ctx: &RequestContext, thread: &Thread, id: &str) -> Result<Message, AppError> {
    let message = thread.message(ctx, id).await?;
    if message.by == thread.viewer.id { Err(AppError::not_found()) } else { Ok(message) }
}

fn page(status: StatusCode, thread: &Thread, message: &Message, form: &Form) -> Response {
    let thread_path = path(&thread.booking.id);
    let wrote = format!("{}, {}", name_of(&thread.booking, message.role), message.at.text(&thread.booking.zone));
    let hint = "The GigSta team reads this and the whole thread. The other side is not told.";
    let reason = Input { name: "reason", label: "What is wrong", control: Control::Area, required: true, hint };
    let body = view! {
        {back_link(&thread_path, "Back to the messages")}
        <h1>"Report this message"</h1>
        {form.render_summary()}
        <figure class="card stack">
            <figcaption class="hint">{wrote}</figcaption>
            <blockquote class="words" dir="auto">{seen_text(thread, message)}</blockquote>
        </figure>
        <form class="card stack" method="post" action=format!("{thread_path}/{}/report", message.id.to_hex())>
            {form.render(&reason)}
            <p class="row">
                <button class="btn btn-primary">"Report"</button>
                <a class="btn" href=thread_path.clone()>"Back"</a>
            </p>
        </form>
    };
    narrow(status, &thread.page, PageHead::new("Report a message", &["arrow-left", "triangle-alert"]), body)
}
