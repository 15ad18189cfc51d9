//! The conditions of the table. Each has a denial code, words, and where time cures it, an instant.

use std::collections::BTreeMap;

use super::aggregate::{Booking, CompletedBy, Hold, Role};
use super::case::{Case, Denial};
use super::clocks::{CONTEST_HOURS, Clock, HOURS_BEFORE_START, REVIEW_DAYS};
use super::fields::{Field, MAX_DAYS_AHEAD};
use crate::domain::limit::times;
use crate::domain::price::PriceTerms;
use crate::time::Timestamp;

/// Most open requests of one customer with one provider.
pub const MAX_OPEN_REQUESTS: u32 = 3;
/// Most prices each side may name.
pub const MAX_QUOTES: usize = 5;
/// Most proposals of another time a side.
pub const MAX_CHANGES: u32 = 3;
/// Most fixes a customer may ask for.
pub const MAX_FIXES: u32 = 2;
/// Most no-show reports a side.
pub const MAX_NO_SHOWS: u32 = 2;
/// Most settlement offers a side.
pub const MAX_OFFERS: usize = 3;
/// Most pieces of evidence a side.
pub const MAX_EVIDENCE: usize = 10;
/// Most wrong codes for the start of a booking, ever: of 10,000 codes they find one in 2,000.
pub const MAX_CODE_TRIES: i32 = 5;

/// A condition of a row or a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after what must hold; `check` says it in words")]
pub enum Guard {
    EmailVerified,
    ProfileComplete,
    ProviderActive,
    NotOwnService,
    LeadTime,
    InsideArea,
    WithinHours,
    SlotFree,
    FewOpenRequests,
    InstantAllowed,
    FixedPrice,
    PriceKnown,
    BeforeStart,
    QuotesLeft,
    QuoteOpen,
    NoChangeOpen,
    ChangesLeft,
    NewTimeSensible,
    NewTimeFree,
    OutsideNotice,
    TimeToAnswerChange,
    ChangeStillOpen,
    StartWindow,
    CodeTriesLeft,
    CodeRight,
    AtMostAgreed(Field),
    FixesLeft,
    NoShowWindow,
    NoShowsLeft,
    NotSettled,
    ContestWindow,
    ClockCompleted,
    AfterCompletionWindow,
    OffersLeft,
    EvidenceLeft,
    NoInterest,
    ReviewWindow,
    NotReviewed,
    StillSealed,
    NotReplied,
    ReviewShown,
    ReviewHidden,
    Due,
}

/// When a guard's time begins and ends, half-open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// From here on, if it has a beginning.
    pub opens: Option<Timestamp>,
    /// Until just before here, if it has an end.
    pub closes: Option<Timestamp>,
}

/// How much of something somebody has had, and the most that there is.
struct Count {
    used: usize,
    most: usize,
    code: &'static str,
    /// What is said when nothing is left, of the most.
    sentence: fn(usize) -> String,
}

const fn until(closes: Option<Timestamp>) -> Option<Window> {
    Some(Window { opens: None, closes })
}

impl Guard {
    /// The time within which the guard holds, for guards that time alone decides.
    pub fn window(self, booking: &Booking, clock: Option<Clock>) -> Option<Window> {
        let state = &booking.state;
        let start = state.starts_at;
        match self {
            Guard::LeadTime => {
                let lead = booking.service.lead_time_minutes.max(HOURS_BEFORE_START * 60);
                until(Some(start.plus_minutes(-lead)))
            }
            Guard::BeforeStart => until(Some(start)),
            Guard::QuoteOpen => until(Clock::Answer.due(booking)),
            Guard::OutsideNotice => until(Some(start.plus_minutes(-booking.service.notice_minutes))),
            Guard::TimeToAnswerChange => until(Some(start.plus_hours(-HOURS_BEFORE_START))),
            Guard::ChangeStillOpen => until(Clock::Change.due(booking)),
            Guard::StartWindow => {
                Some(Window { opens: Some(start.plus_minutes(-30)), closes: Some(state.ends_at.plus_hours(24)) })
            }
            Guard::NoShowWindow => {
                Some(Window { opens: Some(start.plus_minutes(15)), closes: Some(start.plus_hours(24)) })
            }
            Guard::ContestWindow => until(state.no_show.as_ref().map(|report| report.at.plus_hours(CONTEST_HOURS))),
            Guard::AfterCompletionWindow => until(state.completed_at.map(|at| at.plus_hours(72))),
            Guard::ReviewWindow => until(state.completed_at.map(|at| at.plus_hours(24 * REVIEW_DAYS))),
            Guard::Due => Some(Window { opens: clock.and_then(|clock| clock.due(booking)), closes: None }),
            _ => None,
        }
    }

