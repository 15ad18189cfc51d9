//! Form fields: label, hint, control and problem tied together. The only place with a text area.

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::escape::escape;

/// How a field is filled in. One that this version does not know is filled in as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Dollars and cents.
    Money,
    /// A day and a time on the wall.
    Time,
    /// One to five stars.
    Stars,
    /// One of a short list.
    Choice,
    /// Four digits.
    Code,
    /// Photos, chosen as files.
    Photos,
    /// Several lines of text.
    #[serde(other)]
    Text,
}

/// One field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// The id of the control.
    pub id: String,
    /// The name that travels.
    pub name: String,
    /// Its label.
    pub label: String,
    /// How it is filled in.
    pub kind: FieldKind,
    /// Whether the form cannot be sent without it.
    pub required: bool,
    /// A word of help.
    pub hint: String,
    /// What it holds before anybody types.
    pub value: String,
    /// Whether it takes the focus when it appears.
    pub first_focus: bool,
    /// What is wrong with it; empty if nothing is.
    pub problem: String,
    /// What there is to choose from: value and text.
    pub choices: Vec<(String, String)>,
}

/// The id of the line that says what is wrong with a field.
pub fn problem_id(id: &str) -> String {
    format!("{id}-problem")
}

/// The id of a field's hint.
pub fn hint_id(id: &str) -> String {
    format!("{id}-hint")
}

/// The ids of the lines that describe a field, for `aria-describedby`. The line of its problem is always drawn, its hint only if it has
/// one.
pub fn described(id: &str, has_hint: bool) -> String {
    let problem = problem_id(id);
    if has_hint { format!("{} {problem}", hint_id(id)) } else { problem }
}

/// Renders a field.
///
/// The line for its problem is always there, hidden while it is empty, so that it can be filled without a redraw that
/// would lose what was typed.
pub fn field(field: Field) -> impl IntoView {
    if matches!(field.kind, FieldKind::Stars | FieldKind::Choice) {
        return Either::Left(radios(field));
    }
    let described = described(&field.id, !field.hint.is_empty());
    let hint = hint_line(&field.id, field.hint);
    let invalid = (!field.problem.is_empty()).then_some("true");
    let Field { id, name, required, first_focus, value, .. } = field;
    let (label_for, line_id) = (id.clone(), problem_id(&id));
    let control = match field.kind {
        FieldKind::Photos => EitherOf3::A(view! {
            <input
                type="file"
                multiple
                accept="image/jpeg,image/png,image/webp"
                class="control"
                id=id
                name=name
                aria-describedby=described
                required=required
                aria-invalid=invalid
            />
        }),
        FieldKind::Money | FieldKind::Time | FieldKind::Code => {
            let (kind, mode, step, most) = match field.kind {
                FieldKind::Money => ("text", Some("decimal"), None, None),
                FieldKind::Code => ("text", Some("numeric"), None, Some("4")),
                _ => ("datetime-local", None, Some("900"), None),
            };
            EitherOf3::B(view! {
                <input
                    type=kind
                    inputmode=mode
                    autocomplete=mode.map(|_| "off")
                    step=step
                    maxlength=most
                    class="control"
                    id=id
                    name=name
                    aria-describedby=described
                    required=required
                    autofocus=first_focus
                    aria-invalid=invalid
                    value=value
                />
            })
        }
        _ => EitherOf3::C(view! {
            <textarea
                rows="4"
                maxlength="2000"
                class="control"
                id=id
                name=name
                aria-describedby=described
                required=required
                autofocus=first_focus
                aria-invalid=invalid
                inner_html=area(&value)
            ></textarea>
        }),
    };
    Either::Right(view! {
        <div class="field">
            <label for=label_for>{field.label} {mark(required)}</label>
            {hint}
            {control}
            {problem_line(line_id, field.problem)}
        </div>
    })
}

/// The content of a text area: the renderer does not escape it (tachys 0.2.19). A browser drops its first line break, so a
/// text that begins with one gets another.
fn area(text: &str) -> String {
    let first = if text.starts_with('\n') { "\n" } else { "" };
    format!("{first}{}", escape(text))
}

/// What a screen reader reads after the number.
fn stars() -> Vec<(String, String)> {
    (1..=5).map(|n| (n.to_string(), if n == 1 { " star" } else { " stars" }.to_owned())).collect()
}

fn radios(field: Field) -> impl IntoView {
    let is_stars = field.kind == FieldKind::Stars;
    let choices = if is_stars { stars() } else { field.choices };
    let radios: Vec<_> = choices
        .into_iter()
        .enumerate()
        .map(|(place, (value, text))| {
            let id = if place == 0 { field.id.clone() } else { format!("{}-{value}", field.id) };
            let checked = field.value == value;
            let (shown, spoken) = if is_stars { (value.clone(), Some(text)) } else { (text, None) };
            view! {
                <label class=if is_stars { "star" } else { "tick" }>
                    <input
                        type="radio"
                        name=field.name.clone()
                        id=id
                        value=value
                        checked=checked
                        required=field.required
                        autofocus=field.first_focus && place == 0
                    />
                    <span>{shown} {spoken.map(|text| view! { <span class="sr-only">{text}</span> })}</span>
                </label>
            }
        })
        .collect();
    let (described, line_id) = (described(&field.id, !field.hint.is_empty()), problem_id(&field.id));
    let hint = hint_line(&field.id, field.hint);
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend>{field.label} {mark(field.required)}</legend>
            {hint}
            <div class=is_stars.then_some("stars")>{radios}</div>
            {problem_line(line_id, field.problem)}
        </fieldset>
    }
}

/// Visible only: a screen reader reads it from the control.
fn mark(required: bool) -> impl IntoView {
    let text = if required { "required" } else { "optional" };
    view! {
        <span class="mark" aria-hidden="true">
            {text}
        </span>
    }
}

fn hint_line(id: &str, hint: String) -> Option<impl IntoView + use<>> {
    let id = hint_id(id);
    (!hint.is_empty()).then(|| view! { <p class="hint" id=id>{hint}</p> })
}

fn problem_line(id: String, problem: String) -> impl IntoView {
    let hidden = problem.is_empty();
    view! {
        <p class="problem" role="alert" id=id hidden=hidden>
            {problem}
        </p>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
