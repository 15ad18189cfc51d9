//! What went wrong, in words.

use leptos::prelude::*;

use super::schema::Trouble;
use crate::ui::icon::icon;

/// What went wrong: the message, what changed meanwhile, every reason, and what is possible instead.
///
/// `fields` are lines for the wrong fields, on a page where nothing else names them; there, the alert takes the focus.
pub fn alert<V: IntoView + 'static>(trouble: &Trouble, fields: Option<V>) -> impl IntoView + use<V> {
    let has_focus = fields.is_some();
    let has_fields = has_focus && !trouble.fields.is_empty();
    // With fields, the message is the first of their problems.
    let headline = if has_fields { "Not done yet. Please check:".to_owned() } else { trouble.message.clone() };
    let mut lines = trouble.changed.clone();
    // The message often is the first reason; it is not shown twice.
    let reasons = trouble.denials.iter().map(|denial| &denial.text);
    lines.extend(reasons.filter(|reason| **reason != trouble.message).cloned());
    let instead = (!trouble.alternatives.is_empty()).then(|| {
        view! {
            <p>"Free instead:"</p>
            <ul>{list(trouble.alternatives.clone())}</ul>
        }
    });
    let sign_in = (trouble.status == 401).then(|| {
        view! {
            <p>
                <a class="link" href="/sign-in?next=/bookings">
                    "Sign in again"
                </a>
            </p>
        }
    });
    view! {
        <div class="alert" role="alert" id="problem" tabindex="-1" autofocus=has_focus>
            {icon("triangle-alert")}
            <div>
                <p>
                    <b>{headline}</b>
                </p>
                <ul>{fields} {list(lines)}</ul>
                {instead}
                {sign_in}
            </div>
        </div>
    }
}

fn list(lines: Vec<String>) -> Vec<impl IntoView + use<>> {
    lines.into_iter().map(|line| view! { <li>{line}</li> }).collect()
}
