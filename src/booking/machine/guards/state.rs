//! The guards that the booking, the person or what was typed decides.

use super::{Guard, MAX_CODE_TRIES, PROFILE_INCOMPLETE, SLOT_TAKEN};
use crate::booking::machine::aggregate::{CompletedBy, Hold, Role};
use crate::booking::machine::case::Case;
use crate::booking::machine::clocks::HOURS_BEFORE_START;
use crate::booking::machine::fields::{CODE_DIGITS, Field, MAX_DAYS_AHEAD};
use crate::domain::limit::sentence;
use crate::domain::price::PriceTerms;

impl Guard {
    /// Whether it holds, its denial code, and what to say when it does not.
    pub(super) fn check_state(self, case: &Case) -> (bool, &'static str, &'static str) {
        let Case { booking, actor, inputs, facts, now, .. } = case;
        let slot_free = facts.slot_free;
        let state = &booking.state;
        let role = actor.role.name();
        match self {
            Guard::EmailVerified => (facts.email_verified, "email_not_verified", "Confirm your e-mail address first."),
            Guard::ProfileComplete => {
                (facts.profile_complete, PROFILE_INCOMPLETE, "Complete your profile first: name, phone, address.")
            }
            Guard::ProviderActive => {
                (facts.provider_active, "provider_inactive", "This provider takes no bookings at the moment.")
            }
            Guard::NotOwnService => {
                (booking.customer.id != booking.provider.id, "own_service", "You cannot book your own service.")
            }
            Guard::InsideArea => {
                (facts.inside_area, "outside_area", "The place lies outside the area of this service.")
            }
            Guard::WithinHours => {
                (facts.within_hours, "outside_hours", "The provider does not work then. Choose another time.")
            }
            Guard::SlotFree => {
                let free = state.hold != Hold::Free || slot_free;
                (free, SLOT_TAKEN, "That time has been taken by another booking. Propose another time.")
            }
            Guard::InstantAllowed => {
                (booking.service.instant, "not_instant", "This service cannot be booked without asking.")
            }
            Guard::FixedPrice => {
                let fixed = matches!(booking.service.price, PriceTerms::Fixed { .. });
                (fixed, "no_fixed_price", "Only a service with a fixed price can be booked without asking.")
            }
            Guard::PriceKnown => (state.price.is_some(), "no_price", "There is no price yet. Send a quote."),
            Guard::NoChangeOpen => {
                (state.change.is_none(), "change_open", "A proposed new time is open. It has to be answered first.")
            }
            Guard::NewTimeSensible => {
                let earliest = now.plus_hours(HOURS_BEFORE_START);
                let latest = now.plus_hours(24 * MAX_DAYS_AHEAD);
                let sensible = inputs.starts_at.is_none_or(|at| at > earliest && at < latest && at != state.starts_at);
                const { assert!(MAX_DAYS_AHEAD == 366, "the sentence says a year") };
                let words = sentence!(
                    "Choose another time than now, more than ",
                    HOURS_BEFORE_START,
                    " hours and less than a year ahead."
                );
                (sensible, "new_time_not_possible", words)
            }
            Guard::NewTimeFree => {
                (facts.new_time_free, SLOT_TAKEN, "The provider is not free then. Choose another time.")
            }
            Guard::CodeTriesLeft => {
                let left = booking.start_code.is_none() || facts.code_tries_left;
                let words = sentence!(
                    "The code was wrong ",
                    MAX_CODE_TRIES,
                    " times. Ask the customer to press \"Work has started\" on their page."
                );
                (left, "no_code_tries_left", words)
            }
            // Without a try left nobody learns whether a code would have been right.
            Guard::CodeRight if booking.start_code.is_none() || !facts.code_tries_left => (true, "", ""),
            Guard::CodeRight => match inputs.text(Field::StartCode) {
                None => {
                    let words =
                        sentence!("Ask the customer for the ", CODE_DIGITS, "-digit code. They see it on their page.");
                    (false, "missing_code", words)
                }
                typed => {
                    let right = typed == booking.start_code.as_deref();
                    let words = sentence!(
                        "This is not the customer's code. After ",
                        MAX_CODE_TRIES,
                        " wrong ones only they can confirm."
                    );
                    (right, "wrong_code", words)
                }
            },
            Guard::AtMostAgreed(field) => {
                let agreed = state.price.map_or(0, |price| price.amount);
                let within = inputs.amount(field).is_none_or(|amount| amount.amount <= agreed);
                (within, "more_than_agreed", "Give at most the agreed price.")
            }
            Guard::NotSettled => {
                let settled = state.no_show.as_ref().is_some_and(|report| report.settled_at.is_some());
                (!settled, "settled", "The no-show has been settled.")
            }
            Guard::ClockCompleted => {
                let clock = state.completed_by == Some(CompletedBy::Clock);
                (
                    clock,
                    "agreed_completion",
                    "This was completed by agreement or by a ruling, so it cannot be disputed.",
                )
            }
            Guard::NoInterest => {
                let party = [Role::Customer, Role::Provider].into_iter().filter_map(|role| booking.party(role));
                let own = party.into_iter().any(|party| party.id == actor.id);
                (!own, "has_interest", "This is your own booking. Another admin has to decide.")
            }
            Guard::NotReviewed => (!state.reviews.contains_key(role), "already_reviewed", "You have left your review."),
            Guard::StillSealed => (
                state.reviews_published_at.is_none(),
                "review_published",
                "The review is published and stays as it is.",
            ),
            Guard::NotReplied => {
                let author = actor.role.other_party().map_or("", Role::name);
                let replied = state.reviews.get(author).is_some_and(|review| review.reply.is_some());
                (!replied, "already_replied", "You have replied to this review.")
            }
            Guard::ReviewShown => {
                let shown = inputs.side().is_some_and(|side| state.public_review(side).is_some());
                (shown, "no_public_review", "There is no public review of that side.")
            }
            Guard::ReviewHidden => {
                let review = inputs.side().and_then(|side| state.published_review(side));
                let hidden = review.is_some_and(|review| review.hidden.is_some());
                (hidden, "no_hidden_review", "There is no hidden review of that side.")
            }
            _ => (true, "", ""),
        }
    }
}
