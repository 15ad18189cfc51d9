//! What happens outside the booking afterwards. Here it is only data: entries of the outbox.

use super::aggregate::{Role, State};
use super::case::Case;
use super::outbox::{Addressee, OutboxEntry, OutboxKind, OutboxStatus};
use crate::booking::status::Status;

/// Something to be done after the booking has been written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Notify the customer.
    TellCustomer,
    /// Notify the provider.
    TellProvider,
    /// Notify the party that did not act; both, when neither did.
    TellOther,
    /// Notify the admins.
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

/// The outbox entries of an action's effects for the state it led to.
pub fn outbox(effects: &[Effect], action_name: &str, case: &Case, after: &State, version: i64) -> Vec<OutboxEntry> {
    let booking = case.booking;
    let account = |id: &str| Some(Addressee::Account(id.into()));
    let mut wanted: Vec<(OutboxKind, Option<Addressee>)> = Vec::new();
    for effect in effects {
        match effect {
            Effect::TellCustomer => wanted.push((OutboxKind::Notice, account(&booking.customer.id))),
            Effect::TellProvider => wanted.push((OutboxKind::Notice, account(&booking.provider.id))),
            Effect::TellOther => {
                wanted.extend(others(case).into_iter().map(|to| (OutboxKind::Notice, account(to))));
            }
            Effect::TellAdmins => wanted.push((OutboxKind::Notice, Some(Addressee::Admins))),
            Effect::AuthorisePayment => wanted.push((OutboxKind::AuthorisePayment, None)),
            Effect::SettlePayment => {
                if after.split.is_some() {
                    wanted.push((OutboxKind::SettlePayment, None));
                }
            }
            Effect::Strike => {
                if lets_down(case.actor.role, after) {
                    wanted.push((OutboxKind::Strike, account(&booking.provider.id)));
                }
            }
            Effect::InviteReviews => wanted.push((OutboxKind::InviteReviews, None)),
            Effect::UpdateRatings => {
                if counts(after) != counts(&booking.state) {
                    wanted.push((OutboxKind::UpdateRatings, None));
                }
            }
        }
    }
    let entry = |(n, (kind, to)): (usize, (OutboxKind, Option<Addressee>))| OutboxEntry {
        key: format!("{}:{version}:{n}", booking.id),
        kind,
        to,
        action_name: action_name.into(),
        at: case.now,
        status: OutboxStatus::Pending,
    };
    wanted.into_iter().enumerate().map(entry).collect()
}

/// Whether an action that can count against a provider's reliability does: they took it themselves, or it is about a no-show of
/// theirs.
pub fn lets_down(actor: Role, after: &State) -> bool {
    let provider_absent = after.no_show.as_ref().is_some_and(|report| report.by == Role::Customer);
    provider_absent || actor == Role::Provider
}

/// What a booking adds to its provider's ratings: whether it was completed, and the stars that everybody may see.
fn counts(state: &State) -> (bool, Option<u8>) {
    (state.status == Status::Completed, state.public_review(Role::Customer).map(|review| review.stars))
}

fn others<'a>(case: &Case<'a>) -> Vec<&'a str> {
    let booking = case.booking;
    [Role::Customer, Role::Provider]
        .into_iter()
        .filter(|role| *role != case.actor.role)
        .filter_map(|role| booking.party(role))
        .map(|party| party.id.as_str())
        .collect()
}
