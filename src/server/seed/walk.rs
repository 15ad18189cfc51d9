//! Runs the actions of a story through the real machine, at the times of the story.

use std::collections::BTreeMap;

use mongodb::bson::oid::ObjectId;

use super::SeedError;
use super::fixed_ids::booking_id;
use super::people::{GRACE, Person};
use super::stories::{At, STORIES, Step, Story, When};
use crate::booking::machine::aggregate::{NewBooking, Party};
use crate::booking::machine::outbox::{OutboxEntry, OutboxKind};
use crate::booking::machine::{Actor, Ask, Booking, Facts, Inputs, Role, TABLE, decide, history, next_due};
use crate::time::{self, Timestamp};

/// Milliseconds in a quarter of an hour.
const QUARTER_MILLIS: i64 = 15 * 60_000;

/// Every story's booking as it stands now, with what is still to be delivered in the outbox: the rest was delivered when
/// it happened, so that the demo does not send old mails.
///
/// # Errors
/// When the machine denies an action of a story.
pub(super) fn all(now: Timestamp) -> Result<Vec<(Booking, Vec<OutboxEntry>)>, SeedError> {
    STORIES.iter().flat_map(|stories| stories.iter()).map(|story| walk(story, now)).collect()
}

fn walk(story: &Story, now: Timestamp) -> Result<(Booking, Vec<OutboxEntry>), SeedError> {
    let Story { job, spot, customer, .. } = *story;
    let starts_at = start(story, now);
    let id = booking_id(story.key);
    let new = NewBooking {
        reference: reference(id),
        id: id.to_hex(),
        customer: party(customer),
        provider: party(job.provider),
        service: job.service(),
        place: spot.place(),
        details: story.details.into(),
        photos: Vec::new(),
        zone: spot.zone.into(),
        currency: spot.currency,
        starts_at,
        ends_at: starts_at.plus_minutes(job.minutes),
    };
    let drafted = match story.steps.first() {
        // Whoever sends a request has thought about it for some minutes.
        Some(Step { by: Role::Customer, at, .. }) => instant(*at, starts_at, now, now).plus_minutes(-4),
        Some(_) => now.plus_hours(-30),
        None => now.plus_hours(-3),
    };
    let mut booking = history::draft(new, &actor(Role::Customer, customer), drafted);
    booking.start_code = job.asks_for_a_code().then(|| start_code(id));
    let mut outbox = Vec::new();
    for step in story.steps {
        let due = next_due(TABLE, &booking).map_or(now, |(_, at)| at);
        let at = instant(step.at, starts_at, now, due);
        let unknown = SeedError::Unknown(story.key, step.action);
        let Some(row) = TABLE.row(step.action) else {
            return Err(unknown);
        };
        let inputs = Inputs::parse(row, &raw_inputs(step, &booking), &booking).map_err(|_| unknown)?;
        let who = match step.by {
            Role::Customer => actor(step.by, customer),
            Role::Provider => actor(step.by, job.provider),
            Role::Admin => actor(step.by, &GRACE),
            Role::System => Actor::system(),
        };
        let ask = Ask { booking: &booking, actor: &who, row, inputs: &inputs, facts: &Facts::good(), now: at };
        let denied = |denials| SeedError::Denied { story: story.key, action: step.action, denials };
        let transition = decide(&ask).map_err(denied)?;
        outbox.extend(transition.outbox.iter().filter_map(|entry| left_to_do(entry, now)));
        booking = transition.applied_to(&booking);
    }
    Ok((booking, outbox))
}

/// What of an effect of the past is left to do: news of the last day is still delivered, and what people have earned is always
/// counted, because counting again changes nothing.
fn left_to_do(entry: &OutboxEntry, now: Timestamp) -> Option<OutboxEntry> {
    let is_news = entry.at >= now.plus_hours(-24);
    match entry.kind {
        OutboxKind::Strike | OutboxKind::UpdateRatings => Some(entry.clone()),
        OutboxKind::InviteReviews if !is_news => Some(OutboxEntry { kind: OutboxKind::UpdateRatings, ..entry.clone() }),
        OutboxKind::Notice | OutboxKind::InviteReviews => is_news.then(|| entry.clone()),
        OutboxKind::AuthorisePayment | OutboxKind::SettlePayment | OutboxKind::Reminder => None,
    }
}

fn start(story: &Story, now: Timestamp) -> Timestamp {
    match story.start {
        When::Quarter(quarters) => quarter(now, quarters),
        When::Day(days, clock) => {
            let zone = story.spot.zone;
            let day = now.plus_hours(24 * days).local_field(zone);
            let date = day.split('T').next().unwrap_or_default();
            time::parse(&format!("{date}T{clock}"), zone).unwrap_or(now.plus_hours(24 * days))
        }
    }
}

/// So many quarters of an hour after the last full one.
pub(super) fn quarter(now: Timestamp, quarters: i64) -> Timestamp {
    Timestamp((now.0.div_euclid(QUARTER_MILLIS) + quarters) * QUARTER_MILLIS)
}

fn instant(at: At, start: Timestamp, now: Timestamp, due: Timestamp) -> Timestamp {
    match at {
        At::Ago(minutes) => now.plus_minutes(-minutes),
        At::Before(minutes) => start.plus_minutes(-minutes),
        At::After(minutes) => start.plus_minutes(minutes),
        At::Due => due,
    }
}

fn raw_inputs(step: &Step, booking: &Booking) -> BTreeMap<String, String> {
    let text = |(name, text): &(&str, &str)| {
        // A new start is written as days after the old one.
        let moved =
            text.parse().map(|days: i64| booking.state.starts_at.plus_hours(24 * days).local_field(&booking.zone));
        let text = if *name == "starts_at" { moved.unwrap_or_default() } else { (*text).into() };
        ((*name).into(), text)
    };
    // Whoever started got the code.
    let code =
        booking.start_code.clone().filter(|_| step.action == "start").map(|code| ("start_code".to_owned(), code));
    step.inputs.iter().map(text).chain(code).collect()
}

pub(super) fn party(person: &Person) -> Party {
    Party { id: person.id().to_hex(), name: person.name.into() }
}

fn actor(role: Role, person: &Person) -> Actor {
    Actor { role, id: person.id().to_hex(), name: person.name.into() }
}

/// Four digits, the same in every demo.
fn start_code(id: ObjectId) -> String {
    id.bytes().iter().take(4).map(|byte| char::from(b'0' + byte % 10)).collect()
}

/// Of the form of every reference, and the same in every demo.
fn reference(id: ObjectId) -> String {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let character = |byte: &u8| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]);
    format!("GS-{}", id.bytes().iter().take(6).map(character).collect::<String>())
}

#[cfg(test)]
mod tests;
