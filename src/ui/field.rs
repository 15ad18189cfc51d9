//! Form fields: label, hint, control and problem tied together. The only place with a text area.

use super::html::Html;

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
    /// One of a short list.
    Choice,
}

impl FieldKind {
    /// The kind of that name; a text field for one that this version does not know.
    pub fn from_name(name: &str) -> Self {
        match name {
            "money" => Self::Money,
            "time" => Self::Time,
            "stars" => Self::Stars,
            "choice" => Self::Choice,
            _ => Self::Text,
        }
    }
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
    /// What can be chosen, for a choice: the value that travels, and its words.
    pub choices: &'a [(String, String)],
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
    if field.kind == FieldKind::Stars {
        return stars(html, field);
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
        FieldKind::Choice => html.raw("<select"),
        _ => html.raw("<textarea rows=\"4\" maxlength=\"2000\""),
    };
    html.attr("class", "control").attr("id", field.id).attr("name", field.name);
    html.attr("aria-describedby", &format!("{hint_id} {}", problem_id(field.id)));
    html.flag("required", field.required).flag("autofocus", field.first_focus);
    html.flag("aria-invalid=\"true\"", !field.problem.is_empty());
    match field.kind {
        FieldKind::Money | FieldKind::Time => html.attr("value", field.value).raw(">"),
        FieldKind::Choice => {
            html.raw("><option value=\"\">Choose</option>");
            for (value, text) in field.choices {
                html.raw("<option").attr("value", value).flag("selected", field.value == value).raw(">").text(text);
                html.raw("</option>");
            }
            html.raw("</select>")
        }
        // A browser drops the first line break of a text area, so it gets one to drop.
        _ => html.raw(">\n").text(field.value).raw("</textarea>"),
    };
    problem_line(html, field);
    html.raw("</div>");
}

fn stars(html: &mut Html, field: &Field) {
    html.raw("<fieldset class=\"field\"").attr("aria-describedby", &problem_id(field.id)).raw("><legend>");
    html.text(field.label);
    mark(html, field.required);
    html.raw("</legend>").wrap("<p class=\"hint\">", field.hint, "</p>").raw("<div class=\"stars\">");
    for (count, rest) in [("1", " star"), ("2", " stars"), ("3", " stars"), ("4", " stars"), ("5", " stars")] {
        let first = count == "1";
        let id = if first { field.id.to_owned() } else { format!("{}-{count}", field.id) };
        html.raw("<label class=\"star\"><input type=\"radio\"").attr("name", field.name).attr("id", &id);
        html.attr("value", count).flag("checked", field.value == count).flag("required", field.required);
        html.flag("autofocus", field.first_focus && first).raw("><span>").raw(count);
        html.raw("<span class=\"sr-only\">").raw(rest).raw("</span></span></label>");
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

    fn drawn(kind: &str, value: &str) -> String {
        let kind = FieldKind::from_name(kind);
        let mut html = Html::new();
        let (hint, problem) = ("", "Give a reason.");
        let (id, name, label) = ("f", "inputs[x]", "Reason");
        let choices = [("customer".to_owned(), "The customer's <one>".to_owned())];
        let shown = Field {
            id,
            name,
            label,
            kind,
            choices: &choices,
            required: true,
            hint,
            value,
            first_focus: false,
            problem,
        };
        field(&mut html, &shown);
        html.finish()
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
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn an_unknown_kind_is_a_text_field() {
        assert!(drawn("colour", "").contains("<textarea"));
    }

    #[test]
    fn a_problem_is_tied_to_its_field() {
        let html = drawn("money", "-5");
        assert!(html.contains("aria-invalid=\"true\"") && html.contains("f-problem"), "{html}");
        assert!(html.contains("role=\"alert\" id=\"f-problem\">Give"), "{html}");
    }

    #[test]
    fn a_choice_is_a_list_that_keeps_what_was_chosen() {
        let html = drawn("choice", "customer");
        assert!(html.contains("<option value=\"customer\" selected>The customer's &lt;one&gt;</option>"), "{html}");
        assert!(drawn("choice", "nonsense").matches("selected").count() == 0);
    }

    #[test]
    fn stars_are_five_radio_buttons_in_a_group_with_a_name() {
        let html = drawn("stars", "4");
        assert_eq!(html.matches("type=\"radio\"").count(), 5);
        assert_eq!(html.matches(" checked").count(), 1);
        assert!(html.contains("<legend>Reason"), "{html}");
    }
}
