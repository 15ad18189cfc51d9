//! What can be done with the bookings of a range: pure, values in, values out.

use crate::booking::machine::aggregate::Split;
use crate::booking::machine::names;
use crate::booking::machine::{Actor, Booking, Facts, Role, TABLE, get_available_booking_actions, policy};
use crate::provider::free::{Calendar, Terms};
use crate::provider::week::Busy;
use crate::time::{self, Timestamp};

/// How many days after the wanted one a new time is looked for.
pub const SEARCH_DAYS: i64 = 14;
/// A new time lies at least so many minutes ahead: later than the least that the rules want.
const MIN_LEAD_MINUTES: i64 = 180;

/// What a provider can do with one booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The action that ends it, `cancel` or `decline`, if one can.
    pub end: Option<&'static str>,
    /// What happens to the price then.
    pub split: Option<Split>,
    /// The time that can be proposed instead.
    pub to: Option<Timestamp>,
    /// Why no other time can be proposed; empty if one can.
    pub why_not: String,
}

/// What can be done with each booking, in their order. No two get the same new time, none gets one before `earliest`, and each
/// gets the first free one from `days` later on, the same time of day on its own wall if that is free.
pub fn choices(
    bookings: &[Booking],
    calendar: &Calendar,
    mut taken: Vec<Busy>,
    days: i32,
    earliest: Timestamp,
    now: Timestamp,
) -> Vec<Choice> {
    bookings.iter().map(|booking| choice(booking, calendar, &mut taken, days, earliest, now)).collect()
}

fn choice(
    booking: &Booking,
    calendar: &Calendar,
    taken: &mut Vec<Busy>,
    days: i32,
    earliest: Timestamp,
    now: Timestamp,
) -> Choice {
    let actor = Actor { role: Role::Provider, id: booking.provider.id.clone(), name: booking.provider.name.clone() };
    let offered = get_available_booking_actions(TABLE, booking, &actor, &Facts::good(), now);
    let possible = |name: &str| offered.iter().find(|offer| offer.row.action_name == name && offer.available());
    let end = [names::CANCEL, names::DECLINE].into_iter().find(|name| possible(name).is_some());
    let split =
        end.filter(|name| *name == names::CANCEL).and_then(|_| policy::cancellation(booking, Role::Provider, now));
    let mut choice = Choice { end, split, to: None, why_not: String::new() };
    if possible(names::PROPOSE_CHANGE).is_none() {
        let denied = offered.iter().find(|offer| offer.row.action_name == names::PROPOSE_CHANGE);
        let denied = denied.and_then(|offer| offer.denials.first());
        choice.why_not = denied.map_or_else(
            || "The price is with the customer. It can be moved as soon as they have taken it.".into(),
            |denial| denial.message.clone(),
        );
        return choice;
    }
    let terms = Terms {
        minutes: booking.planned_minutes(),
        buffer_before_minutes: booking.service.buffer_before_minutes,
        buffer_after_minutes: booking.service.buffer_after_minutes,
        lead_time_minutes: booking.service.lead_time_minutes.max(MIN_LEAD_MINUTES),
    };
    let from = later(booking, days).max(earliest);
    choice.to = calendar.free_starts(taken, terms, from, from.plus_hours(24 * SEARCH_DAYS), now).into_iter().next();
    match choice.to {
        Some(start) => taken.push(Busy {
            from: start.plus_minutes(-terms.buffer_before_minutes.max(0)),
            to: start.plus_minutes(terms.minutes + terms.buffer_after_minutes.max(0)),
        }),
        None => choice.why_not = format!("You have no free time for it in the {SEARCH_DAYS} days after that."),
    }
    choice
}

/// The same time on the booking's wall so many days later.
fn later(booking: &Booking, days: i32) -> Timestamp {
    let (at, zone) = (booking.state.starts_at, booking.zone.as_str());
    let clock = at.local_field(zone);
    let clock = clock.split('T').nth(1).unwrap_or_default();
    let date = time::day_at(at, zone).plus_days(days).date;
    time::parse(&format!("{date}T{clock}"), zone).unwrap_or(at.plus_hours(24 * i64::from(days)))
}

#[cfg(test)]
mod tests;
