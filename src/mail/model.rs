//! What MongoDB stores about mails.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::time::Timestamp;

/// The collection of mails.
pub const MAILS: &str = "mails";

/// What a mail is about. Stored as one string.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::IntoStaticStr)]
#[serde(from = "String", into = "String")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "each is the function of `mail::write` of that name")]
pub enum MailKind {
    VerifyEmail,
    Welcome,
    AlreadyRegistered,
    GuestRequest,
    ResetPassword,
    NoAccount,
    PasswordChanged,
    ProviderSubmitted,
    ProviderApproved,
    ProviderRejected,
    ProviderMoreAsked,
    ProviderSuspended,
    ProviderReinstated,
    /// A notice goes with it, of that kind.
    #[strum(default)]
    Notice(String),
}

impl MailKind {
    /// The name that is stored: `verify_email`; of a notice, its kind.
    pub fn name(&self) -> &str {
        match self {
            MailKind::Notice(kind) => kind,
            known => known.into(),
        }
    }
}

impl From<String> for MailKind {
    fn from(stored: String) -> Self {
        stored.parse().unwrap_or(MailKind::Notice(stored))
    }
}

impl From<MailKind> for String {
    fn from(kind: MailKind) -> Self {
        kind.name().into()
    }
}

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
    /// What it is about.
    pub kind: MailKind,
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
    /// What a calendar takes from it, a whole iCalendar object with its `METHOD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// When it was written; or when the reported event happened.
    pub at: Timestamp,
    /// Not to be sent earlier: the end of somebody's quiet hours, or when it was written.
    #[serde(default)]
    pub send_at: Timestamp,
    /// From when on it is no longer worth sending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// What it reports, if that may be over by the time it leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// When it was sent, if it was.
    pub sent_at: Option<Timestamp>,
}

impl Mail {
    /// The same, worth sending for so many hours.
    pub fn for_hours(self, hours: i64) -> Mail {
        Mail { expires_at: Some(self.at.plus_hours(hours)), ..self }
    }
}

/// What a mail reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The booking, 24 hexadecimal digits.
    pub booking: String,
    /// The key of the notice that goes with it.
    pub notice: String,
    /// The entry of the booking's outbox, as whoever wrote it reads it. Nothing for a mail about unread messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Value>,
}

/// Where a mail stands on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MailStatus {
    /// Never to be sent: there was no mail server.
    Kept,
    /// To be sent, as soon as `send_at` has come.
    Pending,
    /// A mail server has taken it.
    Sent,
    /// Given up, until an admin tries it again.
    Dead,
    /// Not sent, because it was no longer so when it could be. Its notice stands in the app.
    Stale,
}

impl MailStatus {
    /// The word that is stored.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A mail that one sender has taken on for a while.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Claimed {
    /// The mail.
    #[serde(flatten)]
    pub mail: Mail,
    /// How often it was taken on, this time included.
    pub tries: i64,
    /// The fencing token: what comes of it is written only while nobody else has taken it on.
    pub claim: i64,
}

/// A mail that was given up, without its text: a link in it may open more than an admin should see.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DeadMail {
    /// What it is the one mail for.
    #[serde(rename = "_id")]
    pub key: String,
    /// To whom.
    pub to: String,
    /// What it is about.
    pub kind: MailKind,
    /// Its subject.
    pub subject: String,
    /// When it was written.
    pub at: Timestamp,
    /// How often it was tried.
    pub tries: i64,
    /// Why it was given up.
    #[serde(default)]
    pub last_error: String,
    /// When it was given up.
    #[serde(default)]
    pub failed_at: Timestamp,
}

/// How the queue does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueHealth {
    /// How many mails wait, for their time or for another try.
    pub pending: u64,
    /// When the oldest of them was written.
    pub oldest: Option<Timestamp>,
    /// How many were given up.
    pub dead: u64,
    /// The last failure of a mail that has not been sent since: when, and in the mail server's words or ours.
    pub last_error: Option<(Timestamp, String)>,
}
