//! What the floor reads, and what it answers.

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

/// A session, as far as the floor has to know it.
#[derive(Deserialize)]
pub struct Session {
    pub account_id: ObjectId,
}

#[derive(Deserialize, Serialize)]
pub struct Party {
    pub id: String,
    pub name: String,
}

#[derive(Deserialize, Serialize)]
pub struct Service {
    pub title: String,
}

#[derive(Deserialize, Serialize)]
pub struct Place {
    pub label: String,
}

#[derive(Deserialize, Serialize)]
pub struct Progress {
    pub status: String,
    pub starts_at: i64,
    pub ends_at: i64,
}

#[derive(Clone, Deserialize, Serialize)]
pub struct Event {
    pub seq: i64,
    pub at: i64,
    pub action_name: String,
    pub actor: String,
    pub actor_name: String,
    pub from: Option<String>,
    pub to: String,
    pub note: String,
    pub message: Option<String>,
    pub hash: String,
}

#[derive(Deserialize, Serialize)]
pub struct Booking {
    #[serde(rename(deserialize = "_id"))]
    pub id: ObjectId,
    pub reference: String,
    pub customer: Party,
    pub provider: Party,
    pub service: Service,
    pub place: Place,
    pub details: String,
    pub zone: String,
    pub currency: String,
    pub version: i64,
    pub state: Progress,
    pub history: Vec<Event>,
}

#[derive(Clone, Serialize)]
pub struct Action {
    pub action_name: &'static str,
    pub button_label: &'static str,
    pub note: &'static str,
    pub is_critical: bool,
    pub available: bool,
    pub inputs: [(&'static str, &'static str); 1],
}

/// The floor's table: which action is possible in which status.
const ACTIONS: [(&str, Action); 3] = [
    ("in_progress", action("finish", "Mark as done", "Marked as done by the provider", "message")),
    ("in_progress", action("open_dispute", "Report a problem", "Problem reported by the customer", "reason")),
    ("awaiting_confirmation", action("confirm", "Confirm completion", "Completion confirmed", "message")),
];

const fn action(
    action_name: &'static str,
    button_label: &'static str,
    note: &'static str,
    input: &'static str,
) -> Action {
    Action { action_name, button_label, note, is_critical: false, available: true, inputs: [(input, "Your message")] }
}

#[derive(Serialize)]
pub struct Answer {
    #[serde(flatten)]
    pub booking: Booking,
    pub actions: Vec<Action>,
}

/// What is possible in the booking's status.
pub fn actions_of(booking: &Booking) -> Vec<Action> {
    let possible = |(status, action): (&str, Action)| (booking.state.status == status).then_some(action);
    ACTIONS.into_iter().filter_map(possible).collect()
}
