//! Reads the form of an action, strictly: `version`, `command_id` and `inputs[name]`, nothing nested.

use std::collections::BTreeMap;

use crate::booking::perform::typed;
use crate::error::AppError;

/// What a form held.
#[derive(Debug, Default)]
pub struct Sent {
    /// The version that the person saw.
    pub version: i64,
    /// The idempotency key.
    pub command_id: String,
    /// What was typed, also when something else is wrong.
    pub inputs: BTreeMap<String, String>,
    /// What is wrong.
    pub problem: Option<AppError>,
}

/// Reads the pairs of a form. What the browser adds by itself, a button's name for example, is no harm.
pub fn read(pairs: &[(String, String)]) -> Sent {
    let mut sent = Sent { version: -1, ..Sent::default() };
    for (key, value) in pairs {
        match key.as_str() {
            "version" => sent.version = value.parse().unwrap_or(-1),
            "command_id" => sent.command_id.clone_from(value),
            _ => match input_name(key) {
                Some(Ok(name)) => _ = sent.inputs.insert(name.to_owned(), value.clone()),
                Some(Err(())) => sent.problem = Some(bad_key(key)),
                None => {}
            },
        }
    }
    sent.inputs = typed(sent.inputs);
    if sent.problem.is_none() && (sent.version < 0 || sent.command_id.is_empty()) {
        let message = "The form is not complete. Open the booking again and repeat what you wanted to do.";
        sent.problem = Some(AppError::bad_field("version", "incomplete_form", message));
    }
    sent
}

/// The name in `inputs[name]`; an error for anything deeper or stranger, nothing for other keys.
fn input_name(key: &str) -> Option<Result<&str, ()>> {
    let rest = key.strip_prefix("inputs")?;
    let name = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let plain = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    Some(name.filter(plain).ok_or(()))
}

fn bad_key(key: &str) -> AppError {
    let shown: String = key.chars().take(40).collect();
    AppError::bad_field("inputs", "bad_input", format!("There is no field \"{shown}\". Use the form on the page."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_pairs(pairs: &[(&str, &str)]) -> Sent {
        read(&pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn a_browsers_form_is_read_whole() {
        let sent = read_pairs(&[("version", "3"), ("command_id", "k"), ("inputs[reason]", "It rains 🌧")]);
        assert!(sent.problem.is_none());
        assert_eq!((sent.version, sent.inputs["reason"].as_str()), (3, "It rains 🌧"));
    }

    #[test]
    fn operators_and_nesting_are_refused_and_what_was_typed_is_kept() {
        for key in
            ["inputs[$ne]", "inputs[reason][$ne]", "inputs[reason][]", "inputs[]", "inputs", "inputs[", "inputs[a]b"]
        {
            let sent = read_pairs(&[("version", "3"), ("command_id", "k"), ("inputs[reason]", "kept"), (key, "1")]);
            assert_eq!(sent.problem.map(|problem| problem.status), Some(422), "{key}");
            assert_eq!(sent.inputs["reason"], "kept");
        }
    }

    #[test]
    fn a_form_without_version_or_key_is_incomplete() {
        assert!(read_pairs(&[("command_id", "k")]).problem.is_some());
        assert!(read_pairs(&[("version", "x"), ("command_id", "k")]).problem.is_some());
        assert!(read_pairs(&[("version", "1")]).problem.is_some());
    }
}
