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
    /// Whose account that is, if it has one and the mail is about something of theirs: 24 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_account: Option<String>,
    /// What it is about: `verify_email`, `guest_request`, ...
    pub kind: String,
    /// Its subject, one line.
    pub subject: String,
    /// Its text, lines ended by `\n`; links stand alone on a line.
    pub text: String,
    /// The same as a whole HTML document. Mails of long ago have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// The address that ends mails of this kind: for `List-Unsubscribe` with `List-Unsubscribe=One-Click` (RFC 8058).
    /// Nothing for what may not be ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
    /// When it was written.
    pub at: Timestamp,
    /// Not to be sent earlier: the end of somebody's quiet hours, or when it was written.
    #[serde(default)]
    pub send_at: Timestamp,
    /// When it was sent, if it was.
    pub sent_at: Option<Timestamp>,
}
