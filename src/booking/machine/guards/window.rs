//! The guards that time alone decides.

use super::Guard;
use crate::booking::machine::aggregate::Booking;
use crate::booking::machine::case::{Case, Denial};
use crate::booking::machine::clocks::{CONTEST_HOURS, Clock, HOURS_BEFORE_START, REVIEW_DAYS};
use crate::time::Timestamp;

/// Hours after a completion by the clock within which it can be disputed.
pub const DISPUTE_HOURS: i64 = 72;

/// When a guard's time begins and ends, half-open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// From here on, if it has a beginning.
    pub opens: Option<Timestamp>,
    /// Until just before here, if it has an end.
    pub closes: Option<Timestamp>,
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
            Guard::AfterCompletionWindow => until(state.completed_at.map(|at| at.plus_hours(DISPUTE_HOURS))),
            Guard::ReviewWindow => until(state.completed_at.map(|at| at.plus_hours(24 * REVIEW_DAYS))),
            Guard::Due => Some(Window { opens: clock.and_then(|clock| clock.due(booking)), closes: None }),
            _ => None,
        }
    }

    /// Why a guard of that window fails now, or `None` when it holds.
    pub(super) fn check_time(self, window: Window, case: &Case) -> Option<Denial> {
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
}
