//! The form of one action: the same in the dialog and on the page without a script.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::action_ui::ActionButton;
use super::schema::{AvailableAction, BookingView, InputSpec};
use crate::error::FieldProblem;
use crate::ui::field::{FieldKind, FieldProps, field};

/// The problems of one form, as a signal: the dialog gets new ones while it is open.
pub type Problems = Signal<Vec<FieldProblem>>;

/// Where the form of an action is sent.
pub fn action_path(booking_id: &str, action_name: &str) -> String {
    format!("/bookings/{booking_id}/actions/{action_name}")
}

/// The id of a control.
pub fn field_id(action_name: &str, field: &str) -> String {
    format!("f-{action_name}-{field}")
}

/// What the form sends along: the version that the person saw, and a key for doing it once.
pub fn hidden_fields(version: i64, command_id: String) -> AnyView {
    view! {
        <input type="hidden" name="version" value=version.to_string() />
        <input type="hidden" name="command_id" value=command_id />
    }
    .into_any()
}

/// What the action would do, in words: the consequence with fee and refund, a word of help, and until when.
pub fn consequence(button: &ActionButton) -> AnyView {
    let action = &button.action;
    let preview = action.preview.as_ref();
    let text = preview.map(|preview| preview.text.clone()).filter(|text| !text.is_empty());
    let money = [("Fee", preview.and_then(|p| p.fee.clone())), ("Refund", preview.and_then(|p| p.refund.clone()))];
    let money: Vec<_> = money
        .into_iter()
        .filter_map(|(label, amount)| amount.map(|amount| view! { <div><dt>{label}</dt><dd>{amount.text}</dd></div> }))
        .collect();
    let until = action.deadline_text.clone();
    view! {
        {text.map(|text| view! { <p class="consequence">{text}</p> })}
        {(!money.is_empty()).then(|| view! { <dl class="amounts">{money}</dl> })}
        {button.confirmation.map(|text| view! { <p>{text}</p> })}
        {until.map(|until| view! { <p class="hint">{until}</p> })}
    }
    .into_any()
}

/// The fields of an action, filled with what was typed before.
pub fn action_fields(
    view: &BookingView,
    action: &AvailableAction,
    typed: &BTreeMap<String, String>,
    problems: Problems,
) -> Vec<AnyView> {
    let draw = |(place, input): (usize, &InputSpec)| {
        let kind = FieldKind::from_name(&input.kind);
        let name = input.name.clone();
        let problem = Signal::derive(move || {
            problems.with(|all| all.iter().find(|one| one.field == name).map(|one| one.message.clone()))
        });
        field(FieldProps {
            id: field_id(&action.action_name, &input.name),
            name: format!("inputs[{}]", input.name),
            label: input.label.clone(),
            kind,
            required: input.required,
            hint: hint(input, kind, &view.zone),
            value: typed.get(&input.name).or(input.value.as_ref()).cloned().unwrap_or_default(),
            first_focus: place == 0 && !action.is_critical,
            problem,
        })
    };
    action.inputs.iter().enumerate().map(draw).collect()
}

/// A time always says on whose wall: the hint of the server, or the city of the zone.
fn hint(input: &InputSpec, kind: FieldKind, zone: &str) -> Option<String> {
    let city = || format!("In {} time.", zone.rsplit('/').next().unwrap_or(zone).replace('_', " "));
    input.hint.clone().or_else(|| (kind == FieldKind::Time).then(city))
}
