//! Prices named so far, the fee that grows, and the time that is proposed: what stands and until when, in words.

use super::{money, recorded, viewer_when};
use crate::booking::machine::aggregate::{Hold, Quote};
use crate::booking::machine::clocks::Clock;
use crate::booking::machine::history::Event;
use crate::booking::machine::policy::{self, FeeStep};
use crate::booking::machine::updates::Update;
use crate::booking::machine::{Booking, Role, Status};
use crate::booking::schema::{ChangeView, QuoteView};
use crate::time::Timestamp;

/// Every price in order, with who named it, when, the words that came with it, and what became of it.
pub fn quotes(booking: &Booking) -> Vec<QuoteView> {
    let quotes = &booking.state.quotes;
    // The first event lists every field of a fresh draft.
    let mut named = booking.history.iter().filter(|event| event.seq > 1 && event.changes.contains_key("quotes"));
    let mut next = quotes.iter().skip(1);
    let view = |quote: &Quote| {
        let next = next.next();
        let what = if quote.by == Role::Provider { "Quote from" } else { "Counter-offer from" };
        QuoteView {
            label: format!("{what} {}", name(booking, quote.by)),
            amount: money(quote.amount),
            at_text: quote.at.short_text(&booking.zone),
            message: named.next().and_then(|event| event.message.clone()),
            standing: next.map_or_else(|| last_stands(booking, quote), |next| was_followed(booking, quote, next)),
            current: next.is_none(),
        }
    };
    quotes.iter().map(view).collect()
}

fn was_followed(booking: &Booking, quote: &Quote, next: &Quote) -> String {
    if quote.by == next.by {
        return "Replaced by a newer one.".into();
    }
    format!("Answered by {} with {}.", name(booking, next.by), next.amount.text())
}

fn last_stands(booking: &Booking, quote: &Quote) -> String {
    let state = &booking.state;
    let until = Clock::Answer.due(booking).map_or(String::new(), |at| at.text(&booking.zone));
    match state.status {
        _ if state.accepted_at.is_some() => "Agreed.".into(),
        Status::Quoted => format!("On the table until {until}: {} can take it.", booking.customer.name),
        Status::Requested if quote.by == Role::Customer => {
            format!("On the table until {until}: {} can accept it.", booking.provider.name)
        }
        Status::Declined => "Declined.".into(),
        Status::Expired => "Not taken in time.".into(),
        _ => "No longer on the table.".into(),
    }
}

/// The proposed time beside the one that is booked, and that both are held.
pub fn change(booking: &Booking, viewer_zone: &str) -> Option<ChangeView> {
    let state = &booking.state;
    let change = state.change.as_ref()?;
    let zone = booking.zone.as_str();
    let until = Clock::Change.due(booking).map(|at| at.text(zone));
    let by = name(booking, change.by);
    let asked = change.by.other_party().map_or("", |role| name(booking, role));
    let held = if state.hold == Hold::Free { "The proposed time is held" } else { "Both times are held" };
    let proposed = |event: &&Event| recorded(event, Update::OpenChange);
    Some(ChangeView {
        by: by.into(),
        message: booking.history.iter().rev().find(proposed).and_then(|event| event.message.clone()),
        old_text: state.starts_at.text(zone),
        old_viewer_text: viewer_when(state.starts_at, zone, viewer_zone),
        new_text: change.starts_at.text(zone),
        new_viewer_text: viewer_when(change.starts_at, zone, viewer_zone),
        held_text: until.as_ref().map_or(String::new(), |until| {
            format!("{held} until {asked} answers, at the latest until {until}. Without an answer the booking stays as it is.")
        }),
        until_text: until,
    })
}

/// The policy in words, while it matters; once it is agreed, what cancelling costs from when on.
pub fn policy_text(booking: &Booking, now: Timestamp) -> Option<String> {
    let policy = booking.state.policy.unwrap_or(policy::Policy::CURRENT);
    match booking.state.status {
        Status::Draft | Status::Requested | Status::Quoted => Some(policy.text()),
        Status::Accepted => fees(booking, now).map(|steps| {
            let (customer, provider) = (&booking.customer.name, &booking.provider.name);
            format!("If {customer} cancels: {steps} If {provider} cancels or does not come, everything is refunded.")
        }),
        _ => None,
    }
}

/// How the customer's fee grows: `Free until Fri 4 Dec, 9:00 am NZDT; then $25.00 NZD until ...; then $50.00 NZD.`
pub fn fees(booking: &Booking, now: Timestamp) -> Option<String> {
    let steps = policy::fee_steps(booking, now);
    let mut parts = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        let until = steps.get(place + 1).map(|next| format!(" until {}", next.from.soon_text(&booking.zone)));
        parts.push(fee(step, place == 0, until.as_deref().unwrap_or_default()));
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
}

fn fee(step: &FeeStep, first: bool, until: &str) -> String {
    let then = if first { "" } else { "then " };
    match step.fee.amount {
        0 => format!("free{until}"),
        _ => format!("{then}{}{until}", step.fee.text()),
    }
}

fn name(booking: &Booking, role: Role) -> &str {
    booking.party(role).map_or("", |party| party.name.as_str())
}
