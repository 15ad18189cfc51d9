//! Plain forms of pages: fields with label, hint and problem tied together, and a summary on top that takes the focus.
//!
//! What was typed comes back with what is wrong with it, so nothing is lost.

mod view;

use std::collections::BTreeMap;

use super::field::problem_id;
use super::html::Html;
use crate::error::{AppError, FieldProblem};

/// What a form holds, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
    problems: Vec<FieldProblem>,
    trouble: Option<String>,
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug)]
pub enum Control<'a> {
    /// One line; the type (`text`, `email`, `tel`, `password`, `number`, `date`, `time`, `search`) and the `autocomplete`.
    Line(&'static str, &'static str),
    /// Several lines.
    Area,
    /// One of these: value and text.
    Select(&'a [(String, String)]),
    /// One of these, in groups with a name: value and text.
    Grouped(&'a [(&'a str, Vec<(String, String)>)]),
    /// One of these as radio buttons: value and text.
    Radios(&'a [(String, String)]),
    /// Any of these as ticks that travel under one name: value and text.
    Ticks(&'a [(String, String)]),
    /// Yes or no; a yes travels as `on`.
    Check,
}

/// A field of a form.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The name that travels, also the id.
    pub name: &'a str,
    /// Its label.
    pub label: &'a str,
    /// How it is filled in.
    pub control: Control<'a>,
    /// Whether the form cannot be sent without it.
    pub required: bool,
    /// A word of help; may be empty.
    pub hint: &'a str,
}

