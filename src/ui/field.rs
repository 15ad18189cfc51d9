//! Form fields: label, hint, control and problem tied together. The only place with a text area.

use super::html::Html;

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Several lines of text.
    Text,
    /// Dollars and cents.
    Money,
    /// A day and a time on the wall.
    Time,
    /// One to five stars.
    Stars,
    /// One of a short list.
    Choice,
    /// A few digits.
    Code,
    /// Photos, chosen as files.
    Photos,
}

/// One field of a form.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// The id of the control.
    pub id: &'a str,
    /// The name that travels.
    pub name: &'a str,
    /// Its label.
    pub label: &'a str,
    /// How it is filled in.
    pub kind: FieldKind,
    /// Whether the form cannot be sent without it.
    pub required: bool,
    /// A word of help.
    pub hint: &'a str,
    /// What it holds before anybody types.
    pub value: &'a str,
    /// Whether it takes the focus when it appears.
    pub first_focus: bool,
    /// What is wrong with it; empty if nothing is.
    pub problem: &'a str,
    /// What there is to choose from: value and text.
    pub choices: &'a [(&'a str, &'a str)],
}

/// The id of the line that says what is wrong with a field.
pub fn problem_id(id: &str) -> String {
    format!("{id}-problem")
}

/// Draws a field.
///
/// The line for its problem is always there, hidden while it is empty, so that it can be filled without a redraw that
/// would lose what was typed.
pub fn field(html: &mut Html, field: &Field) {
    if matches!(field.kind, FieldKind::Stars | FieldKind::Choice) {
        return radios(html, field);
    }
    let hint_id = format!("{}-hint", field.id);
    html.raw("<div class=\"field\"><label").attr("for", field.id).raw(">").text(field.label);
    mark(html, field.required);
    html.raw("</label>");
    if !field.hint.is_empty() {
        html.raw("<p class=\"hint\"").attr("id", &hint_id).raw(">").text(field.hint).raw("</p>");
    }
    match field.kind {
        FieldKind::Money => html.raw("<input type=\"text\" inputmode=\"decimal\" autocomplete=\"off\""),
        FieldKind::Time => html.raw("<input type=\"datetime-local\" step=\"900\""),
        FieldKind::Code => html.raw("<input type=\"text\" inputmode=\"numeric\" autocomplete=\"off\" maxlength=\"4\""),
        FieldKind::Photos => html.raw("<input type=\"file\" multiple accept=\"image/jpeg,image/png,image/webp\""),
        _ => html.raw("<textarea rows=\"4\" maxlength=\"2000\""),
    };
    html.attr("class", "control").attr("id", field.id).attr("name", field.name);
    html.attr("aria-describedby", &format!("{hint_id} {}", problem_id(field.id)));
    html.flag("required", field.required).flag("autofocus", field.first_focus);
    html.flag("aria-invalid=\"true\"", !field.problem.is_empty());
    match field.kind {
        FieldKind::Photos => html.raw(">"),
        FieldKind::Money | FieldKind::Time | FieldKind::Code => html.attr("value", field.value).raw(">"),
        // A browser drops the first line break of a text area, so it gets one to drop.
        _ => html.raw(">\n").text(field.value).raw("</textarea>"),
    };
    problem_line(html, field);
    html.raw("</div>");
}

/// What a screen reader hears after the number.
const STARS: &[(&str, &str)] = &[("1", " star"), ("2", " stars"), ("3", " stars"), ("4", " stars"), ("5", " stars")];

fn radios(html: &mut Html, field: &Field) {
    html.raw("<fieldset class=\"field\"").attr("aria-describedby", &problem_id(field.id)).raw("><legend>");
    html.text(field.label);
    mark(html, field.required);
    html.raw("</legend>").wrap("<p class=\"hint\">", field.hint, "</p>");
    let stars = field.kind == FieldKind::Stars;
    html.raw(if stars { "<div class=\"stars\">" } else { "<div>" });
    let choices = if stars { STARS } else { field.choices };
    for (place, (value, text)) in choices.iter().enumerate() {
        let first = place == 0;
        let id = if first { field.id.to_owned() } else { format!("{}-{value}", field.id) };
        html.raw(if stars { "<label class=\"star\"" } else { "<label class=\"tick\"" }).raw("><input type=\"radio\"");
        html.attr("name", field.name).attr("id", &id).attr("value", value).flag("checked", field.value == *value);
        html.flag("required", field.required).flag("autofocus", field.first_focus && first).raw("><span>");
        if stars {
            html.text(value).raw("<span class=\"sr-only\">").text(text).raw("</span></span></label>");
        } else {
            html.text(text).raw("</span></label>");
        }
    }
    html.raw("</div>");
    problem_line(html, field);
    html.raw("</fieldset>");
}

/// Drawn for the eye alone: a screen reader has it from the control.
fn mark(html: &mut Html, required: bool) {
    let text = if required { "required" } else { "optional" };
    html.raw("<span class=\"mark\" aria-hidden=\"true\">").raw(text).raw("</span>");
}

fn problem_line(html: &mut Html, field: &Field) {
    html.raw("<p class=\"problem\" role=\"alert\"").attr("id", &problem_id(field.id));
    html.flag("hidden", field.problem.is_empty()).raw(">").text(field.problem).raw("</p>");
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICES: &[(&str, &str)] = &[("customer", "The customer's <one>"), ("provider", "The provider's")];

    fn drawn(kind: FieldKind, value: &str) -> String {
        let mut html = Html::new();
        let (hint, problem) = ("", "Give a reason.");
        let (id, name, label) = ("f", "inputs[x]", "Reason");
        field(
            &mut html,
            &Field {
                id,
                name,
                label,
                kind,
                required: true,
                hint,
                value,
                first_focus: false,
                problem,
                choices: CHOICES,
            },
        );
        html.finish()
    }

    #[test]
    fn what_was_typed_cannot_leave_its_text_area() {
        let html = drawn(FieldKind::Text, "</textarea><script>alert(1)</script> & <b>");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn what_was_typed_cannot_leave_its_attribute() {
        let html = drawn(FieldKind::Money, "\"><script>alert(1)</script>");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn a_problem_is_tied_to_its_field() {
        let html = drawn(FieldKind::Money, "-5");
        assert!(html.contains("aria-invalid=\"true\"") && html.contains("f-problem"), "{html}");
        assert!(html.contains("role=\"alert\" id=\"f-problem\">Give"), "{html}");
    }

    #[test]
    fn a_choice_is_a_group_of_radio_buttons_that_keeps_what_was_chosen() {
        let html = drawn(FieldKind::Choice, "customer");
        assert!(html.contains("value=\"customer\" checked required><span>The customer's &lt;one&gt;</span>"), "{html}");
        assert_eq!(drawn(FieldKind::Choice, "nonsense").matches(" checked").count(), 0);
    }

    #[test]
    fn stars_are_five_radio_buttons_in_a_group_with_a_name() {
        let html = drawn(FieldKind::Stars, "4");
        assert_eq!(html.matches("type=\"radio\"").count(), 5);
        assert_eq!(html.matches(" checked").count(), 1);
        assert!(html.contains("<legend>Reason"), "{html}");
    }
}
