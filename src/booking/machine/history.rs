//! The audit trail: an append-only chain of events whose fold is the state.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::aggregate::{Actor, Booking, NewBooking, Role, State};
use super::status::Status;
use crate::domain::chain::{Fault, FieldChange, digest};
use crate::time::Timestamp;

/// The name of the first event of every booking.
pub const CREATED: &str = "create_draft";

/// Where an action came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A page.
    Web,
    /// The clock.
    Timer,
    /// A program.
    Api,
    /// The marketplace's own people.
    Admin,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// 1, 2, 3, ...: equal to the version it made.
    pub seq: i64,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// Which action.
    pub action_name: String,
    /// In which role.
    pub actor: Role,
    /// Whose account; none for the clock.
    pub actor_id: Option<String>,
    /// Under which name.
    pub actor_name: String,
    /// The status before; none for the first event.
    pub from: Option<Status>,
    /// The status after.
    pub to: Status,
    /// The sentence of the table.
    pub note: String,
    /// The reason or message that was given.
    pub message: Option<String>,
    /// Every field of the state that changed.
    pub changes: BTreeMap<String, FieldChange>,
    /// Where it came from.
    pub source: Source,
    /// SHA-256 over the previous hash and this event.
    pub hash: String,
    /// The hash of the event before; empty for the first.
    pub prev_hash: String,
}

impl Event {
    /// Seals the event: sets its hash over everything else in it.
    pub fn seal(mut self) -> Event {
        self.hash = self.digest();
        self
    }

    fn digest(&self) -> String {
        digest(self)
    }
}

/// A new booking: a draft whose history has one event, at version 1.
pub fn draft(new: NewBooking, actor: &Actor, now: Timestamp) -> Booking {
    let state = State::draft(new.starts_at, new.ends_at);
    let event = Event {
        seq: 1,
        at: now,
        action_name: CREATED.into(),
        actor: actor.role,
        actor_id: Some(actor.id.clone()),
        actor_name: actor.name.clone(),
        from: None,
        to: Status::Draft,
        note: "Booking drafted by the customer".into(),
        message: None,
        changes: diff(None, &state),
        source: Source::Web,
        hash: String::new(),
        prev_hash: String::new(),
    };
    Booking {
        id: new.id,
        reference: new.reference,
        customer: new.customer,
        provider: new.provider,
        service: new.service,
        place: new.place,
        details: new.details,
        photos: new.photos,
        zone: new.zone,
        currency: new.currency,
        start_code: None,
        created_at: now,
        version: 1,
        state,
        history: vec![event.seal()],
    }
}

/// The fields in which two states differ; all of them when there was none before.
pub fn diff(before: Option<&State>, after: &State) -> BTreeMap<String, FieldChange> {
    let before = before.map(fields).unwrap_or_default();
    fields(after)
        .into_iter()
        .filter_map(|(name, new)| {
            let old = before.get(&name).cloned().unwrap_or(Value::Null);
            let first = before.is_empty();
            (first || old != new).then_some((name, FieldChange { old, new }))
        })
        .collect()
}

/// Checks a booking's history: no gap, every hash right, and the state is its fold.
pub fn verify(booking: &Booking) -> Result<(), Fault> {
    let mut folded: BTreeMap<String, Value> = BTreeMap::new();
    let mut previous = "";
    for (expected, event) in (1..).zip(&booking.history) {
        if event.seq != expected {
            return Err(Fault::Gap { expected });
        }
        if event.prev_hash != previous || event.hash != event.digest() {
            return Err(Fault::BrokenChain { seq: event.seq });
        }
        for (name, change) in &event.changes {
            if expected > 1 && folded.get(name) != Some(&change.old) {
                return Err(Fault::BrokenChain { seq: event.seq });
            }
            folded.insert(name.clone(), change.new.clone());
        }
        previous = &event.hash;
    }
    let whole = booking.version == i64::try_from(booking.history.len()).unwrap_or_default();
    if whole && folded == fields(&booking.state) { Ok(()) } else { Err(Fault::StateDiffers) }
}

fn fields(state: &State) -> BTreeMap<String, Value> {
    match serde_json::to_value(state) {
        Ok(Value::Object(fields)) => fields.into_iter().collect(),
        _ => BTreeMap::new(),
    }
}
