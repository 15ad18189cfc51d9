//! Instants, and how a booking's zone shows them. Only the server formats, so both worlds agree.

mod day;

use jiff::ZonedDateTime;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use serde::{Deserialize, Serialize};

pub use day::{Day, day, day_at, days, monday_of};

/// Milliseconds in a minute.
const MINUTE_MILLIS: i64 = 60_000;

/// A UTC instant in milliseconds since 1970. Spans are half-open: `from <= t < to`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The system clock. Called at the edge only, once a request.
    pub fn now() -> Self {
        Self(jiff::Timestamp::now().as_millisecond())
    }

    /// This instant moved by a number of minutes, negative for earlier.
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes.saturating_mul(MINUTE_MILLIS)))
    }

    /// This instant moved by a number of hours, negative for earlier.
    pub const fn plus_hours(self, hours: i64) -> Self {
        self.plus_minutes(hours.saturating_mul(60))
    }

    /// Whole minutes from `earlier` until this instant.
    pub const fn minutes_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0) / MINUTE_MILLIS
    }

    /// RFC 3339 in UTC, the form that travels: `2026-12-04T20:00:00Z`.
    pub fn rfc3339(self) -> String {
        instant(self).to_string()
    }

    /// The form of calendars, in UTC: `20261204T200000Z`.
    pub fn compact_utc(self) -> String {
        instant(self).strftime("%Y%m%dT%H%M%SZ").to_string()
    }

    /// How people read it in a zone: `Sat 5 December 2026, 9:00 am NZDT`.
    pub fn text(self, zone: &str) -> String {
        let zoned = instant(self).to_zoned_datetime(time_zone(zone));
        format!("{} {}", zoned.strftime("%a %-d %B %Y, %-I:%M %P"), name_of(&zoned, zone))
    }

    /// The shorter form of a list or a timeline: `5 Dec, 9:00 am`.
    pub fn short_text(self, zone: &str) -> String {
        instant(self).to_zoned_datetime(time_zone(zone)).strftime("%-d %b, %-I:%M %P").to_string()
    }

    /// A month: `December 2026`.
    pub fn month_text(self, zone: &str) -> String {
        instant(self).to_zoned_datetime(time_zone(zone)).strftime("%B %Y").to_string()
    }

    /// A day with its weekday: `Saturday 5 December`.
    pub fn day_text(self, zone: &str) -> String {
        instant(self).to_zoned_datetime(time_zone(zone)).strftime("%A %-d %B").to_string()
    }

    /// A time of day: `9:00 am`.
    pub fn clock_text(self, zone: &str) -> String {
        instant(self).to_zoned_datetime(time_zone(zone)).strftime("%-I:%M %P").to_string()
    }

    /// For something that is soon: `Sat 5 Dec, 9:00 am NZDT`.
    pub fn soon_text(self, zone: &str) -> String {
        let zoned = instant(self).to_zoned_datetime(time_zone(zone));
        format!("{} {}", zoned.strftime("%a %-d %b, %-I:%M %P"), name_of(&zoned, zone))
    }

    /// The value of a `datetime-local` field in a zone: `2026-12-05T09:00`.
    pub fn local_field(self, zone: &str) -> String {
        instant(self).to_zoned_datetime(time_zone(zone)).strftime("%Y-%m-%dT%H:%M").to_string()
    }
}

/// Why a typed time is no instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeError {
    /// Neither a local time nor an instant with its offset.
    Malformed,
    /// The clocks skip this wall-clock time when daylight saving begins.
    Skipped,
}

/// Reads `2026-12-05T09:00` on the wall of a zone, or an RFC 3339 instant.
///
/// A time that happens twice, when daylight saving ends, is its first occurrence. A time that never
/// happens is an error rather than a guess.
pub fn parse(text: &str, zone: &str) -> Result<Timestamp, TimeError> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Ok(Timestamp(instant.as_millisecond()));
    }
    let local: DateTime = text.parse().map_err(|_| TimeError::Malformed)?;
    let ambiguous = time_zone(zone).to_ambiguous_timestamp(local);
    if matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. }) {
        return Err(TimeError::Skipped);
    }
    let instant = ambiguous.earlier().map_err(|_| TimeError::Malformed)?;
    Ok(Timestamp(instant.as_millisecond()))
}

/// Whether the name is a zone of the IANA database.
pub fn is_zone(zone: &str) -> bool {
    TimeZone::get(zone).is_ok()
}

/// How people name the zone at that instant: `NZDT`, or `Chatham time` where no letters exist.
pub fn zone_name(at: Timestamp, zone: &str) -> String {
    name_of(&instant(at).to_zoned_datetime(time_zone(zone)), zone)
}

