//! Days on the calendar of a zone.

use jiff::tz::{AmbiguousOffset, TimeZone};

use super::{Timestamp, instant, time_zone};

/// A day on the calendar of a zone.
#[derive(Clone, Debug)]
pub struct Day {
    /// `2026-12-05`.
    pub date: String,
    /// 0 for Monday to 6 for Sunday.
    pub weekday: usize,
    civil: jiff::civil::Date,
    zone: TimeZone,
}

impl Day {
    /// The day that many days later, or earlier if negative.
    pub fn plus_days(&self, days: i32) -> Day {
        day_of(self.civil.saturating_add(jiff::Span::new().days(days)), self.zone.clone())
    }

    /// How people read it: `Fri 25 December 2026`.
    pub fn text(&self) -> String {
        self.civil.strftime("%a %-d %B %Y").to_string()
    }

    /// The shorter form of a table: `Fri 25 Dec`.
    pub fn short_text(&self) -> String {
        self.civil.strftime("%a %-d %b").to_string()
    }

    /// The week it belongs to by ISO 8601, `2026-W52`, and that week's Monday.
    pub fn week(&self) -> (String, Day) {
        let week = self.civil.iso_week_date();
        let monday = self.plus_days(-i32::from(self.civil.weekday().to_monday_zero_offset()));
        (format!("{:04}-W{:02}", week.year(), week.week()), monday)
    }

    /// Its date, for rules about the calendar.
    pub fn civil(&self) -> jiff::civil::Date {
        self.civil
    }
    /// The instant at which the clocks show that many minutes after midnight (1,440 is the end of the day).
    ///
    /// A time that the clocks skip is the instant at which they skip it. Of a time that comes twice, it is the first
    /// occurrence, or the second if `last`: hours that begin in it begin early, hours that end in it end late.
    pub fn wall(&self, minutes: i16, last: bool) -> Timestamp {
        let midnight = self.civil.to_datetime(jiff::civil::Time::midnight());
        let local = midnight.saturating_add(jiff::SignedDuration::from_mins(i64::from(minutes)));
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        let gap = matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
        let instant = match (gap, last) {
            (false, false) => ambiguous.earlier(),
            (false, true) => ambiguous.later(),
            // Read with the offset after the gap, it lies before the skip: the next change of the clocks is the skip.
            (true, _) => ambiguous.earlier().map(|earlier| {
                let skipped = self.zone.following(earlier).next().map(|change| change.timestamp());
                skipped.unwrap_or(earlier)
            }),
        };
        Timestamp(instant.map_or(0, jiff::Timestamp::as_millisecond))
    }
}

/// The day of that date, `2026-12-25`, on a zone's calendar; nothing if there is no such date.
pub fn day(date: &str, zone: &str) -> Option<Day> {
    let civil: jiff::civil::Date = date.trim().parse().ok()?;
    Some(day_of(civil, time_zone(zone)))
}

/// The day of an instant on a zone's calendar.
pub fn day_at(at: Timestamp, zone: &str) -> Day {
    let zone = time_zone(zone);
    day_of(instant(at).to_zoned_datetime(zone.clone()).date(), zone)
}

fn day_of(civil: jiff::civil::Date, zone: TimeZone) -> Day {
    let weekday = usize::try_from(civil.weekday().to_monday_zero_offset()).unwrap_or(0);
    Day { date: civil.to_string(), weekday, civil, zone }
}

/// The days of a zone's calendar from that of `from` to that of `to`, both included, at most 400.
pub fn days(from: Timestamp, to: Timestamp, zone: &str) -> impl Iterator<Item = Day> {
    let zone = time_zone(zone);
    let first = instant(from).to_zoned_datetime(zone.clone()).date();
    let last = instant(to).to_zoned_datetime(zone.clone()).date();
    let days = first.series(jiff::Span::new().days(1)).take_while(move |date| *date <= last);
    days.take(400).map(move |civil| day_of(civil, zone.clone()))
}

/// The Monday of a week as ISO 8601 writes it, `2026-W52`; nothing if that is no week.
pub fn monday_of(week: &str, zone: &str) -> Option<Day> {
    let (year, number) = week.trim().split_once("-W")?;
    let date = jiff::civil::ISOWeekDate::new(year.parse().ok()?, number.parse().ok()?, jiff::civil::Weekday::Monday);
    Some(day_of(date.ok()?.date(), time_zone(zone)))
}
