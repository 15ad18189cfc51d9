//! What happens outside the booking afterwards. Here it is only data: entries of the outbox.

use serde::{Deserialize, Serialize};

use super::Ask;
use super::aggregate::{Role, State};
use super::status::Status;
use crate::time::Timestamp;

/// Something to be done after the booking has been written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Tell the customer.
    TellCustomer,
    /// Tell the provider.
    TellProvider,
    /// Tell the party that did not act; both, when neither did.
    TellOther,
    /// Tell the admins.
    TellAdmins,
    /// Make sure that the agreed price can be paid.
    AuthorisePayment,
    /// Pay and refund as the booking's split says.
    SettlePayment,
    /// The provider let the customer down: their reliability falls, so what they have earned is counted anew.
    Strike,
    /// Ask both sides for a review.
    InviteReviews,
    /// Counted anew what the provider has earned, if a job was completed or what everybody can read has changed.
    UpdateRatings,
}

/// One entry of the outbox: done at least once, and once only by its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxEntry {
    /// The idempotency key: `booking:version:n`; of a reminder, `booking:kind:instant:role`.
    pub key: String,
    /// `notice`, `authorise_payment`, `settle_payment`, `strike`, `invite_reviews` or `update_ratings`; and `reminder`,
    /// which follows from no action but from the time.
    pub kind: String,
    /// Whom a notice is for: an account's id, or `admins`.
    pub to: Option<String>,
    /// The action it follows from, or the kind of a reminder.
    pub action_name: String,
    /// When that was; the instant of a reminder.
    pub at: Timestamp,
    /// `pending`; or `dead`, when it was given up. What has been done is kept no longer.
    pub status: String,
}

/// The outbox entries of a row for the state it led to.
pub fn outbox(ask: &Ask, after: &State, version: i64) -> Vec<OutboxEntry> {
    let booking = ask.booking;
    let (customer, provider) = (booking.customer.id.as_str(), booking.provider.id.as_str());
    let mut wanted: Vec<(&str, Option<&str>)> = Vec::new();
    for effect in ask.row.effects {
        match effect {
            Effect::TellCustomer => wanted.push(("notice", Some(customer))),
            Effect::TellProvider => wanted.push(("notice", Some(provider))),
            Effect::TellOther => {
                wanted.extend(others(ask).into_iter().map(|to| ("notice", Some(to))));
            }
            Effect::TellAdmins => wanted.push(("notice", Some("admins"))),
            Effect::AuthorisePayment => wanted.push(("authorise_payment", None)),
            Effect::SettlePayment => {
                if after.split.is_some() {
                    wanted.push(("settle_payment", None));
                }
            }
            Effect::Strike => {
                let absent = after.no_show.as_ref().is_some_and(|report| report.by == Role::Customer);
                if absent || ask.actor.role == Role::Provider {
                    wanted.push(("strike", Some(provider)));
                }
            }
            Effect::InviteReviews => wanted.push(("invite_reviews", None)),
            Effect::UpdateRatings => {
                if counts(after) != counts(&booking.state) {
                    wanted.push(("update_ratings", None));
                }
            }
        }
    }
    let entry = |(n, (kind, to)): (usize, (&str, Option<&str>))| OutboxEntry {
        key: format!("{}:{version}:{n}", booking.id),
        kind: kind.into(),
        to: to.map(Into::into),
        action_name: ask.row.action_name.into(),
        at: ask.now,
        status: "pending".into(),
    };
    wanted.into_iter().enumerate().map(entry).collect()
}

/// What a booking adds to its provider's ratings: whether it was completed, and the stars that everybody may see.
fn counts(state: &State) -> (bool, Option<u8>) {
    (state.status == Status::Completed, state.public_review(Role::Customer).map(|review| review.stars))
}

fn others<'a>(ask: &Ask<'a>) -> Vec<&'a str> {
    let booking = ask.booking;
    [Role::Customer, Role::Provider]
        .into_iter()
        .filter(|role| *role != ask.actor.role)
        .filter_map(|role| booking.party(role))
        .map(|party| party.id.as_str())
        .collect()
}
