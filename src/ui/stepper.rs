//! A way in steps: what is done, where one is, what comes, and where it ended early.

use super::html::Html;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// `done`, `here`, `next` or `ended`.
    pub state: String,
    /// When it was reached.
    pub at_text: Option<String>,
}

/// Draws the steps as a list that is named, with the state of each in words for those who do not see it.
pub fn stepper(html: &mut Html, name: &'static str, steps: &[Step]) {
    html.raw("<ol class=\"stepper\"").attr("aria-label", name).raw(">");
    for step in steps {
        let (class, icon, words) = match step.state.as_str() {
            "done" => ("step step-done", "check", ", done"),
            "here" => ("step step-here\" aria-current=\"step", "circle-dot", ", now"),
            "ended" => ("step step-ended", "x", ", ended here"),
            _ => ("step step-next", "clock", ", still to come"),
        };
        html.raw("<li class=\"").raw(class).raw("\"><span class=\"step-mark\">").icon(icon);
        html.raw("</span><span class=\"step-text\"><span class=\"step-label\">").text(&step.label);
        html.raw("</span><span class=\"sr-only\">").raw(words).raw("</span>");
        html.wrap("<span class=\"step-at\">", step.at_text.as_deref().unwrap_or_default(), "</span>");
        html.raw("</span></li>");
    }
    html.raw("</ol>");
}
