//! How it looks what became of each booking of a sick day.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::booking::machine::names;
use crate::error::AppError;
use crate::provider_pages::sick_day::range::Range;
use crate::provider_pages::sick_day::shown::{Outcome, PATH};
use crate::ui::icon::Icon;
use crate::web::plain::{back_link, narrow};
use crate::web::{PageContext, PageHead};

/// What became of each booking.
pub(in crate::provider_pages::sick_day) fn render_results(
    page: &PageContext,
    range: &Range,
    outcomes: &[Outcome],
    days_off: Option<Result<(), AppError>>,
) -> Response {
    let again = format!("{PATH}?from={}&to={}&days={}", range.first.date, range.last.date, range.days);
    let body = view! {
        {back_link("/provider", "My work")}
        <h1>"Sick day"</h1>
        <p role="status" class="done" id="done">{result_text(outcomes, days_off)}</p>
        <ol class="rows card" aria-label="Results">{outcomes.iter().map(render_result).collect_view()}</ol>
        <p class="row">
            <a class="btn btn-primary" href=again>"Show these days again"</a>
            <a class="btn" href="/provider">"My work"</a>
        </p>
    };
    narrow(StatusCode::OK, page, PageHead::new("Sick day", &["arrow-left", "check", "x"]), body)
}

/// How many were done, and whether the days are days off now.
fn result_text(outcomes: &[Outcome], days_off: Option<Result<(), AppError>>) -> String {
    let left = outcomes.iter().filter(|outcome| outcome.action.is_empty()).count();
    let done = outcomes.iter().filter(|outcome| outcome.result.is_ok()).count() - left;
    let counts = [(done, "done"), (outcomes.len() - done - left, "not done"), (left, "left as they are")];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let all = if counts.is_empty() { "No bookings.".to_owned() } else { format!("{}.", counts.join(", ")) };
    match days_off {
        Some(Ok(())) => format!("{all} The days are marked as days off."),
        Some(Err(error)) => format!("{all} The days are not marked as days off: {}", error.message),
        None => all,
    }
}

fn render_result(outcome: &Outcome) -> AnyView {
    let line = &outcome.line;
    let (icon, text) = match &outcome.result {
        Ok(()) => ("check", done_text(&outcome.action).to_owned()),
        Err(error) => {
            let more = error.changed.iter().chain(error.denials.iter().map(|denial| &denial.message));
            let more: String = more.filter(|more| **more != error.message).map(|more| format!(" {more}")).collect();
            ("x", format!("Not done. {}{more}", error.message))
        }
    };
    view! {
        <li>
            <span>
                <a class="link" href=format!("/bookings/{}", line.id.to_hex())>{line.service.title.clone()}</a>
                {format!(" for {} ({})", line.customer.name, line.reference)}
                <span class="hint"><Icon name=icon />{text}</span>
            </span>
        </li>
    }
    .into_any()
}

fn done_text(action: &str) -> &'static str {
    match action {
        names::CANCEL => "Cancelled. Everything is refunded.",
        names::DECLINE => "Declined.",
        "" => "Left as it is.",
        _ => "Another time is proposed. The booking stands until the customer answers.",
    }
}
