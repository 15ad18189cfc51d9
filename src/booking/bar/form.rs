//! The form of one action: the same in the dialog and on the page without a script.

use leptos::prelude::*;

use super::schema::{Action, Bar, Input, Preview, Text};
use crate::booking::action_ui::ActionButton;
use crate::ui::field::{Field, FieldKind, field};
use crate::ui::icon::icon;

/// Where the form of an action is sent.
pub fn action_path(booking_id: &str, action_name: &str) -> String {
    format!("/bookings/{booking_id}/actions/{action_name}")
}

/// The id of a control.
pub fn field_id(action_name: &str, field: &str) -> String {
    format!("f-{action_name}-{field}")
}

/// Whether the action takes photos: its form is sent otherwise, and stands on a page of its own.
pub fn takes_photos(action: &Action) -> bool {
    action.inputs.iter().any(|input| input.kind == FieldKind::Photos)
}

/// The form of an action, with what it sends along: the version that the person saw, and a key for doing it once.
pub fn form<V: IntoView + 'static>(class: &'static str, bar: &Bar, action: &Action, body: V) -> impl IntoView + use<V> {
    let (mut path, mut enctype) = (action_path(&bar.id, &action.action_name), None);
    if takes_photos(action) {
        path.push_str("/photos");
        enctype = Some("multipart/form-data");
    }
    view! {
        <form method="post" class=class enctype=enctype action=path data-action=action.action_name.clone()>
            <input type="hidden" name="version" value=bar.version.to_string() />
            <input type="hidden" name="command_id" value=action.command_id.clone() />
            {body}
        </form>
    }
}

/// What the action would do, in words: the consequence with fee and refund, a word of help, and until when.
pub fn consequence(button: &ActionButton) -> impl IntoView + use<> {
    let Action { preview, deadline_text, .. } = &button.action;
    let text = preview.as_ref().map(|preview| &preview.text).filter(|text| !text.is_empty()).cloned();
    view! {
        {text.map(|text| view! { <p class="consequence">{text}</p> })}
        {preview.as_ref().and_then(amounts)}
        {button.confirmation.map(|text| view! { <p>{text}</p> })}
        {deadline_text.clone().map(|text| view! { <p class="hint">{text}</p> })}
    }
}

fn amounts(preview: &Preview) -> Option<impl IntoView + use<>> {
    let (fee, refund) = (amount("Fee", preview.fee.as_ref()), amount("Refund", preview.refund.as_ref()));
    (fee.is_some() || refund.is_some()).then(|| view! { <dl class="amounts">{fee} {refund}</dl> })
}

fn amount(label: &'static str, amount: Option<&Text>) -> Option<impl IntoView + use<>> {
    let Text { text } = amount?.clone();
    Some(view! {
        <div>
            <dt>{label}</dt>
            <dd>{text}</dd>
        </div>
    })
}

/// What is known of a field that has been sent before.
#[derive(Debug, Default)]
pub struct Before {
    /// What was typed, if anything.
    pub typed: Option<String>,
    /// What is wrong; empty if nothing is.
    pub problem: String,
}

/// The fields of an action, filled with what was typed before, each with its problem.
pub fn action_fields(bar: &Bar, action: &Action, before: &dyn Fn(&str) -> Before) -> Vec<impl IntoView + use<>> {
    let one = |(place, input): (usize, &Input)| {
        let kind = input.kind;
        let Before { typed, problem } = before(&input.name);
        field(Field {
            id: field_id(&action.action_name, &input.name),
            // Files are no text among the inputs.
            name: if kind == FieldKind::Photos { "photo".into() } else { format!("inputs[{}]", input.name) },
            label: input.label.clone(),
            kind,
            required: input.required,
            hint: hint(input, kind, &bar.zone),
            value: typed.or_else(|| input.value.clone()).unwrap_or_default(),
            first_focus: place == 0 && !action.is_critical,
            problem,
            choices: input.choices.iter().map(|choice| (choice.value.clone(), choice.text.clone())).collect(),
        })
    };
    action.inputs.iter().enumerate().map(one).collect()
}

/// A time always says on whose wall: the hint of the server, or the city of the zone.
fn hint(input: &Input, kind: FieldKind, zone: &str) -> String {
    match &input.hint {
        Some(hint) => hint.clone(),
        None if kind == FieldKind::Time => {
            format!("In {} time.", zone.rsplit('/').next().unwrap_or(zone).replace('_', " "))
        }
        None => String::new(),
    }
}

/// The button that does it.
pub fn submit_button(button: &ActionButton, class: &'static str) -> impl IntoView + use<> {
    view! {
        <button class=class>
            {icon(button.icon)}
            {button.action.button_label.clone()}
        </button>
    }
}
