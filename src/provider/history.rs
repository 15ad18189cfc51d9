//! What became of an application: an append-only chain of events. Pure: values in, values out.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::feed::Feeds;
use super::model::Provider;
use super::onboarding::{Part, Row, Transition};
use super::week::ordinary_week;
use crate::account::model::Account;
use crate::domain::chain::{Fault, FieldChange, digest};
use crate::domain::place::Place;
use crate::domain::rating::{Rating, Reliability};
use crate::domain::standing::ProviderStatus;
use crate::time::Timestamp;

pub use super::event::{ActingAs, ProviderEvent};

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// In which part.
    pub part: Part,
    /// Whose account.
    pub id: String,
    /// Under which name.
    pub name: String,
}

/// What an action writes beside the status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    /// Who they are.
    pub details: Option<Details>,
    /// What may change without a new approval: what they say about themselves, and their phone.
    pub profile: Option<(String, String)>,
    /// How they are paid.
    pub payout: Option<String>,
    /// What was said with it.
    pub message: String,
}

/// Who somebody is as a business, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// The name of the business.
    pub trading_name: String,
    /// What they say about themselves.
    pub about: String,
    /// With country code.
    pub phone: String,
    /// NZBN or ABN, digits only.
    pub business_number: String,
    /// The business address.
    pub base: Place,
    /// The IANA zone of the address.
    pub zone: String,
}

/// A provider who has not begun: what the account says already is taken over.
pub fn blank(account: &Account, now: Timestamp) -> Provider {
    Provider {
        id: account.id,
        trading_name: String::new(),
        about: String::new(),
        phone: account.phone.clone().unwrap_or_default(),
        business_number: String::new(),
        base: account.place.clone(),
        zone: account.zone.clone(),
        payout: None,
        status: ProviderStatus::Details,
        active: true,
        week: ordinary_week(),
        exceptions: Vec::new(),
        busy: Vec::new(),
        feeds: Feeds::default(),
        rating: Rating::default(),
        reliability: Reliability::default(),
        version: 0,
        created_at: now,
        history: Vec::new(),
    }
}

/// The provider after a transition, with its event at the end of the history.
pub fn apply(
    before: &Provider,
    row: &Row,
    to: Transition,
    submission: Submission,
    actor: &Actor,
    now: Timestamp,
) -> Provider {
    let mut after = before.clone();
    if let Some(details) = submission.details {
        let Details { trading_name, about, phone, business_number, base, zone } = details;
        after = Provider { trading_name, about, phone, business_number, base: Some(base), zone, ..after };
    }
    if let Some((about, phone)) = submission.profile {
        after = Provider { about, phone, ..after };
    }
    after.payout = submission.payout.or(after.payout);
    after.status = to.to;
    after.active = to.active;
    after.version = before.version + 1;
    let reason = submission.message.trim();
    let event = ProviderEvent {
        seq: before.history.last().map_or(1, |last| last.seq + 1),
        at: now,
        action_name: row.action_name.into(),
        actor: if row.by_admin { ActingAs::Admin } else { ActingAs::Applicant },
        actor_id: actor.id.clone(),
        actor_name: actor.name.clone(),
        from: to.from,
        to: to.to,
        note: row.note.into(),
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        changes: diff((!before.history.is_empty()).then_some(before), &after),
        hash: String::new(),
        prev_hash: before.history.last().map_or(String::new(), |last| last.hash.clone()),
    };
    let hash = digest(&event);
    after.history.push(ProviderEvent { hash, ..event });
    after
}

/// Checks a history: no gap, every hash right, and the provider is its fold.
///
/// # Errors
/// The first fault.
pub fn verify(provider: &Provider) -> Result<(), Fault> {
    let mut folded: BTreeMap<String, Value> = BTreeMap::new();
    let mut previous = "";
    for (expected, event) in (1..).zip(&provider.history) {
        if event.seq != expected {
            return Err(Fault::Gap { expected });
        }
        if event.prev_hash != previous || event.hash != digest(event) {
            return Err(Fault::BrokenChain { seq: event.seq });
        }
        folded.extend(event.changes.iter().map(|(name, change)| (name.clone(), change.new.clone())));
        previous = &event.hash;
    }
    if folded == fields(provider) { Ok(()) } else { Err(Fault::StateDiffers) }
}

fn diff(before: Option<&Provider>, after: &Provider) -> BTreeMap<String, FieldChange> {
    let before = before.map(fields).unwrap_or_default();
    let changed = fields(after).into_iter().filter_map(|(name, new)| {
        let old = before.get(&name).cloned().unwrap_or(Value::Null);
        (before.is_empty() || old != new).then_some((name, FieldChange { old, new }))
    });
    changed.collect()
}

/// What an application says; not the week, the stars and the like, which live on without one.
fn fields(provider: &Provider) -> BTreeMap<String, Value> {
    let fields = json!({
        "trading_name": provider.trading_name,
        "about": provider.about,
        "phone": provider.phone,
        "business_number": provider.business_number,
        "base": provider.base,
        "payout": provider.payout,
        "status": provider.status,
        "active": provider.active,
    });
    match fields {
        Value::Object(fields) => fields.into_iter().collect(),
        _ => BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests;
