//! The occurrences of a recurring event inside a range, with bounded work.
//!
//! The rule runs on the wall, as if the wall's zone were UTC: so no zone, and no change of clocks, can disturb it. What it
//! gives is turned into instants afterwards.

use std::time::{Duration, Instant};

use icalendar::rrule::RRuleSet;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};

use super::MOST;
use super::when::{Length, When, instant, read};
use crate::time::Timestamp;

/// The longest rule, in bytes.
const MAX_RULE_BYTES: usize = 300;

/// What is left to spend on the rules of one file.
#[derive(Debug)]
pub(super) struct Budget {
    /// Occurrences, also those before the range.
    steps: u32,
    /// Rules.
    rules: u32,
    /// A net below the two: a rule may look long for an occurrence that never comes.
    begun: Instant,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: 100_000, rules: 1_000, begun: Instant::now() }
    }
}

impl Budget {
    /// The most time for the rules of one file.
    const TIME: Duration = Duration::from_secs(3);

    fn is_spent(&self) -> bool {
        self.steps == 0 || self.rules == 0 || self.begun.elapsed() > Self::TIME
    }
}

/// The starts of an event's occurrences that reach into the range. At most 2,000.
///
/// # Errors
/// Why the rule is not followed, as the end of a sentence about the event.
pub(super) fn starts(
    rule: &str,
    first: &When,
    own: &TimeZone,
    (from, to): (Timestamp, Timestamp),
    length: Length,
    budget: &mut Budget,
) -> Result<Vec<When>, &'static str> {
    const UNREADABLE: &str = "repeats by a rule that cannot be read";
    if rule.len() > MAX_RULE_BYTES || !rule.is_ascii() {
        return Err(UNREADABLE);
    }
    if budget.is_spent() {
        return Err("repeats, and this calendar repeats more often than can be followed");
    }
    budget.rules -= 1;
    let rule = rule.to_ascii_uppercase();
    let parts: Vec<(&str, &str)> = rule.split(';').filter_map(|part| part.trim().split_once('=')).collect();
    let part = |name: &str| parts.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let frequency = part("FREQ").ok_or(UNREADABLE)?;
    let by_clock = ["BYHOUR", "BYMINUTE", "BYSECOND"].into_iter().any(|name| part(name).is_some());
    if by_clock || !["DAILY", "WEEKLY", "MONTHLY", "YEARLY"].contains(&frequency) {
        return Err("repeats more often than once a day");
    }
    let zone = first.zone(own);
    // The end is kept out of the rule, because it is an instant and the rule runs on the wall.
    let until = match part("UNTIL") {
        None => to,
        Some(text) => match read(text, Some(zone)).ok_or(UNREADABLE)? {
            When::Day(day) => instant(day.at(23, 59, 59, 0), zone),
            When::Time(civil, until_zone) => instant(civil, until_zone.as_ref().unwrap_or(zone)),
        }
        .min(to),
    };
    // An occurrence that began before the range may still reach into it.
    let reach = SignedDuration::from_hours(24 * length.days + length.millis / 3_600_000 + 1);
    let earliest = wall(from, zone).saturating_sub(reach);
    let period = match (frequency, part("COUNT")) {
        ("DAILY", None) => Some(1),
        ("WEEKLY", None) => Some(7),
        _ => None,
    };
    let interval: i32 = part("INTERVAL").map_or(Ok(1), str::parse).map_err(|_| UNREADABLE)?;
    let begin = match period.and_then(|days: i32| days.checked_mul(interval)).filter(|days| *days > 0) {
        Some(days) => forwarded(first.civil(), earliest, days),
        None => first.civil(),
    };
    let kept: Vec<String> =
        parts.iter().filter(|(key, _)| *key != "UNTIL").map(|(key, value)| format!("{key}={value}")).collect();
    let text = format!("DTSTART:{}Z\nRRULE:{}", begin.strftime("%Y%m%dT%H%M%S"), kept.join(";"));
    let rules: RRuleSet = text.parse().map_err(|_| UNREADABLE)?;
    let mut starts = Vec::new();
    for at in &rules.limit() {
        budget.steps = budget.steps.saturating_sub(1);
        let Ok(stamp) = jiff::Timestamp::from_second(at.timestamp()) else {
            break;
        };
        let when = first.moved_to(TimeZone::UTC.to_datetime(stamp));
        let begins = when.instant(own);
        if begins > until || begins >= to || starts.len() >= MOST || budget.is_spent() {
            break;
        }
        if when.civil() >= earliest {
            starts.push(when);
        }
    }
    Ok(starts)
}

/// The start moved by whole periods to shortly before the range: what lies before it costs nothing.
fn forwarded(first: DateTime, earliest: DateTime, days: i32) -> DateTime {
    let ahead = earliest.duration_since(first).as_hours() / 24;
    // Two periods early, so that a week that begins on another day is whole.
    let periods = (ahead / i64::from(days)).saturating_sub(2).max(0);
    let span = i32::try_from(periods.saturating_mul(i64::from(days))).unwrap_or(0).days();
    first.checked_add(span).unwrap_or(first)
}

/// What the clocks show at an instant.
fn wall(at: Timestamp, zone: &TimeZone) -> DateTime {
    zone.to_datetime(jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH))
}
