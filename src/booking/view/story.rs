//! The booking's way: behind, here, ahead; and its history in words.

use serde_json::Value;

use crate::booking::machine::Booking;
use crate::booking::machine::Status::{self, *};
use crate::booking::machine::aggregate::{Change, Dispute, Split};
use crate::booking::machine::history::Event;
use crate::booking::schema::{EventView, StepState, StepView};
use crate::domain::chain::FieldChange;
use crate::money::Money;
use crate::time::Timestamp;

/// The statuses of a booking that succeeds.
const MAIN_WAY: [Status; 5] = [Requested, Accepted, InProgress, AwaitingConfirmation, Completed];

/// The statuses behind, the one here, and the ones ahead if it goes well.
pub fn steps(booking: &Booking) -> Vec<StepView> {
    let mut visited: Vec<(Status, Timestamp)> = Vec::new();
    for event in &booking.history {
        if let Some(back) = visited.iter().position(|(status, _)| *status == event.to) {
            // Back where it was before: what came in between is no longer part of the way.
            visited.truncate(back + 1);
        } else {
            visited.push((event.to, event.at));
        }
    }
    let status = booking.state.status;
    let off_the_way = matches!(status, Declined | Expired | Cancelled | NoShow | Disputed);
    let last = visited.len().saturating_sub(1);
    let step = |(n, (status, at)): (usize, &(Status, Timestamp))| StepView {
        label: status.label().into(),
        state: match (n == last, off_the_way) {
            (false, _) => StepState::Done,
            (true, true) => StepState::Ended,
            (true, false) => StepState::Current,
        },
        at_text: Some(at.short_text(&booking.zone)),
    };
    let ahead = match status {
        Draft => &MAIN_WAY[..],
        Requested | Quoted => &MAIN_WAY[1..],
        Accepted => &MAIN_WAY[2..],
        InProgress => &MAIN_WAY[3..],
        AwaitingConfirmation => &MAIN_WAY[4..],
        _ => &[],
    };
    let next = |status: &Status| StepView { label: status.label().into(), state: StepState::Next, at_text: None };
    visited.iter().enumerate().map(step).chain(ahead.iter().map(next)).collect()
}

/// The history, oldest first.
pub fn events(booking: &Booking) -> Vec<EventView> {
    let event = |event: &Event| EventView {
        seq: event.seq,
        at: event.at.rfc3339(),
        at_text: event.at.text(&booking.zone),
        action_name: event.action_name.clone(),
        actor: event.actor,
        actor_name: event.actor_name.clone(),
        from: event.from,
        to: event.to,
        note: event.note.clone(),
        message: event.message.clone(),
        changes: if event.seq == 1 { Vec::new() } else { changes(event, &booking.zone) },
    };
    booking.history.iter().map(event).collect()
}

/// What changed, for people: the status, the time, the price and the split. Reviews stay sealed.
fn changes(event: &Event, zone: &str) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(from) = event.from.filter(|from| *from != event.to) {
        lines.push(format!("Status: {} → {}", from.label(), event.to.label()));
    }
    let changed = |name: &str| event.changes.get(name);
    if let Some((old, new)) = changed("starts_at").and_then(both::<Timestamp>) {
        lines.push(format!("Time: {} → {}", old.text(zone), new.text(zone)));
    }
    if let Some(FieldChange { old, new }) = changed("price") {
        match (read::<Money>(old), read::<Money>(new)) {
            (Some(old), Some(new)) => lines.push(format!("Price: {} → {}", old.text(), new.text())),
            (None, Some(new)) => lines.push(format!("Price: {}", new.text())),
            _ => {}
        }
    }
    if let Some(change) = changed("change").and_then(|change| read::<Change>(&change.new)) {
        lines.push(format!("Proposed time: {}", change.starts_at.text(zone)));
    }
    if let Some(amount) = changed("final_amount").and_then(|change| read::<Money>(&change.new)) {
        lines.push(format!("Final amount: {}", amount.text()));
    }
    if let Some((old, new)) =
        changed("dispute").map(|change| (read::<Dispute>(&change.old), read::<Dispute>(&change.new)))
    {
        lines.extend(dispute(old.as_ref(), new.as_ref()));
    }
    if let Some(split) = changed("split").and_then(|change| read::<Split>(&change.new)) {
        lines.push(format!("To the provider: {}. Back to the customer: {}", split.kept.text(), split.refund.text()));
    }
    lines
}

/// What came to a dispute: an offer, or the photos of new evidence.
fn dispute(old: Option<&Dispute>, new: Option<&Dispute>) -> Option<String> {
    let new = new?;
    let before = |count: fn(&Dispute) -> usize| old.map_or(0, count);
    if new.offers.len() > before(|dispute| dispute.offers.len()) {
        return Some(format!("Refund offered: {}", new.offers.last()?.refund.text()));
    }
    let evidence = new.evidence.get(before(|dispute| dispute.evidence.len()))?;
    match evidence.photos.len() {
        0 => None,
        1 => Some("With a photo".into()),
        count => Some(format!("With {count} photos")),
    }
}

fn both<T: serde::de::DeserializeOwned>(change: &FieldChange) -> Option<(T, T)> {
    Some((read(&change.old)?, read(&change.new)?))
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}
