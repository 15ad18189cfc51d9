//! When things happen by themselves. Derived from the booking, never stored apart.

use super::aggregate::{Booking, Role};
use crate::booking::status::Status;
use crate::time::Timestamp;

/// Hours a draft is kept for.
pub const DRAFT_HOURS: i64 = 24;
/// Hours before the start at which requests, quotes and proposals end.
pub const HOURS_BEFORE_START: i64 = 2;
/// Hours a quote stays open.
pub const QUOTE_HOURS: i64 = 72;
/// Hours a proposed change stays open.
pub const CHANGE_HOURS: i64 = 48;
/// Hours after the planned end, or after a job was marked done, until the clock speaks.
pub const SILENCE_HOURS: i64 = 72;
/// Hours within which a no-show report can be contested.
pub const CONTEST_HOURS: i64 = 24;
/// Days within which both sides may review.
pub const REVIEW_DAYS: i64 = 14;
/// Days after which an open dispute raises an alarm.
pub const DISPUTE_ALARM_DAYS: i64 = 7;
/// Days within which a dispute is ruled on.
pub const DISPUTE_DUE_DAYS: i64 = 14;

/// What the clock watches, one for each row that only the clock takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The draft's time to be sent.
    Draft,
    /// The provider's time to answer, or the customer's time to take a quote.
    Answer,
    /// The open proposal of another time.
    Change,
    /// Nobody said the work is done.
    Unattended,
    /// Marked done, and nobody answered.
    Confirmation,
    /// A no-show report that nobody contested.
    Contest,
    /// The time to review.
    Reviews,
}

impl Clock {
    /// The instant at which it strikes for a booking in a status it watches; `None` when it does not run.
    pub fn due(self, booking: &Booking) -> Option<Timestamp> {
        let state = &booking.state;
        let before_start = state.starts_at.plus_hours(-HOURS_BEFORE_START);
        match self {
            Clock::Draft => Some(booking.created_at.plus_hours(DRAFT_HOURS)),
            Clock::Answer if state.status == Status::Quoted => {
                let quoted_at = state.quotes.last()?.at;
                Some(quoted_at.plus_hours(QUOTE_HOURS).min(before_start))
            }
            Clock::Answer => Some(state.requested_at?.plus_hours(booking.service.answer_hours).min(before_start)),
            Clock::Change => {
                let change = state.change.as_ref()?;
                let first_start = state.starts_at.min(change.starts_at);
                Some(change.at.plus_hours(CHANGE_HOURS).min(first_start.plus_hours(-HOURS_BEFORE_START)))
            }
            Clock::Unattended => {
                let quiet_since = state.fix_asked_at.map_or(state.ends_at, |asked| asked.max(state.ends_at));
                Some(quiet_since.plus_hours(SILENCE_HOURS))
            }
            Clock::Confirmation => Some(state.done_at?.plus_hours(SILENCE_HOURS)),
            Clock::Contest => {
                let report = state.no_show.as_ref()?;
                report.settled_at.is_none().then(|| report.at.plus_hours(CONTEST_HOURS))
            }
            Clock::Reviews => {
                let open = state.reviews_published_at.is_none();
                state.completed_at.filter(|_| open).map(|at| at.plus_hours(24 * REVIEW_DAYS))
            }
        }
    }
}

/// What people are reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReminderKind {
    /// Half of the provider's time to answer is over.
    AnswerHalf,
    /// Nearly all of it is over.
    AnswerNearlyOver,
    /// The work starts soon.
    StartingSoon,
    /// The work should be done, and nobody has said so.
    IsItDone,
    /// A dispute has been open for a while.
    DisputeAlarm,
    /// A dispute should be ruled on.
    DisputeDue,
}

impl ReminderKind {
    /// Every kind.
    pub const ALL: [ReminderKind; 6] = [
        ReminderKind::AnswerHalf,
        ReminderKind::AnswerNearlyOver,
        ReminderKind::StartingSoon,
        ReminderKind::IsItDone,
        ReminderKind::DisputeAlarm,
        ReminderKind::DisputeDue,
    ];

    /// The name that is stored in place of an action's: `starting_soon`.
    pub const fn name(self) -> &'static str {
        match self {
            ReminderKind::AnswerHalf => "answer_half",
            ReminderKind::AnswerNearlyOver => "answer_nearly_over",
            ReminderKind::StartingSoon => "starting_soon",
            ReminderKind::IsItDone => "is_it_done",
            ReminderKind::DisputeAlarm => "dispute_alarm",
            ReminderKind::DisputeDue => "dispute_due",
        }
    }

    /// The kind of that name, if there is one.
    pub fn from_name(name: &str) -> Option<ReminderKind> {
        ReminderKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A notice that is due at an instant if the booking still stands as it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// What it reminds of.
    pub kind: ReminderKind,
    /// When to send it.
    pub at: Timestamp,
    /// To whom.
    pub to: &'static [Role],
}

/// The notices (not transitions) that the booking's present state calls for, earliest first.
pub fn reminders(booking: &Booking) -> Vec<Reminder> {
    const BOTH: &[Role] = &[Role::Customer, Role::Provider];
    let state = &booking.state;
    let reminder = |kind, at, to| Reminder { kind, at, to };
    let mut reminders = match state.status {
        Status::Requested => match (state.requested_at, Clock::Answer.due(booking)) {
            (Some(from), Some(due)) => {
                let window = due.0 - from.0;
                let part = |percent: i64| Timestamp(from.0 + window / 100 * percent);
                vec![
                    reminder(ReminderKind::AnswerHalf, part(50), &[Role::Provider][..]),
                    reminder(ReminderKind::AnswerNearlyOver, part(90), &[Role::Provider][..]),
                ]
            }
            _ => vec![],
        },
        Status::Accepted => vec![
            reminder(ReminderKind::StartingSoon, state.starts_at.plus_hours(-24), BOTH),
            reminder(ReminderKind::IsItDone, state.ends_at.plus_hours(24), BOTH),
        ],
        Status::InProgress => vec![reminder(ReminderKind::IsItDone, state.ends_at.plus_hours(24), BOTH)],
        Status::Disputed => state.dispute.as_ref().map_or(vec![], |dispute| {
            vec![
                reminder(
                    ReminderKind::DisputeAlarm,
                    dispute.at.plus_hours(24 * DISPUTE_ALARM_DAYS),
                    &[Role::Admin][..],
                ),
                reminder(ReminderKind::DisputeDue, dispute.at.plus_hours(24 * DISPUTE_DUE_DAYS), &[Role::Admin][..]),
            ]
        }),
        _ => vec![],
    };
    reminders.sort_by_key(|reminder| reminder.at);
    reminders
}