fn name_of(at: &ZonedDateTime, zone: &str) -> String {
    let short = at.strftime("%Z").to_string();
    if short.starts_with(['+', '-']) {
        let city = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
        return format!("{city} time");
    }
    short
}

fn instant(at: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

/// A zone that the database does not know is shown in UTC, and named so.
fn time_zone(zone: &str) -> TimeZone {
    TimeZone::get(zone).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONES: [(&str, &str, i64, i64); 6] = [
        // zone, a January morning as people read it, winter and summer offset in minutes (IANA 2026)
        ("Pacific/Auckland", "Thu 15 January 2026, 9:00 am NZDT", 720, 780),
        ("Pacific/Chatham", "Thu 15 January 2026, 9:00 am Chatham time", 765, 825),
        ("Australia/Sydney", "Thu 15 January 2026, 9:00 am AEDT", 600, 660),
        ("Australia/Lord_Howe", "Thu 15 January 2026, 9:00 am Lord Howe time", 630, 660),
        ("Australia/Brisbane", "Thu 15 January 2026, 9:00 am AEST", 600, 600),
        ("Australia/Adelaide", "Thu 15 January 2026, 9:00 am ACDT", 570, 630),
    ];

    #[test]
    fn each_zone_is_read_and_shown_with_its_own_offset_and_name() {
        for (zone, shown, winter, summer) in ZONES {
            let january = parse("2026-01-15T09:00", zone).unwrap();
            assert_eq!(january.text(zone), shown);
            assert_eq!(january.0, parse("2026-01-15T09:00:00Z", zone).unwrap().plus_minutes(-summer).0, "{zone}");
            let july = parse("2026-07-15T09:00", zone).unwrap();
            assert_eq!(july.0, parse("2026-07-15T09:00:00Z", zone).unwrap().plus_minutes(-winter).0, "{zone}");
            assert_eq!(january.local_field(zone), "2026-01-15T09:00");
        }
    }

    #[test]
    fn a_time_the_clocks_skip_is_refused_in_every_zone_that_has_one() {
        for (zone, skipped) in [
            ("Pacific/Auckland", "2026-09-27T02:30"),
            ("Pacific/Chatham", "2026-09-27T03:15"),
            ("Australia/Sydney", "2026-10-04T02:30"),
            ("Australia/Lord_Howe", "2026-10-04T02:15"),
            ("Australia/Adelaide", "2026-10-04T02:30"),
        ] {
            assert_eq!(parse(skipped, zone), Err(TimeError::Skipped), "{zone}");
        }
        assert!(parse("2026-10-04T02:30", "Australia/Brisbane").is_ok(), "Brisbane never shifts");
        assert!(parse("2026-10-04T02:45", "Australia/Lord_Howe").is_ok(), "Lord Howe skips half an hour only");
    }

    #[test]
    fn days_and_weeks_are_those_of_the_wall() {
        let at = parse("2026-12-31T23:30", "Pacific/Auckland").unwrap();
        let day = day_at(at, "Pacific/Auckland");
        assert_eq!((day.date.as_str(), day.text().as_str()), ("2026-12-31", "Thu 31 December 2026"));
        let (week, monday) = day.week();
        assert_eq!((week.as_str(), monday.date.as_str()), ("2026-W53", "2026-12-28"));
        assert_eq!(monday_of("2026-W53", "Pacific/Auckland").unwrap().date, "2026-12-28");
        assert_eq!(day.plus_days(1).week().0, "2026-W53");
        for wrong in ["", "2026", "2026-W54", "2026-W00", "x-W1", "99999-W1"] {
            assert!(monday_of(wrong, "Pacific/Auckland").is_none(), "{wrong}");
        }
        for wrong in ["", "2026-02-30", "tomorrow", "20000-01-01"] {
            assert!(super::day(wrong, "Pacific/Auckland").is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_time_that_happens_twice_is_its_first_occurrence() {
        let first = parse("2026-04-05T02:30", "Pacific/Auckland").unwrap();
        assert_eq!(first.rfc3339(), "2026-04-04T13:30:00Z");
        assert_eq!(first.plus_minutes(60).text("Pacific/Auckland"), "Sun 5 April 2026, 2:30 am NZST");
    }

    #[test]
    fn sydney_and_auckland_are_three_hours_apart_for_one_week() {
        let hours = |day: &str| {
            let at = |zone| parse(&format!("{day}T12:00"), zone).unwrap();
            at("Australia/Sydney").minutes_since(at("Pacific/Auckland")) / 60
        };
        assert_eq!([hours("2026-09-26"), hours("2026-09-28"), hours("2026-10-05")], [2, 3, 2]);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for wrong in ["", "tomorrow", "2026-13-01T09:00", "2026-02-30T09:00", "9:00"] {
            assert_eq!(parse(wrong, "Pacific/Auckland"), Err(TimeError::Malformed), "{wrong}");
        }
    }
}
