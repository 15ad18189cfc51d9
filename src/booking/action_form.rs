//! The form of one action: the same in the dialog and on the page without a script.

use std::collections::BTreeMap;

use super::action_ui::ActionButton;
use super::schema::{AvailableAction, BookingView, InputKind, InputSpec, MoneyView};
use crate::error::{AppError, FieldProblem};
use crate::ui::field::{Field, FieldKind, field};
use crate::ui::html::Html;

/// Where the form of an action is sent.
pub fn action_path(booking_id: &str, action_name: &str) -> String {
    format!("/bookings/{booking_id}/actions/{action_name}")
}

/// The id of a control.
pub fn field_id(action_name: &str, field: &str) -> String {
    format!("f-{action_name}-{field}")
}

/// Whether the action takes photos: its form is sent otherwise, and stands on a page of its own.
pub fn takes_photos(action: &AvailableAction) -> bool {
    action.inputs.iter().any(|input| input.kind == InputKind::Photos)
}

/// Opens the form of an action, with what it sends along: the version that the person saw, and a key for doing it once.
pub fn open_form(html: &mut Html, class: &'static str, view: &BookingView, action: &AvailableAction) {
    let path = action_path(&view.id, &action.action_name);
    html.raw("<form method=\"post\"").attr("class", class);
    if takes_photos(action) {
        html.raw(" enctype=\"multipart/form-data\"").attr("action", &(path + "/photos"));
    } else {
        html.attr("action", &path);
    }
    html.attr("data-action", &action.action_name).raw("><input type=\"hidden\" name=\"version\"");
    html.attr("value", &view.version.to_string()).raw("><input type=\"hidden\" name=\"command_id\"");
    html.attr("value", &action.command_id).raw(">");
}

/// What the action would do, in words: the consequence with fee and refund, a word of help, and until when.
pub fn consequence(html: &mut Html, button: &ActionButton) {
    let action = &button.action;
    if let Some(preview) = &action.preview {
        html.wrap("<p class=\"consequence\">", &preview.text, "</p>");
        if preview.fee.is_some() || preview.refund.is_some() {
            html.raw("<dl class=\"amounts\">");
            amount(html, "Fee", preview.fee.as_ref());
            amount(html, "Refund", preview.refund.as_ref());
            html.raw("</dl>");
        }
    }
    html.wrap("<p>", button.confirmation.unwrap_or_default(), "</p>");
    html.wrap("<p class=\"hint\">", action.deadline_text.as_deref().unwrap_or_default(), "</p>");
}

fn amount(html: &mut Html, label: &'static str, amount: Option<&MoneyView>) {
    if let Some(amount) = amount {
        html.raw("<div><dt>").raw(label).raw("</dt><dd>").text(&amount.text).raw("</dd></div>");
    }
}

/// The fields of an action, filled with what was typed before, each with its problem.
pub fn action_fields(
    html: &mut Html,
    view: &BookingView,
    action: &AvailableAction,
    typed: Option<&BTreeMap<String, String>>,
    problems: &[FieldProblem],
) {
    for (place, input) in action.inputs.iter().enumerate() {
        let kind = field_kind(input.kind);
        let typed = typed.and_then(|typed| typed.get(&input.name));
        let choices: Vec<(&str, &str)> =
            input.choices.iter().map(|choice| (choice.value.as_str(), choice.text.as_str())).collect();
        // Files are no text among the inputs.
        let name = if kind == FieldKind::Photos { "photo".into() } else { format!("inputs[{}]", input.name) };
        let problem = problems.iter().find(|problem| problem.field == input.name);
        field(
            html,
            &Field {
                id: &field_id(&action.action_name, &input.name),
                name: &name,
                label: &input.label,
                kind,
                required: input.required,
                hint: &hint(input, kind, &view.zone),
                value: typed.or(input.value.as_ref()).map_or("", String::as_str),
                first_focus: place == 0 && !action.is_critical,
                problem: problem.map_or("", |problem| problem.message.as_str()),
                choices: &choices,
            },
        );
    }
}

fn field_kind(kind: InputKind) -> FieldKind {
    match kind {
        InputKind::Text => FieldKind::Text,
        InputKind::Money => FieldKind::Money,
        InputKind::Time => FieldKind::Time,
        InputKind::Stars => FieldKind::Stars,
        InputKind::Choice => FieldKind::Choice,
        InputKind::Code => FieldKind::Code,
        InputKind::Photos => FieldKind::Photos,
    }
}

/// A time always says on whose wall: the hint of the server, or the city of the zone.
fn hint(input: &InputSpec, kind: FieldKind, zone: &str) -> String {
    match &input.hint {
        Some(hint) => hint.clone(),
        None if kind == FieldKind::Time => {
            format!("In {} time.", zone.rsplit('/').next().unwrap_or(zone).replace('_', " "))
        }
        None => String::new(),
    }
}

/// What went wrong: the message, what changed meanwhile, every reason, and what is possible instead.
///
/// With `links`, wrong fields are listed, each leading to its control.
pub fn alert(html: &mut Html, error: &AppError, links: Option<&str>) {
    let fields = links.map_or(&[][..], |_| &error.fields);
    // With fields, the message is the first of their problems.
    let headline = if fields.is_empty() { &error.message } else { "Not done yet. Please check:" };
    html.raw("<div class=\"alert\" role=\"alert\" id=\"problem\" tabindex=\"-1\"").flag("autofocus", links.is_some());
    html.raw(">").icon("triangle-alert").raw("<div><p><b>").text(headline).raw("</b></p><ul>");
    for problem in fields {
        let href = format!("#{}", field_id(links.unwrap_or_default(), &problem.field));
        html.raw("<li><a class=\"link\"").attr("href", &href).raw(">").text(&problem.message).raw("</a></li>");
    }
    for line in &error.changed {
        html.wrap("<li>", line, "</li>");
    }
    // The message often is the first reason; nobody wants to hear it twice.
    for denial in error.denials.iter().filter(|denial| denial.message != error.message) {
        html.wrap("<li>", &denial.message, "</li>");
    }
    html.raw("</ul>");
    if !error.alternatives.is_empty() {
        html.raw("<p>Free instead:</p><ul>");
        for time in &error.alternatives {
            html.wrap("<li>", time, "</li>");
        }
        html.raw("</ul>");
    }
    if error.status == 401 {
        html.raw("<p><a class=\"link\" href=\"/sign-in?next=/bookings\">Sign in again</a></p>");
    }
    html.raw("</div></div>");
}
