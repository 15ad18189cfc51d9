use super::*;
use crate::ui::render::to_html;

fn form(pairs: &[(&str, &str)]) -> Form {
    Form::from_pairs(&pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect::<Vec<_>>())
}

fn rendered(form: &Form, name: &str, control: Control) -> String {
    to_html(|| form.render(&Input { name, label: "About you", control, required: true, hint: "" }))
}

#[test]
fn what_was_typed_comes_back_escaped_and_with_its_problem() {
    let mut form = form(&[("about", "</textarea><script>alert(1)</script>")]);
    form.problem("about", "too_short", "Write a little more.");
    let html = rendered(&form, "about", Control::Area);
    assert!(!html.contains("<script") && html.contains("&lt;/textarea&gt;"), "{html}");
    assert!(html.contains("aria-invalid") && html.contains("Write a little more."), "{html}");
    assert!(to_html(|| form.render_summary()).contains("href=\"#about\""));
}

#[test]
fn a_password_never_comes_back() {
    let html = rendered(&form(&[("password", "secret")]), "password", Control::Line("password", "new-password"));
    assert!(!html.contains("secret"), "{html}");
}

#[test]
fn a_text_that_is_missing_or_too_long_names_its_field() {
    let mut form = form(&[("name", "  "), ("title", "abcdef")]);
    form.text("name", "Name", true, 10);
    form.text("title", "Title", true, 5);
    let fields: Vec<_> = form.problems().iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["name", "title"]);
    assert_eq!(form.text("other", "Other", false, 5), "");
}

#[test]
fn what_was_chosen_is_marked_in_groups_and_ticks() {
    let form = form(&[("about", "b"), ("about", "c")]);
    let pair = |value: &str| (value.to_owned(), value.to_uppercase());
    let grouped = [("", vec![pair("a")]), ("Others", vec![pair("b"), pair("c")])];
    let html = rendered(&form, "about", Control::Grouped(&grouped));
    assert!(html.contains("<optgroup label=\"Others\">") && html.matches(" selected").count() == 1, "{html}");
    let html = rendered(&form, "about", Control::Ticks(&["a", "b", "c"].map(pair)));
    assert_eq!(html.matches(" checked").count(), 2, "{html}");
    assert!(!html.contains(" required"), "none of several ticks is needed alone: {html}");
}

#[test]
fn a_control_is_described_by_lines_that_are_there() {
    let choices = [("a".to_owned(), "A".to_owned())];
    let groups = [("", choices.to_vec())];
    let controls = || {
        let (line, area, check) = (Control::Line("text", "off"), Control::Area, Control::Check);
        let (radios, ticks) = (Control::Radios(&choices), Control::Ticks(&choices));
        [line, area, check, radios, ticks, Control::Select(&choices), Control::Grouped(&groups)]
    };
    for hint in ["", "As exactly as you can."] {
        for control in controls() {
            let input = Input { name: "about", label: "About you", control, required: true, hint };
            let html = to_html(|| form(&[]).render(&input));
            let (_, rest) = html.split_once("aria-describedby=\"").unwrap();
            let (described, _) = rest.split_once('"').unwrap();
            assert_eq!(described.split(' ').count(), if hint.is_empty() { 1 } else { 2 }, "{html}");
            for id in described.split(' ') {
                assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{id} in {html}");
            }
        }
    }
}