    /// Why the guard fails, or `None` when it holds.
    pub fn check(self, case: &Case) -> Option<Denial> {
        if let Some(window) = self.window(case.booking, case.clock) {
            if self == Guard::Due && window.opens.is_none() {
                let message = "This happens by itself, and there is nothing to wait for.".into();
                return Some(Denial { code: "not_due", message, retry_at: None, field: None });
            }
            return self.check_time(window, case);
        }
        if let Some(count) = self.count(case) {
            let message = || (count.sentence)(count.most);
            return (count.used >= count.most).then(|| Denial::new(count.code, message()));
        }
        let (holds, code, message) = self.check_state(case);
        (!holds).then(|| Denial { code, message: message.into(), retry_at: None, field: self.field() })
    }

    /// The code with which it denies, whether or not it does.
    pub fn code(self, case: &Case) -> &'static str {
        let never = Window { opens: Some(Timestamp(i64::MAX)), closes: None };
        match self.window(case.booking, case.clock) {
            Some(_) => self.check_time(never, case).map_or("", |denial| denial.code),
            None => self.count(case).map_or_else(|| self.check_state(case).1, |count| count.code),
        }
    }

    /// The field whose value the guard is about, so that the person can mend it.
    fn field(self) -> Option<&'static str> {
        match self {
            Guard::NewTimeSensible => Some(Field::StartsAt.name()),
            Guard::AtMostAgreed(field) => Some(field.name()),
            Guard::CodeRight => Some(Field::StartCode.name()),
            Guard::ReviewShown | Guard::ReviewHidden => Some(Field::Side.name()),
            _ => None,
        }
    }

    fn check_time(self, window: Window, case: &Case) -> Option<Denial> {
        let zone = &case.booking.zone;
        let early = window.opens.filter(|opens| case.now < *opens);
        let late = window.closes.filter(|closes| case.now >= *closes);
        let (code, early_message, late_message) = match self {
            Guard::LeadTime => ("too_short_notice", "", "This had to be sent before"),
            Guard::BeforeStart => ("already_started", "", "This was possible until the start,"),
            Guard::QuoteOpen => ("quote_expired", "", "The quote was open until"),
            Guard::OutsideNotice => ("inside_notice", "", "You could propose another time until"),
            Guard::TimeToAnswerChange => ("too_late_to_change", "", "Another time could be proposed until"),
            Guard::ChangeStillOpen => ("change_lapsed", "", "The proposal was open until"),
            Guard::StartWindow => ("outside_start_window", "You can start from", "You could start until"),
            Guard::NoShowWindow => {
                ("outside_no_show_window", "You can report this from", "You could report this until")
            }
            Guard::ContestWindow => ("contest_over", "", "You could contest the report until"),
            Guard::AfterCompletionWindow => ("dispute_window_over", "", "You could open a dispute until"),
            Guard::ReviewWindow => ("review_window_over", "", "You could leave a review until"),
            _ => ("not_due", "This happens by itself at", ""),
        };
        let denial = |message: &str, at: Timestamp, retry_at| Denial {
            code,
            message: format!("{message} {}.", at.text(zone)),
            retry_at,
            field: None,
        };
        early.map(|at| denial(early_message, at, Some(at))).or_else(|| late.map(|at| denial(late_message, at, None)))
    }

    /// What has been given of something that there are only so many of, for guards that a number alone decides.
    fn count(self, case: &Case) -> Option<Count> {
        let state = &case.booking.state;
        let by = case.actor.role;
        let of = |counts: &BTreeMap<String, u32>| counts.get(by.name()).copied().unwrap_or(0) as usize;
        let dispute = state.dispute.as_ref();
        let mine = |by_whom: &[Role]| by_whom.iter().filter(|role| **role == by).count();
        let (used, most, code, sentence): (usize, usize, &'static str, fn(usize) -> String) = match self {
            Guard::FewOpenRequests => {
                (case.facts.open_requests as usize, MAX_OPEN_REQUESTS as usize, "too_many_requests", |most| {
                    format!("You have {most} open requests with this provider. Wait for an answer first.")
                })
            }
            Guard::QuotesLeft => (state.quotes_by(by), MAX_QUOTES, "no_quotes_left", |most| {
                format!("You have named {most} prices, the most for one booking.")
            }),
            Guard::ChangesLeft => (of(&state.changes_proposed), MAX_CHANGES as usize, "no_changes_left", |most| {
                format!("You have proposed {most} other times, the most for one booking.")
            }),
            Guard::FixesLeft => (state.fixes as usize, MAX_FIXES as usize, "no_fixes_left", |most| {
                format!("You have asked for {most} fixes. You can confirm or open a dispute.")
            }),
            Guard::NoShowsLeft => (of(&state.no_shows_reported), MAX_NO_SHOWS as usize, "no_reports_left", |most| {
                format!("You have reported this {}, the most for one booking.", times(most))
            }),
            Guard::OffersLeft => {
                let offers: Vec<Role> = dispute.into_iter().flat_map(|it| &it.offers).map(|offer| offer.by).collect();
                (mine(&offers), MAX_OFFERS, "no_offers_left", |most| {
                    format!("You have made {most} offers, the most for one dispute.")
                })
            }
            Guard::EvidenceLeft => {
                let used: Vec<Role> = dispute.into_iter().flat_map(|it| &it.evidence).map(|one| one.by).collect();
                (mine(&used), MAX_EVIDENCE, "no_evidence_left", |most| {
                    format!("You have added evidence {}, the most for one dispute.", times(most))
                })
            }
            _ => return None,
        };
        Some(Count { used, most, code, sentence })
    }

    /// Whether it holds, its denial code, and what to say when it does not.
    fn check_state(self, case: &Case) -> (bool, &'static str, &'static str) {
        let Case { booking, actor, inputs, facts, now, .. } = case;
        let slot_free = facts.slot_free;
        let state = &booking.state;
        let role = actor.role.name();
        match self {
            Guard::EmailVerified => (facts.email_verified, "email_not_verified", "Confirm your e-mail address first."),
            Guard::ProfileComplete => {
                (facts.profile_complete, "profile_incomplete", "Complete your profile first: name, phone, address.")
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
                (free, "slot_taken", "That time has been taken by another booking. Propose another time.")
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
                let message = "Choose another time than now, more than 2 hours and less than a year ahead.";
                (sensible, "new_time_not_possible", message)
            }
            Guard::NewTimeFree => {
                (facts.new_time_free, "slot_taken", "The provider is not free then. Choose another time.")
            }
            Guard::CodeTriesLeft => {
                let left = booking.start_code.is_none() || facts.code_tries_left;
                let message =
                    "The code was wrong 5 times. Ask the customer to press \"Work has started\" on their page.";
                (left, "no_code_tries_left", message)
            }
            // Without a try left nobody learns whether a code would have been right.
            Guard::CodeRight if booking.start_code.is_none() || !facts.code_tries_left => (true, "", ""),
            Guard::CodeRight => match inputs.text(Field::StartCode) {
                None => (false, "missing_code", "Ask the customer for the 4-digit code. They see it on their page."),
                typed => {
                    let right = typed == booking.start_code.as_deref();
                    (right, "wrong_code", "This is not the customer's code. After 5 wrong ones only they can confirm.")
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
