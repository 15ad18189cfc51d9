//! How dead letters look, each with the button that lets it be tried again.

use leptos::prelude::*;

use super::{RETRY, Shown};
use crate::admin::labels::plain;
use crate::booking::store::work::DeadLetter;
use crate::mail::model::DeadMail;
use crate::time::Timestamp;
use crate::ui::icon::Icon;
use crate::web::plain::hidden_field;

/// What is tried again, as its form says it.
pub(super) const EFFECT: &str = "effect";
pub(super) const MAIL: &str = "mail";

/// The section of the dead letters.
pub(super) fn render(shown: &Shown, zone: &str) -> AnyView {
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
            {try_again(EFFECT, &entry.key, what)}
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
            {try_again(MAIL, &mail.key, format!("{} to {}", mail.subject, mail.to))}
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
