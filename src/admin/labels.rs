//! Ages, due dates, counts and stored names in words. Pure: values in, words out.

use crate::booking::machine::clocks::{DISPUTE_ALARM_DAYS, DISPUTE_DUE_DAYS};
use crate::booking::store::oversight::MOST_COUNTED;
use crate::domain::limit::sentence;
use crate::time::Timestamp;

/// How old something is: `12 min`, `31 h`, `9 days`; nothing is younger than now.
pub fn age(since: Timestamp, now: Timestamp) -> String {
    match now.minutes_since(since).max(0) {
        minutes @ ..60 => format!("{minutes} min"),
        minutes @ ..2_880 => format!("{} h", minutes / 60),
        minutes => format!("{} days", minutes / 1_440),
    }
}

/// A number, or that it is more than is counted.
pub fn counted(count: u64) -> String {
    if count >= MOST_COUNTED { format!("{MOST_COUNTED} or more") } else { count.to_string() }
}

/// A stored name as words: `update_ratings` is "update ratings".
pub fn plain(name: &str) -> String {
    name.replace('_', " ")
}

/// How urgent a dispute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Within the first week.
    OnTime,
    /// The alarm is on.
    Alarm,
    /// Should have been ruled on.
    Overdue,
}

impl Urgency {
    /// How urgent a dispute is that was opened then.
    pub fn of(opened: Timestamp, now: Timestamp) -> Self {
        let passed = |days: i64| now >= opened.plus_hours(24 * days);
        match (passed(DISPUTE_DUE_DAYS), passed(DISPUTE_ALARM_DAYS)) {
            (true, _) => Self::Overdue,
            (false, true) => Self::Alarm,
            (false, false) => Self::OnTime,
        }
    }

    /// The class of its pill, the name of its icon, and its words.
    pub fn ui(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::OnTime => ("pill pill-wait", "clock", "On time"),
            Self::Alarm => {
                let words = sentence!("Open for more than ", DISPUTE_ALARM_DAYS, " days");
                ("pill pill-bad", "triangle-alert", words)
            }
            Self::Overdue => ("pill pill-bad", "triangle-alert", "Overdue"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_796_511_600_000);

    #[test]
    fn ages_are_told_as_people_tell_them() {
        let ages = [0, 59, 60, 47 * 60, 48 * 60, 9 * 1_440 + 5].map(|minutes| age(NOON, NOON.plus_minutes(minutes)));
        assert_eq!(ages, ["0 min", "59 min", "1 h", "47 h", "2 days", "9 days"]);
        assert_eq!(age(NOON.plus_hours(3), NOON), "0 min", "the clock jumped back");
    }

    #[test]
    fn a_dispute_alarms_after_seven_days_and_is_due_after_fourteen() {
        let after = |hours: i64, minutes: i64| Urgency::of(NOON, NOON.plus_hours(hours).plus_minutes(minutes));
        assert_eq!(after(7 * 24, -1), Urgency::OnTime);
        assert_eq!(after(7 * 24, 0), Urgency::Alarm);
        assert_eq!(after(14 * 24, -1), Urgency::Alarm);
        assert_eq!(after(14 * 24, 0), Urgency::Overdue);
    }
}
