//! What became of an application: an append-only chain of events. Pure: values in, values out.

use std::collections::BTreeMap;

use serde_json::{Value, json};

pub use super::event::{ActingAs, ProviderEvent};
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
mod tests {
    use super::*;
    use crate::provider::onboarding::{Standing, decide, row};
    use mongodb::bson::oid::ObjectId;

    fn account() -> Account {
        Account {
            id: ObjectId::from_bytes([1; 12]),
            email: "aroha@demo.test".into(),
            name: "Aroha".into(),
            password_hash: String::new(),
            is_admin: false,
            email_verified: true,
            phone: Some("+64 21 555 0142".into()),
            address: None,
            place: None,
            zone: "Pacific/Auckland".into(),
            created_at: Timestamp(0),
        }
    }

    fn act(before: &Provider, action: &str, submission: Submission) -> Provider {
        let row = row(action).unwrap();
        let part = if row.by_admin { Part::Admin { own: false } } else { Part::Applicant };
        let standing = if before.history.is_empty() { Standing::NONE } else { before.standing() };
        let to = decide(&standing, part, row, &submission.message).unwrap();
        apply(before, row, to, submission, &Actor { part, id: "1".into(), name: "Somebody".into() }, Timestamp(1))
    }

    /// An application on its whole way.
    fn approved() -> Provider {
        let base = crate::domain::places::resolve("Te Aro").unwrap().place("12 Tory Street");
        let details = Details {
            trading_name: "Ngata Gardens".into(),
            about: String::new(),
            phone: "+64 21 555 0142".into(),
            business_number: "9429000000017".into(),
            base,
            zone: "Pacific/Auckland".into(),
        };
        let provider = act(&blank(&account(), Timestamp(0)), "choose_provider", Submission::default());
        let provider = act(&provider, "save_details", Submission { details: Some(details), ..Submission::default() });
        let provider =
            act(&provider, "save_payout", Submission { payout: Some("direct".into()), ..Submission::default() });
        let provider = act(&provider, "submit", Submission::default());
        let provider =
            act(&provider, "ask_more", Submission { message: " Which licence?\n".into(), ..Submission::default() });
        let provider =
            act(&provider, "answer_more", Submission { message: "None needed.".into(), ..Submission::default() });
        act(&provider, "approve", Submission::default())
    }

    #[test]
    fn the_whole_way_is_a_chain_whose_fold_is_the_provider() {
        let provider = approved();
        assert!(provider.takes_requests());
        assert_eq!(provider.version, 7);
        assert_eq!(provider.history[4].reason.as_deref(), Some("Which licence?"));
        assert_eq!(verify(&provider), Ok(()));
    }

    #[test]
    fn nothing_of_a_history_can_be_altered_unnoticed() {
        let whole = approved();
        let altered = |change: fn(&mut Provider)| {
            let mut provider = whole.clone();
            change(&mut provider);
            verify(&provider)
        };
        assert_eq!(altered(|it| _ = it.history.remove(2)), Err(Fault::Gap { expected: 3 }));
        assert_eq!(altered(|it| it.history[4].reason = None), Err(Fault::BrokenChain { seq: 5 }));
        assert_eq!(altered(|it| it.history[6].actor_name = "Another".into()), Err(Fault::BrokenChain { seq: 7 }));
        assert_eq!(altered(|it| it.business_number = "9429000000024".into()), Err(Fault::StateDiffers));
        assert_eq!(altered(|it| it.status = ProviderStatus::Suspended), Err(Fault::StateDiffers));
        assert_eq!(altered(|it| it.reliability.completed = 5), Ok(()));
    }

    #[test]
    fn what_the_account_says_is_not_asked_again() {
        let provider = blank(&account(), Timestamp(0));
        assert_eq!((provider.phone.as_str(), provider.zone.as_str()), ("+64 21 555 0142", "Pacific/Auckland"));
    }
}
