//! The audit trail: an append-only chain of events whose fold is the state.

use std::collections::BTreeMap;

use serde_json::Value;

use super::aggregate::{Actor, Booking, NewBooking, State};
use crate::booking::status::Status;
use crate::domain::chain::{Fault, FieldChange};
use crate::time::Timestamp;

pub use super::event::{Event, Source};

/// The name of the first event of every booking.
pub const CREATED: &str = "create_draft";

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
