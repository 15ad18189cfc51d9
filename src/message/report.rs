//! Reports of messages: what somebody found wrong with one, and what the marketplace's own people did about it.

pub(super) mod admin;
pub(super) mod pages;
pub mod store;

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::time::Timestamp;

/// The collection of reports.
pub const REPORTS: &str = "message_reports";
/// The most characters of a reason or a note.
pub const MAX_CHARACTERS: usize = 1000;

/// How far a report is along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReportStatus {
    /// Somebody has to look at it.
    Open,
    /// Somebody has.
    Handled,
}

impl ReportStatus {
    /// Both, the more urgent first.
    pub const ALL: &[ReportStatus] = Self::VARIANTS;

    /// The name that is stored and travels.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The name in words.
    pub fn label(self) -> &'static str {
        match self {
            ReportStatus::Open => "Open",
            ReportStatus::Handled => "Handled",
        }
    }

    /// The status of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }
}

/// What was done to a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportEvent {
    /// When.
    pub at: Timestamp,
    /// Whose account.
    pub by: String,
    /// Under which name.
    pub by_name: String,
    /// The status after it.
    pub to: ReportStatus,
    /// The reason of the report, or the note of who handled it.
    pub note: String,
}

/// A report as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// `<message>:<account of who reports>`: nobody reports a message twice.
    #[serde(rename = "_id")]
    pub key: String,
    /// Which message.
    pub message: ObjectId,
    /// Of which booking.
    pub booking: ObjectId,
    /// What people call the booking.
    pub reference: String,
    /// Who wrote the message.
    pub author_name: String,
    /// What they wrote. Messages never change, so neither does this.
    pub text: String,
    /// Who reported it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// How far it is along.
    pub status: ReportStatus,
    /// Everything that was done, the report first.
    pub history: Vec<ReportEvent>,
}
