//! A chain of events: each carries the hash of the one before, over JSON with sorted keys.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// What a field of the state was and became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Before.
    pub old: Value,
    /// After.
    pub new: Value,
}

/// What is wrong with a history.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// A `seq` is missing or repeated.
    #[error("event {expected} is missing")]
    Gap {
        /// The `seq` that was expected.
        expected: i64,
    },
    /// An event was altered, or follows another one than it says.
    #[error("event {seq} does not match its hash")]
    BrokenChain {
        /// The event's `seq`.
        seq: i64,
    },
    /// The state is not the fold of the history, or the version is not its length.
    #[error("the state is not what its history says")]
    StateDiffers,
}

/// SHA-256 in hexadecimal over everything in an event but its own `hash`.
pub fn digest(event: &impl Serialize) -> String {
    let mut value = serde_json::to_value(event).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("hash");
    }
    let mut text = String::new();
    write_canonical(&value, &mut text);
    hex::encode(Sha256::digest(text))
}

/// JSON with sorted keys, so that a hash does not depend on how a database orders fields.
fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<_, _> = fields.iter().collect();
            out.push('{');
            for (name, field) in sorted {
                _ = write!(out, "{}:", Value::from(name.as_str()));
                write_canonical(field, out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                write_canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        plain => _ = write!(out, "{plain}"),
    }
}
