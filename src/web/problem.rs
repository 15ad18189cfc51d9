//! The page for what went wrong: what happened, what to do, and the number to give when asking for help.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::page::PageContext;
use super::page_head::PageHead;
use super::plain;
use super::shell::respond;
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::web::request_id;

/// A whole page for an error.
pub fn error_page(page: &PageContext, error: AppError) -> Response {
    let status = plain::status(&error);
    render(status, page, error, &request_id::current())
}

fn render(status: StatusCode, page: &PageContext, error: AppError, request_id: &str) -> Response {
    let title = match status.as_u16() {
        403 => "This is not for your account",
        404 => "Not found",
        405 => "That does not work here",
        409 => "Somebody was faster",
        413 => "That is too much at once",
        400 | 415 | 422 => "Something has to be different",
        429 => "A little slower, please",
        503 => "Back in a moment",
        _ => "Something went wrong on our side",
    };
    let reasons: Vec<_> = error
        .changed
        .into_iter()
        .chain(error.denials.into_iter().map(|denial| denial.message))
        .chain(error.fields.into_iter().map(|field| field.message))
        .filter(|line| *line != error.message)
        .map(|line| view! { <li>{line}</li> })
        .collect();
    let id = (!request_id.is_empty()).then(|| request_id.to_owned());
    let message = error.message;
    respond(status, page, PageHead::new(title, &["triangle-alert", "arrow-left"]), move || {
        view! {
            <div class="narrow">
                <p class="eyebrow">{format!("Error {}", status.as_u16())}</p>
                <h1>{title}</h1>
                <div class="alert" role="alert">
                    <Icon name="triangle-alert" />
                    <div>
                        <p>{message}</p>
                        {(!reasons.is_empty()).then(|| view! { <ul>{reasons}</ul> })}
                    </div>
                </div>
                <p class="row">
                    <a class="btn btn-primary" href="/bookings">
                        "Go to my bookings"
                    </a>
                    <a class="btn" href="/">
                        "Start page"
                    </a>
                </p>
                {id
                    .map(|id| {
                        view! {
                            <p class="hint">
                                "If you ask us for help, give this number: " <code>{id}</code>
                            </p>
                        }
                    })}
            </div>
        }
        .into_any()
    })
}
