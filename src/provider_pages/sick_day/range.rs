//! The days that a provider asks about.

use crate::provider::model::Provider;
use crate::provider_pages::week_form;
use crate::time::{Day, Timestamp};
use crate::ui::form::Form;

/// The most days in one go.
pub(super) const MOST_DAYS: i32 = 31;
/// The most days that bookings are moved by.
pub(super) const MAX_MOVE_DAYS: i32 = 28;

/// The days that are asked about.
#[derive(Clone, Debug)]
pub(super) struct Range {
    /// The first of them.
    pub first: Day,
    /// The last of them.
    pub last: Day,
    /// By how many days bookings are moved.
    pub days: i32,
}

impl Range {
    /// From now or the first midnight, until the last midnight.
    pub fn span(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        (self.first.wall(0, false).max(now), self.last.plus_days(1).wall(0, false))
    }

    /// Every day of it.
    pub fn dates(&self) -> impl Iterator<Item = Day> {
        (0..MOST_DAYS).map(|days| self.first.plus_days(days)).take_while(|day| day.civil() <= self.last.civil())
    }
}

/// The days of the form; nothing if none are asked for yet, or if something is wrong, which the form then says.
pub(super) fn read(form: &mut Form, provider: &Provider, now: Timestamp) -> Option<Range> {
    if form.get("from").is_empty() && form.get("to").is_empty() {
        return None;
    }
    let mut date = |name: &'static str| {
        let day = week_form::read_date(form.get(name), &provider.zone, now);
        day.map_err(|problem| form.problem(name, "bad_date", problem)).ok()
    };
    let (first, last) = (date("from"), date("to"));
    let days = match form.get("days") {
        "" => Some(7),
        typed => typed.parse().ok().filter(|days| (1..=MAX_MOVE_DAYS).contains(days)),
    };
    if days.is_none() {
        form.problem("days", "bad_number", format!("A whole number of days from 1 to {MAX_MOVE_DAYS}."));
    }
    let range = Range { first: first?, last: last?, days: days? };
    if range.last.civil() < range.first.civil() {
        form.problem("to", "bad_range", "The last day is before the first one. Choose it again.");
        return None;
    }
    if range.last.civil() > range.first.plus_days(MOST_DAYS - 1).civil() {
        form.problem("to", "bad_range", format!("At most {MOST_DAYS} days go in one go. Choose an earlier last day."));
        return None;
    }
    Some(range)
}
