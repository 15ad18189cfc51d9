//! Sentences: where the booking stands for this viewer, and what an action would mean.

use crate::booking::machine::aggregate::{CompletedBy, Role};
use crate::booking::machine::clocks::{Reminder, ReminderKind, SILENCE_HOURS, reminders};
use crate::booking::machine::{self, AvailableAction, Booking, Status, Table, next_due};
use crate::money::Money;
use crate::time::Timestamp;

/// Where the booking stands for somebody in `role`, with the deadline.
pub fn situation(booking: &Booking, role: Role, table: Table, now: Timestamp) -> String {
    let state = &booking.state;
    let (customer, provider) = (booking.customer.name.as_str(), booking.provider.name.as_str());
    let due = next_due(table, booking).map(|(_, at)| at).filter(|at| *at > now);
    let until = due.map_or(String::new(), |at| format!(" until {}", at.text(&booking.zone)));
    let start = state.starts_at.text(&booking.zone);
    let is_customer = role == Role::Customer;
    let is_provider = role == Role::Provider;
    let mut text = match state.status {
        Status::Draft => format!("This request has not been sent yet. It is kept{until}."),
        Status::Requested if is_provider => format!("{customer} is waiting for your answer{until}."),
        Status::Requested => format!("{provider} has time to answer{until}."),
        Status::Quoted if is_customer => format!("{provider} has named a price. You can take it{until}."),
        Status::Quoted => format!("{customer} has time to take the quote{until}."),
        Status::Accepted if now < state.starts_at => format!("Agreed. It starts {start}."),
        Status::Accepted => format!("Agreed. It was to start {start}."),
        Status::InProgress if state.fix_asked_at.is_some() => match role {
            Role::Provider => format!("{customer} asks you to mend something. Mark the work as done again afterwards."),
            _ => format!("{provider} is asked to mend something, and marks the work as done again afterwards."),
        },
        Status::InProgress if is_provider => "You are at work. Mark it as done when you have finished.".into(),
        Status::InProgress => format!("{provider} is at work."),
        Status::AwaitingConfirmation => {
            let outcome = match (state.unattended, state.final_amount, state.price) {
                (true, ..) => "Nobody has said that the work is done.".to_owned(),
                (false, Some(last), Some(price)) if last != price => {
                    format!("The work is done, for {} instead of {}.", last.text(), price.text())
                }
                _ => "The work is done.".into(),
            };
            match role {
                Role::Customer => format!("{outcome} Confirm it, or say what is wrong{until}."),
                _ => format!("{outcome} {customer} can confirm it or object{until}; then it completes by itself."),
            }
        }
        Status::Completed => match state.completed_by {
            Some(CompletedBy::Clock) => format!("Completed: nobody objected within {SILENCE_HOURS} hours."),
            Some(CompletedBy::Settlement) => "Completed: both sides agreed on a settlement.".into(),
            Some(CompletedBy::Ruling) => "Completed: the GigSta team has ruled.".into(),
            _ => format!("Completed: {customer} has confirmed the work."),
        },
        Status::NoShow => no_show(booking, role, &until),
        Status::Disputed if role == Role::Admin => {
            format!("The two sides disagree. Read both stories, then rule{}.", ruling(booking, now, ", by"))
        }
        Status::Disputed => {
            let by = ruling(booking, now, " by");
            format!("In dispute: no money moves. You two can agree on a settlement; otherwise our team rules{by}.")
        }
        Status::Declined => "Declined. No time is held and nothing is to pay.".into(),
        Status::Expired => "Expired: it was not answered in time. No time is held and nothing is to pay.".into(),
        Status::Cancelled => "Cancelled. No time is held any more.".into(),
    };
    if let Some(change) = state.change.as_ref().filter(|change| Some(change.by) == role.other_party()) {
        let name = booking.party(change.by).map_or("", |party| party.name.as_str());
        text.push_str(&format!(" {name} proposes another time: {}.", change.starts_at.text(&booking.zone)));
    }
    text
}

