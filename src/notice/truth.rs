//! Whether an entry of the outbox is still true. Pure; asked right before anybody is notified.

use crate::booking::machine::clocks::{ReminderKind, reminders};
use crate::booking::machine::names;
use crate::booking::machine::outbox::{OutboxEntry, OutboxKind};
use crate::booking::machine::{Booking, Role, Status};
use crate::time::Timestamp;

/// Whether the entry is still true and useful.
///
/// What asks for an answer is true as long as nobody has answered. What is done is done: a cancellation, a completion, a
/// ruling and whatever this does not know are always delivered.
pub fn still_true(booking: &Booking, entry: &OutboxEntry, now: Timestamp) -> bool {
    match entry.kind {
        OutboxKind::Reminder => reminder(booking, entry, now),
        OutboxKind::InviteReviews => {
            let open = booking.state.status == Status::Completed && booking.state.reviews_published_at.is_none();
            open && booking.state.completed_at == Some(entry.at)
        }
        OutboxKind::Notice => notice(booking, entry),
        OutboxKind::AuthorisePayment | OutboxKind::SettlePayment | OutboxKind::Strike | OutboxKind::UpdateRatings => {
            true
        }
    }
}

fn notice(booking: &Booking, entry: &OutboxEntry) -> bool {
    let state = &booking.state;
    let (status, at) = (state.status, Some(entry.at));
    let open = matches!(status, Status::Requested | Status::Accepted);
    match entry.action_name.as_str() {
        names::REQUEST | names::COUNTER => status == Status::Requested && state.requested_at == at,
        names::QUOTE => status == Status::Quoted && state.quotes.last().map(|quote| quote.at) == at,
        names::BOOK_INSTANTLY | names::ACCEPT | names::ACCEPT_QUOTE => {
            state.accepted_at == at && status != Status::Cancelled
        }
        names::PROPOSE_CHANGE => open && state.change.as_ref().map(|change| change.at) == at,
        names::ACCEPT_CHANGE => open && last(booking, names::ACCEPT_CHANGE) == at,
        names::DECLINE_CHANGE | names::WITHDRAW_CHANGE | names::LAPSE_CHANGE => open && state.change.is_none(),
        names::START | names::CONFIRM_START => status == Status::InProgress && state.started_at == at,
        names::FINISH | names::MARK_UNATTENDED => status == Status::AwaitingConfirmation && state.done_at == at,
        names::REQUEST_FIX => status == Status::InProgress && state.fix_asked_at == at,
        names::REPORT_NO_SHOW => status == Status::NoShow && open_report(booking) == at,
        names::UNDO_NO_SHOW => status == Status::Accepted,
        names::OPEN_DISPUTE => status == Status::Disputed && state.dispute.as_ref().map(|dispute| dispute.at) == at,
        // Somebody may have objected after all.
        names::AUTO_COMPLETE => status == Status::Completed,
        names::ADD_EVIDENCE => status == Status::Disputed,
        names::OFFER_SETTLEMENT => status == Status::Disputed && state.open_offer().map(|offer| offer.at) == at,
        // Published by the same act, or still sealed. Published by another, that one reports it.
        names::REVIEW => state.reviews_published_at.is_none() || state.reviews_published_at == at,
        names::CLOSE_REVIEWS => reader(booking, entry)
            .and_then(Role::other_party)
            .is_some_and(|author| state.reviews.contains_key(author.name())),
        _ => true,
    }
}

/// A reminder is true while the booking as it stands calls for it, and what it reminds of is still ahead.
fn reminder(booking: &Booking, entry: &OutboxEntry, now: Timestamp) -> bool {
    let Some(kind) = ReminderKind::from_name(&entry.action_name) else { return false };
    let called_for = reminders(booking).iter().any(|due| due.kind == kind && due.at <= entry.at);
    let too_late = match kind {
        ReminderKind::StartingSoon => booking.state.starts_at <= now,
        ReminderKind::AnswerHalf
        | ReminderKind::AnswerNearlyOver
        | ReminderKind::IsItDone
        | ReminderKind::DisputeAlarm
        | ReminderKind::DisputeDue => false,
    };
    called_for && !too_late
}

/// What the entry's one reader is to the booking.
pub fn reader(booking: &Booking, entry: &OutboxEntry) -> Option<Role> {
    booking.role_of(entry.to.as_ref()?.as_str(), false)
}

fn open_report(booking: &Booking) -> Option<Timestamp> {
    booking.state.no_show.as_ref().filter(|report| report.settled_at.is_none()).map(|report| report.at)
}

fn last(booking: &Booking, action_name: &str) -> Option<Timestamp> {
    booking.history.iter().rev().find(|event| event.action_name == action_name).map(|event| event.at)
}
