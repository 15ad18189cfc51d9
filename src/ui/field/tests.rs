use super::*;

fn rendered(kind: FieldKind, value: &str) -> String {
    with_hint(kind, value, "")
}

fn with_hint(kind: FieldKind, value: &str, hint: &str) -> String {
    let choices = [("customer", "The customer's <one>"), ("provider", "The provider's")];
    let view = field(Field {
        id: "f".into(),
        name: "inputs[x]".into(),
        label: "Reason".into(),
        kind,
        required: true,
        hint: hint.into(),
        value: value.into(),
        first_focus: false,
        problem: "Give a reason.".into(),
        choices: choices.map(|(value, text)| (value.to_owned(), text.to_owned())).into(),
    });
    crate::ui::render::to_html(|| view)
}

#[test]
fn what_was_typed_cannot_leave_its_text_area() {
    let html = rendered(FieldKind::Text, "</textarea><script>alert(1)</script> & <b>");
    assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"), "{html}");
    assert!(!html.contains("<script"), "{html}");
}

#[test]
fn a_text_keeps_its_first_line_break_and_gets_none() {
    assert!(rendered(FieldKind::Text, "\nafter a break").contains(">\n\nafter a break</textarea>"));
    assert!(rendered(FieldKind::Text, "at once").contains(">at once</textarea>"));
}

#[test]
fn what_was_typed_cannot_leave_its_attribute() {
    let html = rendered(FieldKind::Money, "\"><script>alert(1)</script>");
    assert!(!html.contains("<script"), "{html}");
}

#[test]
fn a_problem_is_tied_to_its_field() {
    let html = rendered(FieldKind::Money, "-5");
    assert!(html.contains("aria-invalid=\"true\"") && html.contains("f-problem"), "{html}");
    let line = html.split("<p ").find(|line| line.contains("id=\"f-problem\"")).unwrap_or_default();
    assert!(line.contains("role=\"alert\"") && line.contains(">Give"), "{html}");
}

#[test]
fn a_choice_is_a_group_of_radio_buttons_that_keeps_what_was_chosen() {
    let html = rendered(FieldKind::Choice, "customer");
    assert!(html.contains("<span>The customer's &lt;one&gt;</span>"), "{html}");
    assert_eq!(html.matches(" checked").count(), 1, "{html}");
    assert!(html.find(" checked") < html.find("The customer's"), "{html}");
    assert_eq!(rendered(FieldKind::Choice, "nonsense").matches(" checked").count(), 0);
}

#[test]
fn stars_are_five_radio_buttons_in_a_group_with_a_name() {
    let html = rendered(FieldKind::Stars, "4");
    assert_eq!(html.matches("type=\"radio\"").count(), 5);
    assert_eq!(html.matches(" checked").count(), 1);
    assert!(html.contains("<legend>Reason"), "{html}");
}

/// The ids that an attribute of the first control or group names.
fn named(html: &str, attribute: &str) -> Vec<String> {
    let start = format!("{attribute}=\"");
    let value = html.split_once(&start).and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value);
    value.unwrap_or_default().split(' ').map(str::to_owned).collect()
}

#[test]
fn a_field_is_described_by_lines_that_are_there() {
    use FieldKind::{Choice, Code, Money, Photos, Stars, Text, Time};
    for kind in [Money, Time, Stars, Choice, Code, Photos, Text] {
        for hint in ["", "As exactly as you can."] {
            let html = with_hint(kind, "", hint);
            let described = named(&html, "aria-describedby");
            assert_eq!(described.len(), if hint.is_empty() { 1 } else { 2 }, "{html}");
            for id in described {
                assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{id} in {html}");
            }
        }
    }
}
