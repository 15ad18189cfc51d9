//! One action as it was sent, and what makes two of them the same.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::booking::machine::Actor;
use crate::booking::store::Loaded;
use crate::domain::limit::sentence;
use crate::error::AppError;

/// One action as it was sent.
#[derive(Clone, Debug)]
pub struct PerformRequest {
    /// On which booking.
    pub booking_id: String,
    /// Which action.
    pub action_name: String,
    /// The version that the sender saw.
    pub version: i64,
    /// The sender's idempotency key.
    pub command_id: String,
    /// What was typed, by field name.
    pub inputs: BTreeMap<String, String>,
}

/// What was typed, without what cannot be: photos come as files and get their ids here, or somebody could show another's.
pub fn typed(mut inputs: BTreeMap<String, String>) -> BTreeMap<String, String> {
    inputs.remove("photos");
    inputs
}

/// Whether exactly this command was done before.
pub(super) fn repeated(loaded: &Loaded, request: &PerformRequest, digest: &str) -> Result<bool, AppError> {
    match loaded.commands.iter().find(|command| command.command_id == request.command_id) {
        None => Ok(false),
        Some(command) if command.digest == digest => Ok(true),
        Some(_) => {
            let message = "This form was sent before with something else in it. Reload the page and send it again.";
            Err(AppError::bad_field("command_id", "command_reused", message))
        }
    }
}

/// What makes two commands the same: who, what and with which words; not the version they saw.
pub(super) fn digest(actor: &Actor, request: &PerformRequest) -> String {
    let whole = serde_json::json!([actor.id, request.action_name, request.inputs]);
    hex::encode(Sha256::digest(whole.to_string()))
}

/// How many characters the key of a command has.
const SHORTEST_KEY: usize = 8;
const LONGEST_KEY: usize = 64;

/// Whether a sender's key can be one.
///
/// # Errors
/// 422 with the field `command_id`.
pub fn check_command_id(command_id: &str) -> Result<(), AppError> {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if (SHORTEST_KEY..=LONGEST_KEY).contains(&command_id.len()) && command_id.chars().all(fine) {
        return Ok(());
    }
    let message =
        sentence!("A command needs a key of its own: ", SHORTEST_KEY, " to ", LONGEST_KEY, " letters, digits, - or _.");
    Err(AppError::bad_field("command_id", "bad_command_id", message))
}