fn no_show(booking: &Booking, role: Role, until: &str) -> String {
    let Some(report) = booking.state.no_show.as_ref() else {
        return "Somebody did not come.".into();
    };
    let name = |role: Role| booking.party(role).map_or("", |party| party.name.as_str());
    let reporter = name(report.by);
    let absent = report.by.other_party().map_or("", name);
    let price = booking.state.price.unwrap_or(report.split.kept);
    let end = share(booking, price, report.split.refund);
    let report_text = format!("{reporter} reported that {absent} did not come.");
    match report.settled_at {
        Some(_) => format!("{absent} did not come. This is settled."),
        None if report.by == role => {
            format!("You reported that {absent} did not come. They can contest it{until}. If they do not: {end}.")
        }
        None if role == Role::Admin => format!("{report_text} It can be contested{until}. If it is not: {end}."),
        None => format!("{report_text} If that is not right, open a dispute{until}. If you do not: {end}."),
    }
}

/// Until when a ruling is due, if that is still ahead.
fn ruling(booking: &Booking, now: Timestamp, by: &str) -> String {
    let is_due = |reminder: &Reminder| reminder.kind == ReminderKind::DisputeDue && reminder.at > now;
    let due = reminders(booking).into_iter().find(is_due);
    due.map_or(String::new(), |due| format!("{by} {}", due.at.text(&booking.zone)))
}

/// Both parts of the price: `$60.00 NZD back to Aroha, $80.00 NZD kept by Hemi`.
pub fn share(booking: &Booking, price: Money, refund: Money) -> String {
    let (customer, provider) = (&booking.customer.name, &booking.provider.name);
    format!("{} back to {customer}, {} kept by {provider}", refund.text(), price.minus(refund).text())
}

/// How the price ended up.
pub fn split(booking: &Booking) -> Option<String> {
    let split = booking.state.split?;
    Some(match (split.kept.amount, split.refund.amount) {
        (0, _) => format!("{} gets everything back: {}.", booking.customer.name, split.refund.text()),
        (_, 0) => format!("{} gets {}.", booking.provider.name, split.kept.text()),
        _ => format!(
            "{} gets {}, {} gets {} back.",
            booking.provider.name,
            split.kept.text(),
            booking.customer.name,
            split.refund.text()
        ),
    })
}

/// What an action would mean: the money, whom it notifies, and what cannot be undone.
pub fn consequence(
    booking: &Booking,
    role: Role,
    offered: &AvailableAction,
    preview: &machine::Preview,
    notifies: &[String],
) -> String {
    let ends = matches!(offered.to, Status::Cancelled | Status::NoShow);
    let money = preview.split.map(|split| {
        let (kept, refund) = (split.kept.text(), split.refund.text());
        match (role, ends, split.kept.amount) {
            (Role::Customer, true, 0) => format!("It costs you nothing: you get the whole {refund} back."),
            (Role::Customer, true, _) => format!("It costs you a fee of {kept}; you get {refund} back."),
            (_, true, 0) => format!("{} gets the whole {refund} back.", booking.customer.name),
            (_, true, _) => format!("{} pays a fee of {kept} and gets {refund} back.", booking.customer.name),
            (_, false, _) if split.refund.amount == 0 => format!("{} gets {kept}.", booking.provider.name),
            (_, false, _) => {
                format!("{} gets {kept}; {} gets {refund} back.", booking.provider.name, booking.customer.name)
            }
        }
    });
    let reliability = preview.strikes.then(|| "Your reliability falls.".to_owned());
    let leads =
        (offered.to != booking.state.status).then(|| format!("The booking becomes \"{}\".", offered.to.label()));
    let notified = match notifies {
        [] => None,
        [one] => Some(format!("{one} is told.")),
        [first, rest @ ..] => Some(format!("{first} and {} are told.", rest.join(", "))),
    };
    [leads, money, reliability, notified].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
