//! What MongoDB stores about mails.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// The collection of mails.
pub const MAILS: &str = "mails";

/// A mail as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// What it is the one mail for, such as `verify:<hash>`: the same mail is never written twice.
    #[serde(rename = "_id")]
    pub key: String,
    /// To whom, one address.
    pub to: String,
    /// What it is about: `verify_email`, `guest_request`, ...
    pub kind: String,
    /// Its subject.
    pub subject: String,
    /// Its text, lines ended by `\n`; links stand alone on a line.
    pub text: String,
    /// When it was written.
    pub at: Timestamp,
    /// When it was sent, if it was.
    pub sent_at: Option<Timestamp>,
}
