//! How the page of what did not happen by itself looks: clocks, mails, dead letters, and what admins did.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{RETRY, Shown};
use crate::admin::HOME;
use crate::admin::dashboard::counted;
use crate::admin::labels::age;
use crate::admin::model::AdminAct;
use crate::admin::store::{LATE_MINUTES, Late};
use crate::booking::store::work::{DeadLetter, Stuck};
use crate::mail::model::{DeadMail, QueueHealth};
use crate::time::Timestamp;
use crate::ui::form::Form;
use crate::ui::icon::Icon;
use crate::web::PageHead;
use crate::web::guard::Admin;
use crate::web::plain::{back_link, hidden_field, narrow};

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
        {clocks(shown, now)}
        {queue(&shown.health, &viewer.zone)}
        {dead_letters(shown, &viewer.zone)}
        {acts(&shown.acts, &viewer.zone)}
    };
    let icons = ["arrow-left", "circle-check", "triangle-alert", "undo"];
    narrow(status, page, PageHead::new("What did not happen by itself", &icons), body)
}

fn clocks(shown: &Shown, now: Timestamp) -> AnyView {
    let stuck = if shown.stuck.is_empty() {
        view! {
            <p>
                <Icon name="circle-check" />
                {format!("No clock is more than {LATE_MINUTES} minutes late.")}
            </p>
        }
        .into_any()
    } else {
        let late: Vec<_> = shown.stuck.iter().map(|late| late_clock(late, now)).collect();
        let how_many = counted(shown.how_many);
        view! {
            <p>{format!("{how_many} late by more than {LATE_MINUTES} minutes. Is a worker running?")}</p>
            <ul class="rows" aria-label="Stuck clocks">
                {late}
            </ul>
        }
        .into_any()
    };
    let failing = (!shown.failing.is_empty()).then(|| {
        let failing: Vec<_> = shown.failing.iter().map(failing_booking).collect();
        view! {
            <p>"On these the work fails again and again. It is tried as long as it takes."</p>
            <ul class="rows" aria-label="Failing bookings">
                {failing}
            </ul>
        }
    });
    view! {
        <section class="card" aria-labelledby="stuck-title">
            <h2 class="eyebrow" id="stuck-title">
                "Stuck clocks"
            </h2>
            {stuck}
            {failing}
        </section>
    }
    .into_any()
}

fn late_clock(late: &Late, now: Timestamp) -> AnyView {
    view! {
        <li>
            <span>
                <a class="link" href=format!("/bookings/{}", late.id)>
                    {late.reference.clone()}
                </a>
                <span class="hint">{plain(&late.next_due_action)}</span>
            </span>
            <b>{format!("{} late", age(late.next_due_at, now))}</b>
        </li>
    }
    .into_any()
}

fn failing_booking(failing: &Stuck) -> AnyView {
    view! {
        <li>
            <span>
                <a class="link" href=format!("/bookings/{}", failing.booking)>
                    {failing.reference.clone()}
                </a>
                <span class="hint">{failing.error.clone()}</span>
            </span>
            <b>{format!("{} times", failing.failures)}</b>
        </li>
    }
    .into_any()
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

fn dead_letters(shown: &Shown, zone: &str) -> AnyView {
    let list = if shown.effects.is_empty() && shown.mails.is_empty() {
        view! {
            <p>
                <Icon name="circle-check" />
                "Nothing was given up."
            </p>
        }
        .into_any()
    } else {
        let effects: Vec<_> = shown.effects.iter().map(|dead| dead_effect(dead, zone)).collect();
        let mails: Vec<_> = shown.mails.iter().map(|mail| dead_mail(mail, zone)).collect();
        view! {
            <p>"Given up after many tries. Mend the cause first, then let it be tried again."</p>
            <ul class="rows" aria-label="Dead letters">
                {effects}
                {mails}
            </ul>
        }
        .into_any()
    };
    view! {
        <section class="card" id="letters" aria-labelledby="letters-title">
            <h2 class="eyebrow" id="letters-title">
                "Dead letters"
            </h2>
            {list}
        </section>
    }
    .into_any()
}

fn dead_effect(DeadLetter { booking, reference, queued }: &DeadLetter, zone: &str) -> AnyView {
    let entry = &queued.entry;
    let kind = plain(entry.kind.name());
    let what = format!("{kind} of {reference}");
    view! {
        <li>
            <span>
                <a class="link" href=format!("/bookings/{booking}")>
                    {reference.clone()}
                </a>
                {format!(" {kind}, after {}", plain(&entry.action_name))}
                {why(entry.at, queued.error.as_deref(), zone)}
            </span>
            {try_again("effect", &entry.key, what)}
        </li>
    }
    .into_any()
}

fn dead_mail(mail: &DeadMail, zone: &str) -> AnyView {
    view! {
        <li>
            <span>
                {mail.subject.clone()}
                <span class="hint">{format!("to {}", mail.to)}</span>
                {why(mail.at, Some(&mail.last_error), zone)}
            </span>
            {try_again("mail", &mail.key, format!("{} to {}", mail.subject, mail.to))}
        </li>
    }
    .into_any()
}

fn why(at: Timestamp, error: Option<&str>, zone: &str) -> AnyView {
    let error = error.map(|error| format!(": {error}")).unwrap_or_default();
    view! { <span class="hint">{format!("{}{error}", at.text(zone))}</span> }.into_any()
}

fn try_again(kind: &str, key: &str, what: String) -> AnyView {
    view! {
        <form method="post" action=RETRY>
            {hidden_field("kind", kind)}
            {hidden_field("key", key)}
            <button class="btn">
                <Icon name="undo" />
                "Try again"
                <span class="sr-only">{format!(": {what}")}</span>
            </button>
        </form>
    }
    .into_any()
}

fn acts(acts: &[AdminAct], zone: &str) -> AnyView {
    let act = |act: &AdminAct| {
        view! {
            <li>
                <span>
                    {format!("{}: {}", act.by_name, plain(&act.action))}
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

/// A stored name as words: `update_ratings` is "update ratings".
fn plain(name: &str) -> String {
    name.replace('_', " ")
}
