//! What actions change in the state, beside the status.

use super::aggregate::{Change, CompletedBy, Dispute, Evidence, Hold, NoShow, Offer, Quote, Review, Role, State};
use super::case::Case;
use super::fields::Field;
use super::policy;
use super::terms::Policy;

/// A change of the state, named after what it records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after what it records; `apply` is the whole of it")]
pub enum Update {
    Ask,
    ListPrice,
    HoldIfWanted,
    HoldFirmly,
    Release,
    Agree,
    AddQuote,
    CancelWithFee,
    RefundAll,
    OpenChange,
    MoveToChange,
    CloseChange,
    Start,
    MarkDone,
    MarkUnattended,
    AskForFix,
    ReportNoShow,
    UndoNoShow,
    SettleNoShow,
    OpenDispute,
    AddOffer,
    AddEvidence,
    CompleteAs(CompletedBy),
    AddReview,
    EditReview,
    Reply,
    PublishReviews,
    HideReview,
    UnhideReview,
}

impl Update {
    /// Applies it to `state`, which starts as a copy of the asked booking's.
    pub fn apply(self, state: &mut State, case: &Case) {
        let Case { booking, actor, inputs, now, .. } = *case;
        let before = &booking.state;
        let by = actor.role;
        match self {
            Update::Ask => state.requested_at = Some(now),
            Update::ListPrice => state.price = booking.listed_price(),
            Update::HoldIfWanted => {
                state.hold = if booking.service.holds_requests { Hold::Soft } else { Hold::Free };
            }
            Update::HoldFirmly => state.hold = Hold::Firm,
            Update::Release => {
                state.hold = Hold::Free;
                state.change = None;
            }
            Update::Agree => {
                state.accepted_at = Some(now);
                state.policy = Some(Policy::CURRENT);
            }
            Update::AddQuote => {
                if let Some(amount) = inputs.amount(Field::Amount) {
                    state.price = Some(amount);
                    state.quotes.push(Quote { by, amount, at: now });
                }
            }
            Update::CancelWithFee => state.split = policy::cancellation(booking, by, now),
            Update::RefundAll => state.split = state.price.map(policy::refund_all),
            Update::OpenChange => {
                if let Some(starts_at) = inputs.starts_at {
                    let ends_at = starts_at.plus_minutes(booking.planned_minutes());
                    state.change = Some(Change { by, starts_at, ends_at, at: now });
                    *state.changes_proposed.entry(by.name().into()).or_default() += 1;
                }
            }
            Update::MoveToChange => {
                if let Some(change) = state.change.take() {
                    state.fee_anchor = policy::anchor_after_move(booking, now);
                    (state.starts_at, state.ends_at) = (change.starts_at, change.ends_at);
                }
            }
            Update::CloseChange => state.change = None,
            Update::Start => state.started_at = Some(now),
            Update::MarkDone => {
                state.done_at = Some(now);
                state.final_amount = inputs.amount(Field::FinalAmount);
            }
            Update::MarkUnattended => {
                state.done_at = Some(now);
                state.unattended = true;
            }
            Update::AskForFix => {
                state.fixes += 1;
                state.fix_asked_at = Some(now);
                state.done_at = None;
                state.unattended = false;
                state.final_amount = None;
            }
            Update::ReportNoShow => {
                let absent = by.other_party().unwrap_or(Role::Customer);
                if let Some(split) = policy::no_show(booking, absent) {
                    state.no_show = Some(NoShow { by, at: now, split, settled_at: None });
                }
                *state.no_shows_reported.entry(by.name().into()).or_default() += 1;
            }
            Update::UndoNoShow => state.no_show = None,
            Update::SettleNoShow => {
                if let Some(report) = state.no_show.as_mut() {
                    report.settled_at = Some(now);
                    state.split = Some(report.split);
                }
            }
            Update::OpenDispute => {
                let topic = inputs.text(Field::Topic).map(Into::into);
                state.dispute = Some(Dispute { by, at: now, topic, offers: Vec::new(), evidence: Vec::new() });
                state.completed_at = None;
                state.completed_by = None;
                state.split = None;
            }
            Update::AddOffer => {
                if let (Some(refund), Some(dispute)) = (inputs.amount(Field::RefundAmount), state.dispute.as_mut()) {
                    dispute.offers.push(Offer { by, refund, at: now });
                }
            }
            Update::AddEvidence => {
                if let Some(dispute) = state.dispute.as_mut() {
                    dispute.evidence.push(Evidence { by, at: now, photos: inputs.photos.clone() });
                }
            }
            Update::CompleteAs(completed_by) => {
                state.completed_at = Some(now);
                state.completed_by = Some(completed_by);
                state.split = before.price.map(|price| {
                    let refund = match completed_by {
                        CompletedBy::Settlement => before.open_offer().map(|offer| offer.refund),
                        CompletedBy::Ruling => inputs.amount(Field::RefundAmount),
                        CompletedBy::Customer | CompletedBy::Clock => before.final_amount.map(|last| price.minus(last)),
                    };
                    policy::keep(price, price.minus(refund.unwrap_or(price.zero())))
                });
            }
            Update::AddReview | Update::EditReview => {
                if let Some(stars) = inputs.stars {
                    let text = inputs.text(Field::Text).map(Into::into);
                    state.reviews.insert(by.name().into(), Review { stars, text, at: now, reply: None, hidden: None });
                    if state.reviews.len() == 2 {
                        state.reviews_published_at = Some(now);
                    }
                }
            }
            Update::Reply => {
                let author = by.other_party().map_or("", Role::name);
                if let Some(review) = state.reviews.get_mut(author) {
                    review.reply = inputs.text(Field::Text).map(Into::into);
                }
            }
            Update::PublishReviews => state.reviews_published_at = Some(now),
            Update::HideReview | Update::UnhideReview => {
                if let Some(review) = inputs.side().and_then(|side| state.reviews.get_mut(side.name())) {
                    let reason = inputs.text(Field::Reason).filter(|_| self == Update::HideReview);
                    review.hidden = reason.map(Into::into);
                }
            }
        }
    }
}
