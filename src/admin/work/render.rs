//! How the page of what did not happen by itself looks: clocks, mails, dead letters, and what admins did.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{Shown, clocks, letters};
use crate::admin::home::HOME;
use crate::admin::labels::plain;
use crate::admin::model::AdminAct;
use crate::mail::model::QueueHealth;
use crate::time::Timestamp;
use crate::ui::form::Form;
use crate::ui::icon::Icon;
use crate::web::PageHead;
use crate::web::guard::Admin;
use crate::web::plain::{back_link, narrow};

/// The whole page. `form` says what went wrong with trying again, `done` that it is tried.
pub(super) fn page(
    status: StatusCode,
    Admin { page, viewer }: &Admin,
    shown: &Shown,
    form: &Form,
    now: Timestamp,
    done: bool,
) -> Response {
    let done = done.then(|| {
        view! {
            <p class="done" role="status">
                "It is tried again now."
            </p>
        }
    });
    let body = view! {
        {back_link(HOME, "Admin")}
        <h1>"What did not happen by itself"</h1>
        {form.render_summary()}
        {done}
        {clocks::render(shown, now)}
        {queue(&shown.health, &viewer.zone)}
        {letters::render(shown, &viewer.zone)}
        {acts(&shown.acts, &viewer.zone)}
    };
    let icons = ["arrow-left", "circle-check", "triangle-alert", "undo"];
    narrow(status, page, PageHead::new("What did not happen by itself", &icons), body)
}

/// How the mails do: how many wait, since when, and what went wrong last.
fn queue(health: &QueueHealth, zone: &str) -> AnyView {
    let oldest = health.oldest.map(|oldest| format!(", the oldest since {}", oldest.text(zone))).unwrap_or_default();
    let last_error = health.last_error.as_ref().map(|(at, error)| {
        view! {
            <p class="note">
                <Icon name="triangle-alert" />
                {format!("The last failure, {}: {error}", at.text(zone))}
            </p>
        }
    });
    view! {
        <section class="card" aria-labelledby="mails-title">
            <h2 class="eyebrow" id="mails-title">
                "Mails"
            </h2>
            <p>{format!("{} wait to be sent{oldest}.", health.pending)}</p>
            {last_error}
        </section>
    }
    .into_any()
}

fn acts(acts: &[AdminAct], zone: &str) -> AnyView {
    let act = |act: &AdminAct| {
        view! {
            <li>
                <span>
                    {format!("{}: {}", act.by_name, plain(act.action.name()))}
                    <span class="hint key">{act.subject.clone()}</span>
                    <span class="hint">{act.at.text(zone)}</span>
                </span>
            </li>
        }
    };
    let list = if acts.is_empty() {
        view! { <p>"Nothing so far."</p> }.into_any()
    } else {
        let acts: Vec<_> = acts.iter().map(act).collect();
        view! {
            <ul class="rows" aria-label="What admins did here">
                {acts}
            </ul>
        }
        .into_any()
    };
    view! {
        <section class="card" id="acts" aria-labelledby="acts-title">
            <h2 class="eyebrow" id="acts-title">
                "What admins did here"
            </h2>
            <p class="hint">
                "What they did to a booking or an application stands in its own history. "
                <a class="link" href="/admin/history">
                    "Search the bookings' history"
                </a>
            </p>
            {list}
        </section>
    }
    .into_any()
}