impl Form {
    /// What a browser sent, in order.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            form.values.entry(name.clone()).or_default().push(value.clone());
        }
        form
    }

    /// Puts a value in place of what the field holds.
    pub fn set(&mut self, name: &str, value: impl Into<String>) -> &mut Self {
        self.values.insert(name.into(), vec![value.into()]);
        self
    }

    /// Puts several values in place of what the field holds.
    pub fn set_all(&mut self, name: &str, values: Vec<String>) -> &mut Self {
        self.values.insert(name.into(), values);
        self
    }

    /// What the field holds, trimmed; empty if nothing.
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).and_then(|values| values.last()).map_or("", |value| value.trim())
    }

    /// Everything that came under a name.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a tick was set.
    pub fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Says what is wrong with a field and what to do.
    pub fn problem(&mut self, field: &str, code: &str, message: impl Into<String>) {
        self.problems.push(FieldProblem { field: field.into(), code: code.into(), message: message.into() });
    }

    /// Takes over what an error says, field by field, or as a whole if it names no field.
    pub fn refuse(&mut self, error: &AppError) {
        if error.fields.is_empty() {
            self.trouble = Some(error.message.clone());
        }
        self.problems.extend(error.fields.iter().cloned());
    }

    /// The text of a field of `1..=most` letters, or of `0..=most` if it may be empty. Says so in the form if it is not.
    pub fn text(&mut self, name: &str, label: &str, required: bool, most: usize) -> String {
        let value = self.get(name).to_owned();
        if required && value.is_empty() {
            self.problem(name, "missing", format!("Fill in \"{label}\"."));
        } else if value.chars().count() > most {
            self.problem(name, "too_long", format!("\"{label}\" has at most {most} letters."));
        }
        value
    }

    /// What is wrong.
    pub fn problems(&self) -> &[FieldProblem] {
        &self.problems
    }

    /// Whether nothing is wrong so far.
    pub fn is_fine(&self) -> bool {
        self.problems.is_empty() && self.trouble.is_none()
    }

    /// The first thing that is wrong with a field; empty if nothing is.
    fn problem_of(&self, name: &str) -> &str {
        self.problems.iter().find(|problem| problem.field == name).map_or("", |problem| &problem.message)
    }

    /// Draws what is wrong, each line leading to its field; nothing if nothing is. Takes the focus when the page appears.
    pub fn summary(&self, html: &mut Html) {
        if self.is_fine() {
            return;
        }
        html.raw("<div class=\"alert\" role=\"alert\" id=\"problem\" tabindex=\"-1\" autofocus>");
        html.icon("triangle-alert").raw("<div>");
        if let Some(trouble) = &self.trouble {
            html.wrap("<p><b>", trouble, "</b></p>");
        }
        if !self.problems.is_empty() {
            html.raw("<p><b>Something has to be different:</b></p><ul>");
            for problem in &self.problems {
                html.raw("<li><a class=\"link\"").attr("href", &format!("#{}", problem.field)).raw(">");
                html.text(&problem.message).raw("</a></li>");
            }
            html.raw("</ul>");
        }
        html.raw("</div></div>");
    }

    /// Draws what is wrong, or that all was saved if the page was led to as `?saved=1`.
    pub fn outcome(&self, html: &mut Html) {
        self.summary(html);
        if self.ticked("saved") && self.is_fine() {
            html.raw("<p class=\"done\" role=\"status\">Saved.</p>");
        }
    }

    /// Draws a field with what it holds.
    pub fn draw(&self, html: &mut Html, input: &Input) {
        let Input { name, label, control, required, hint } = *input;
        let problem = self.problem_of(name);
        let described = format!("{name}-hint {}", problem_id(name));
        match control {
            Control::Check => {
                html.raw("<div class=\"field\"><label class=\"tick\"><input type=\"checkbox\" value=\"on\"");
                html.attr("id", name).attr("name", name).attr("aria-describedby", &described);
                html.flag("checked", self.ticked(name)).flag("aria-invalid=\"true\"", !problem.is_empty());
                html.raw("><span>").text(label).raw("</span></label>");
                hint_line(html, name, hint);
            }
            Control::Radios(choices) | Control::Ticks(choices) => {
                let one = matches!(control, Control::Radios(_));
                let kind = if one { "radio" } else { "checkbox" };
                html.raw("<fieldset class=\"field\"").attr("id", name).attr("aria-describedby", &described);
                html.raw("><legend>").text(label);
                mark(html, required);
                html.raw("</legend>");
                hint_line(html, name, hint);
                html.raw("<div class=\"choices\">");
                for (value, text) in choices {
                    html.raw("<label class=\"tick\"><input").attr("type", kind).attr("name", name).attr("value", value);
                    let on = if one { self.get(name) == value } else { self.all(name).contains(value) };
                    html.flag("checked", on).flag("required", required && one);
                    html.raw("><span>").text(text).raw("</span></label>");
                }
                html.raw("</div>");
                problem_line(html, name, problem);
                html.raw("</fieldset>");
                return;
            }
            _ => {
                html.raw("<div class=\"field\"><label").attr("for", name).raw(">").text(label);
                mark(html, required);
                html.raw("</label>");
                hint_line(html, name, hint);
                self.control(html, input, &described, problem);
            }
        }
        problem_line(html, name, problem);
        html.raw("</div>");
    }

    fn control(&self, html: &mut Html, input: &Input, described: &str, problem: &str) {
        let Input { name, control, required, .. } = *input;
        match control {
            Control::Line(kind, autocomplete) => {
                html.raw("<input").attr("type", kind).attr("autocomplete", autocomplete);
            }
            Control::Select(_) | Control::Grouped(_) => _ = html.raw("<select"),
            _ => _ = html.raw("<textarea rows=\"5\""),
        }
        html.attr("class", "control").attr("id", name).attr("name", name).attr("aria-describedby", described);
        html.flag("required", required).flag("aria-invalid=\"true\"", !problem.is_empty());
        match control {
            // A password never comes back.
            Control::Line("password", _) => _ = html.raw(">"),
            Control::Line(..) => _ = html.attr("value", self.get(name)).raw(">"),
            Control::Select(choices) => {
                html.raw(">");
                self.options(html, name, choices);
                html.raw("</select>");
            }
            Control::Grouped(groups) => {
                html.raw(">");
                for (group, choices) in groups {
                    // Choices without a name are none of a group.
                    if group.is_empty() {
                        self.options(html, name, choices);
                        continue;
                    }
                    html.raw("<optgroup").attr("label", group).raw(">");
                    self.options(html, name, choices);
                    html.raw("</optgroup>");
                }
                html.raw("</select>");
            }
            // A browser drops the first line break of a text area, so it gets one to drop.
            _ => _ = html.raw(">\n").text(self.get(name)).raw("</textarea>"),
        }
    }

    fn options(&self, html: &mut Html, name: &str, choices: &[(String, String)]) {
        for (value, text) in choices {
            html.raw("<option").attr("value", value).flag("selected", self.get(name) == value).raw(">");
            html.text(text).raw("</option>");
        }
    }
}

fn hint_line(html: &mut Html, name: &str, hint: &str) {
    if !hint.is_empty() {
        html.raw("<p class=\"hint\"").attr("id", &format!("{name}-hint")).raw(">").text(hint).raw("</p>");
    }
}

/// Drawn for the eye alone: a screen reader has it from the control.
fn mark(html: &mut Html, required: bool) {
    if !required {
        html.raw("<span class=\"mark\" aria-hidden=\"true\">optional</span>");
    }
}

fn problem_line(html: &mut Html, name: &str, problem: &str) {
    html.raw("<p class=\"problem\"").attr("id", &problem_id(name)).flag("hidden", problem.is_empty());
    html.raw(">").text(problem).raw("</p>");
}

#[cfg(test)]
mod tests;
