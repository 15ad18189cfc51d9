//! Form fields: label, hint, control and problem tied together. The only place with a text area.

use leptos::prelude::*;

/// The most characters a text field takes.
const MAX_TEXT: &str = "2000";

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Several lines of text; also what an unknown kind becomes.
    Text,
    /// Dollars and cents.
    Money,
    /// A day and a time on the wall.
    Time,
    /// One to five stars.
    Stars,
}

impl FieldKind {
    /// The kind of that name; a text field for one that this version does not know.
    pub fn from_name(name: &str) -> Self {
        match name {
            "money" => Self::Money,
            "time" => Self::Time,
            "stars" => Self::Stars,
            _ => Self::Text,
        }
    }
}

/// One field of a form.
#[derive(Clone, Debug)]
pub struct FieldProps {
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
    pub hint: Option<String>,
    /// What it holds before anybody types.
    pub value: String,
    /// Whether it takes the focus when it appears.
    pub first_focus: bool,
    /// What is wrong with it.
    pub problem: Signal<Option<String>>,
}

/// Draws a field.
pub fn field(props: FieldProps) -> AnyView {
    if props.kind == FieldKind::Stars {
        return stars(props);
    }
    let FieldProps { id, name, label, kind, required, hint, value, first_focus, problem } = props;
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let described = format!("{hint_id} {problem_id}");
    let invalid = move || problem.with(Option::is_some).then_some("true");
    let control = if kind == FieldKind::Text {
        // The server's renderer writes the children of a text area as they are, so they are escaped here, once for
        // both worlds. Hydration leaves alone what somebody has typed meanwhile.
        view! {
            <textarea
                class="control"
                id=id.clone()
                name=name
                rows="4"
                maxlength=MAX_TEXT
                required=required
                autofocus=first_focus
                aria-describedby=described
                aria-invalid=invalid
                inner_html=escape(&value)
            ></textarea>
        }
        .into_any()
    } else {
        let time = kind == FieldKind::Time;
        view! {
            <input
                class="control"
                id=id.clone()
                name=name
                type=if time { "datetime-local" } else { "text" }
                inputmode=(!time).then_some("decimal")
                step=time.then_some("900")
                autocomplete="off"
                value=value
                required=required
                autofocus=first_focus
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id>{label} {mark(required)}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {control}
            {problem_line(problem_id, problem)}
        </div>
    }
    .into_any()
}

fn stars(props: FieldProps) -> AnyView {
    let FieldProps { id, name, label, required, hint, value, first_focus, problem, .. } = props;
    let problem_id = format!("{id}-problem");
    let described = problem_id.clone();
    let choices: Vec<_> = (1..=5)
        .map(|count: u8| {
            let text = count.to_string();
            view! {
                <label class="star">
                    <input
                        type="radio"
                        name=name.clone()
                        id=if count == 1 { id.clone() } else { format!("{id}-{count}") }
                        checked=value == text
                        value=text
                        required=required
                        autofocus=first_focus && count == 1
                    />
                    <span>{count} <span class="sr-only">{if count == 1 { " star" } else { " stars" }}</span></span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend>{label} {mark(required)}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            <div class="stars">{choices}</div>
            {problem_line(problem_id, problem)}
        </fieldset>
    }
    .into_any()
}

/// Drawn for the eye alone: a screen reader has it from the control.
fn mark(required: bool) -> AnyView {
    let text = if required { "required" } else { "optional" };
    view! { <span class="mark" aria-hidden="true">{text}</span> }.into_any()
}

fn problem_line(id: String, problem: Signal<Option<String>>) -> AnyView {
    let line = move || {
        let id = id.clone();
        problem.get().map(|text| view! { <p class="problem" role="alert" id=id>{text}</p> })
    };
    view! { {line} }.into_any()
}

/// Text as it stands inside an element.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::server::render::to_html;

    fn drawn(kind: &str, value: &str) -> String {
        let (kind, value) = (FieldKind::from_name(kind), value.to_owned());
        to_html(move || {
            field(FieldProps {
                id: "f".into(),
                name: "inputs[x]".into(),
                label: "Reason".into(),
                kind,
                required: true,
                hint: None,
                value,
                first_focus: false,
                problem: Signal::stored(Some("Give a reason.".into())),
            })
        })
    }

    #[test]
    fn what_was_typed_cannot_leave_its_text_area() {
        let html = drawn("text", "</textarea><script>alert(1)</script> & <b>");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn what_was_typed_cannot_leave_its_attribute() {
        let html = drawn("money", "\"><script>alert(1)</script>");
        assert!(!html.contains("\"><script"), "{html}");
    }

    #[test]
    fn an_unknown_kind_is_a_text_field() {
        assert!(drawn("colour", "").contains("<textarea"));
    }

    #[test]
    fn a_problem_is_tied_to_its_field() {
        let html = drawn("money", "-5");
        assert!(html.contains("aria-invalid=\"true\"") && html.contains("f-problem"), "{html}");
        assert!(html.contains("role=\"alert\""), "{html}");
    }

    #[test]
    fn stars_are_five_radio_buttons_in_a_group_with_a_name() {
        let html = drawn("stars", "4");
        assert_eq!(html.matches("type=\"radio\"").count(), 5);
        assert_eq!(html.matches(" checked").count(), 1);
        assert!(html.contains("<legend>Reason"), "{html}");
    }
}
