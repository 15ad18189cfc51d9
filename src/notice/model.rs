//! What MongoDB stores about notices and about which mails people want.

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

use super::kinds::Group;
use super::quiet::Quiet;
use crate::time::Timestamp;

/// The collection of notices.
pub const NOTICES: &str = "notices";
/// The collection of what people have chosen about mails.
pub const NOTICE_SETTINGS: &str = "notice_settings";

/// A notice to one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// `<outbox key>:<account>`: one event notifies one person once.
    #[serde(rename = "_id")]
    pub key: String,
    /// Whose it is, the account's 24 hexadecimal digits.
    pub to: String,
    /// What it is about: the name of an action or of a reminder.
    pub kind: String,
    /// The booking it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<String>,
    /// The page it leads to.
    pub href: String,
    /// One line.
    pub title: String,
    /// What happened and what to do.
    pub text: String,
    /// When it happened.
    pub at: Timestamp,
    /// True until it has been read, then gone, so that the index of the unread holds nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<bool>,
    /// When it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Timestamp>,
}

/// Which mails somebody wants, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whose.
    #[serde(rename = "_id")]
    pub account: ObjectId,
    /// The random part of the links that end mails: whoever has one was sent it.
    pub secret: String,
    /// The groups of which no mails are wanted.
    #[serde(default)]
    pub muted: Vec<Group>,
    /// The quiet hours, if there are any.
    #[serde(default)]
    pub quiet: Option<Quiet>,
}
