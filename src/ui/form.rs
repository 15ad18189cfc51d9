//! Plain forms of pages: fields with label, hint and problem tied together, and a summary on top that takes the focus.
//!
//! What was typed comes back with what is wrong with it, so nothing is lost.

mod view;

use std::collections::BTreeMap;

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

    /// The text of a field of `1..=max_characters` characters, or of `0..=max_characters` if it may be empty. Says so in
    /// the form if it is not.
    pub fn text(&mut self, name: &str, label: &str, required: bool, max_characters: usize) -> String {
        let value = self.get(name).to_owned();
        if required && value.is_empty() {
            self.problem(name, "missing", format!("Fill in \"{label}\"."));
        } else if value.chars().count() > max_characters {
            self.problem(name, "too_long", format!("\"{label}\" has at most {max_characters} letters."));
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
}

#[cfg(test)]
mod tests;
