//! What of a booking the bar reads, and nothing more: every field more is code in the browser that decodes it.
//!
//! The names are those of `booking::schema::BookingView`, so that the same type reads the island's
//! properties and the answers of the server, whose other fields it skips.

use serde::{Deserialize, Serialize};

use crate::booking::status::Status;
use crate::ui::field::FieldKind;

/// A booking as the bar needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// 24 hexadecimal digits.
    pub id: String,
    /// `GS-7K3F9Q`.
    pub reference: String,
    /// The number of events so far; sent back with every action.
    pub version: i64,
    /// Where it stands.
    pub status: Status,
    /// `In progress`.
    pub status_label: String,
    /// Where the booking stands for this viewer, in a sentence or two.
    pub situation: String,
    /// The IANA zone of the place.
    pub zone: String,
    /// What the viewer can do, possible now or not.
    pub actions: Vec<Action>,
    /// What happened, oldest first; the island's properties have only the last one.
    pub history: Vec<Event>,
}

/// An action the viewer can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// The name that travels.
    pub action_name: String,
    /// What the button says.
    pub button_label: String,
    /// Whether it ends or risks something.
    pub is_critical: bool,
    /// Whether it can be done now.
    pub available: bool,
    /// Why not.
    pub denials: Vec<Text>,
    /// What it asks for.
    pub inputs: Vec<Input>,
    /// The status it leads to.
    pub to: Status,
    /// Until when it stays possible, in words.
    pub deadline_text: Option<String>,
    /// What it would do.
    pub preview: Option<Preview>,
    /// A fresh idempotency key for doing it once.
    pub command_id: String,
}

/// One field an action asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The name that travels: `inputs[reason]`.
    pub name: String,
    /// Its label.
    pub label: String,
    /// How it is filled in.
    pub kind: FieldKind,
    /// Whether the action cannot be done without it.
    pub required: bool,
    /// A word of help below the label.
    pub hint: Option<String>,
    /// What the field holds before anybody types.
    pub value: Option<String>,
    /// What there is to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// One of a short list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What travels.
    pub value: String,
    /// What people read.
    pub text: String,
}

/// What an action would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// What the customer would pay for it.
    pub fee: Option<Text>,
    /// What the customer would get back.
    pub refund: Option<Text>,
    /// The consequence in one or two sentences.
    pub text: String,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What happened.
    pub note: String,
}

/// The words of an amount (`text`) or of a denial (`message`): one type, so one decoder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The words.
    #[serde(alias = "message")]
    pub text: String,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// The field's name.
    pub field: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// What went wrong: of `error::AppError` what the bar shows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Trouble {
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do.
    pub message: String,
    /// Every wrong field.
    #[serde(default)]
    pub fields: Vec<Problem>,
    /// Every reason of the rules.
    #[serde(default)]
    pub denials: Vec<Text>,
    /// What others did to the booking meanwhile, a sentence each.
    #[serde(default)]
    pub changed: Vec<String>,
    /// Times that are free instead, in words.
    #[serde(default)]
    pub alternatives: Vec<String>,
    /// The booking as it stands now.
    #[serde(default)]
    pub booking: Option<Bar>,
}
