//! Dates, times, durations and zones as calendar files write them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::time::Timestamp;

/// When something is: a whole day, or a time on the wall of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// From midnight, in the provider's zone.
    Day(Date),
    /// A time on the wall of that zone; none for the provider's.
    Time(DateTime, Option<TimeZone>),
}

/// How long something is: days on the calendar, and milliseconds beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub days: i64,
    pub millis: i64,
}

/// Nothing in a calendar is longer.
const MAX_DAYS: i64 = 3_700;

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for When {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |when: &When| (when.civil(), matches!(when, When::Day(_)));
        key(self).cmp(&key(other))
    }
}

impl When {
    /// As it stands on the wall.
    pub fn civil(&self) -> DateTime {
        match self {
            When::Day(date) => date.to_datetime(jiff::civil::Time::midnight()),
            When::Time(civil, _) => *civil,
        }
    }

    /// The same kind of thing at another time on the wall.
    pub fn moved_to(&self, civil: DateTime) -> When {
        match self {
            When::Day(_) => When::Day(civil.date()),
            When::Time(_, zone) => When::Time(civil, zone.clone()),
        }
    }

    /// The zone of its wall.
    pub fn zone<'a>(&'a self, own: &'a TimeZone) -> &'a TimeZone {
        match self {
            When::Time(_, Some(zone)) => zone,
            _ => own,
        }
    }

    /// The instant at which it begins.
    pub fn instant(&self, own: &TimeZone) -> Timestamp {
        instant(self.civil(), self.zone(own))
    }

    /// From its beginning to its end.
    pub fn span(&self, length: Length, own: &TimeZone) -> (Timestamp, Timestamp) {
        let days = jiff::SignedDuration::from_hours(24 * length.days);
        let end = instant(self.civil().saturating_add(days), self.zone(own));
        (self.instant(own), Timestamp(end.0.saturating_add(length.millis)))
    }

    /// How long it is if it ends then. Whole days stay days, so that they are right where clocks change.
    pub fn until(&self, end: &When, own: &TimeZone) -> Length {
        match (self, end) {
            (When::Day(from), When::Day(to)) => {
                let days = to.duration_since(*from).as_hours() / 24;
                // Some programs end a day with itself.
                Length { days: days.clamp(1, MAX_DAYS), millis: 0 }
            }
            _ => {
                let millis = end.instant(own).0.saturating_sub(self.instant(own).0);
                Length { days: 0, millis: millis.clamp(0, MAX_DAYS * 86_400_000) }
            }
        }
    }

    /// How long it is if nobody says: a day is a day, a time takes none.
    pub fn usual_length(&self) -> Length {
        Length { days: i64::from(matches!(self, When::Day(_))), millis: 0 }
    }
}

/// The instant at which the clocks show it: the first of two, and as long after a skip as after its beginning.
pub(super) fn instant(civil: DateTime, zone: &TimeZone) -> Timestamp {
    let instant = zone.to_ambiguous_timestamp(civil).compatible();
    Timestamp(instant.map_or(0, jiff::Timestamp::as_millisecond))
}

/// Reads `20261225`, `20261225T090000` or `20261225T090000Z`.
pub(super) fn read(text: &str, zone: Option<&TimeZone>) -> Option<When> {
    let text = text.trim();
    let (text, utc) = match text.strip_suffix(['Z', 'z']) {
        Some(text) => (text, true),
        None => (text, false),
    };
    if !text.is_ascii() {
        return None;
    }
    let number = |at: std::ops::Range<usize>| {
        let part = text.get(at)?;
        if part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse::<i16>().ok() } else { None }
    };
    let small = |at: std::ops::Range<usize>| number(at).and_then(|number| i8::try_from(number).ok());
    let date = Date::new(number(0..4)?, small(4..6)?, small(6..8)?).ok()?;
    match (text.len(), text.as_bytes().get(8)) {
        (8, None) if !utc => Some(When::Day(date)),
        (15, Some(b'T' | b't')) => {
            // A leap second is the second before it.
            let time = date.at(small(9..11)?.clamp(0, 23), small(11..13)?.clamp(0, 59), small(13..15)?.clamp(0, 59), 0);
            Some(When::Time(time, if utc { Some(TimeZone::UTC) } else { zone.cloned() }))
        }
        _ => None,
    }
}

/// Reads `PT1H30M`, `P1DT2H` or `P2W`.
pub(super) fn duration(text: &str) -> Option<Length> {
    let text = text.trim().to_ascii_uppercase();
    let mut rest = text.strip_prefix('+').unwrap_or(&text).strip_prefix('P')?;
    let (mut days, mut seconds, mut in_time, mut any) = (0_i64, 0_i64, false, false);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (rest, in_time) = (after, true);
            continue;
        }
        let end = rest.find(|character: char| !character.is_ascii_digit())?;
        let count: i64 = rest.get(..end)?.parse().ok()?;
        match (rest.get(end..=end)?, in_time) {
            ("W", false) => days = days.checked_add(count.checked_mul(7)?)?,
            ("D", false) => days = days.checked_add(count)?,
            ("H", true) => seconds = seconds.checked_add(count.checked_mul(3600)?)?,
            ("M", true) => seconds = seconds.checked_add(count.checked_mul(60)?)?,
            ("S", true) => seconds = seconds.checked_add(count)?,
            _ => return None,
        }
        rest = rest.get(end + 1..)?;
        any = true;
    }
    let fine = any && days <= MAX_DAYS && seconds <= MAX_DAYS * 86_400;
    fine.then_some(Length { days, millis: seconds.saturating_mul(1000) })
}

/// The names that Windows has for the zones of this marketplace: Unicode CLDR, `windowsZones`.
const WINDOWS: [(&str, &str); 9] = [
    ("New Zealand Standard Time", "Pacific/Auckland"),
    ("Chatham Islands Standard Time", "Pacific/Chatham"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("E. Australia Standard Time", "Australia/Brisbane"),
    ("Tasmania Standard Time", "Australia/Hobart"),
    ("Cen. Australia Standard Time", "Australia/Adelaide"),
    ("AUS Central Standard Time", "Australia/Darwin"),
    ("W. Australia Standard Time", "Australia/Perth"),
    ("Lord Howe Standard Time", "Australia/Lord_Howe"),
];

/// The zone of that name: IANA's, with or without something before it (`/vendor/Pacific/Auckland`), or Windows'.
pub(super) fn zone(name: &str) -> Option<TimeZone> {
    let name = name.trim().trim_matches('"');
    if let Some((_, iana)) = WINDOWS.iter().find(|(windows, _)| windows.eq_ignore_ascii_case(name)) {
        return TimeZone::get(iana).ok();
    }
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
    let last_two = parts.len().checked_sub(2).and_then(|from| parts.get(from..)).map(|parts| parts.join("/"));
    TimeZone::get(name).ok().or_else(|| TimeZone::get(&last_two?).ok())
}
