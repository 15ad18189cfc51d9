//! Busy times out of a calendar file (iCalendar, RFC 5545). Pure, and bounded whatever the file says.

mod recurrence;
#[cfg(test)]
mod tests;
mod when;

use std::collections::{BTreeMap, BTreeSet};

use icalendar::parser::{Component, Property, read_calendar_simple, unfold};
use jiff::tz::TimeZone;

use self::recurrence::Budget;
use self::when::{Length, When};
use super::free::joined;
use super::week::Busy;
use crate::time::Timestamp;

/// How far ahead busy times are read, in days.
pub const AHEAD_DAYS: i64 = 180;
/// The most busy times that are taken from one file.
pub const MOST: usize = 2_000;
/// How deep components of a file may be nested; a calendar needs three levels. The parser recurses once for each.
const DEEPEST: usize = 8;
/// The most parts of a file.
const MOST_PARTS: usize = 20_000;
/// The most remarks about one file.
const MOST_NOTES: usize = 5;

/// What a calendar file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The busy times from a day ago to 180 days ahead, in order, none touching another.
    pub busy: Vec<Busy>,
    /// What was left out, in words.
    pub notes: Vec<String>,
}

/// Reads the busy times of a file. Dates and times without a zone are meant in `zone`.
///
/// # Errors
/// In words with a remedy, when it is no calendar.
pub fn read(text: &str, zone: &str, now: Timestamp) -> Result<Calendar, String> {
    let text = unfold(text.trim_start_matches('\u{feff}').trim());
    check_shape(&text)?;
    let broken =
        |_| "This calendar file is broken and cannot be read. Export it again, and send it as it is.".to_owned();
    let calendars = read_calendar_simple(&text).map_err(broken)?;
    let events: Vec<&Component> = calendars
        .iter()
        .filter(|part| part.name.as_str().eq_ignore_ascii_case("VCALENDAR"))
        .flat_map(|calendar| &calendar.components)
        .filter(|part| part.name.as_str().eq_ignore_ascii_case("VEVENT"))
        .collect();
    let mut reader = Reader {
        zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
        from: now.plus_hours(-24),
        to: now.plus_hours(24 * AHEAD_DAYS),
        spans: Vec::new(),
        notes: BTreeSet::new(),
        budget: Budget::default(),
        replaced: BTreeMap::new(),
    };
    for event in &events {
        reader.note_replacement(event);
    }
    for event in events {
        reader.read_event(event);
    }
    Ok(reader.finish())
}

/// Whether it is a calendar that the parser can read without calling itself too often.
fn check_shape(text: &str) -> Result<(), String> {
    let no_calendar = "This is no calendar file. Choose a file that ends in .ics, exported from your calendar.";
    let is =
        |line: &str, wanted: &str| line.get(..wanted.len()).is_some_and(|start| start.eq_ignore_ascii_case(wanted));
    if !is(text, "BEGIN:VCALENDAR") {
        return Err(no_calendar.into());
    }
    let (mut depth, mut parts) = (0_usize, 0_usize);
    for line in text.lines().map(str::trim_start) {
        if is(line, "BEGIN:") {
            (depth, parts) = (depth + 1, parts + 1);
        } else if is(line, "END:") {
            depth = depth.saturating_sub(1);
        }
        if depth > DEEPEST || parts > MOST_PARTS {
            return Err("This calendar file is too large or too deep to be read. Export a shorter period.".into());
        }
    }
    Ok(())
}

/// The property of that name, whatever the case it is written in.
fn property<'a>(event: &'a Component<'_>, name: &'a str) -> impl Iterator<Item = &'a Property<'a>> {
    event.properties.iter().filter(move |property| property.name.as_str().eq_ignore_ascii_case(name))
}

fn value<'a>(event: &'a Component<'_>, name: &'a str) -> &'a str {
    property(event, name).next().map_or("", |property| property.val.as_str()).trim()
}

struct Reader {
    zone: TimeZone,
    from: Timestamp,
    to: Timestamp,
    spans: Vec<(Timestamp, Timestamp)>,
    notes: BTreeSet<String>,
    budget: Budget,
    /// By event: the occurrences that an event of their own replaces.
    replaced: BTreeMap<String, BTreeSet<Timestamp>>,
}

impl Reader {
    fn note_replacement(&mut self, event: &Component) {
        if let Some(of) = self.when(event, "RECURRENCE-ID") {
            let at = of.instant(&self.zone);
            self.replaced.entry(value(event, "UID").to_owned()).or_default().insert(at);
        }
    }

    fn read_event(&mut self, event: &Component) {
        let free = value(event, "STATUS").eq_ignore_ascii_case("CANCELLED")
            || value(event, "TRANSP").eq_ignore_ascii_case("TRANSPARENT");
        if free {
            return;
        }
        let Some(start) = self.when(event, "DTSTART") else {
            return self.note(event, "has no readable start");
        };
        let Some(length) = self.length(event, &start) else {
            return self.note(event, "has no readable end");
        };
        // An event that stands for one occurrence of another does not recur itself.
        if property(event, "RECURRENCE-ID").next().is_some() {
            return self.put(&start, length);
        }
        let mut starts = BTreeSet::new();
        let rules: Vec<&str> = property(event, "RRULE").map(|rule| rule.val.as_str()).collect();
        if rules.is_empty() {
            starts.insert(start.clone());
        }
        for rule in rules {
            match recurrence::starts(rule, &start, &self.zone, (self.from, self.to), length, &mut self.budget) {
                Ok(found) => starts.extend(found),
                Err(why) => self.note(event, why),
            }
        }
        starts.extend(self.list(event, "RDATE"));
        let gone: BTreeSet<Timestamp> =
            self.list(event, "EXDATE").iter().map(|when| when.instant(&self.zone)).collect();
        let replaced = self.replaced.get(value(event, "UID"));
        starts.retain(|start| {
            let at = start.instant(&self.zone);
            !gone.contains(&at) && replaced.is_none_or(|replaced| !replaced.contains(&at))
        });
        for start in starts {
            self.put(&start, length);
        }
    }

    /// Every date and time of the properties of that name. Of a period, its start.
    fn list(&mut self, event: &Component, name: &str) -> Vec<When> {
        let mut all = Vec::new();
        for property in property(event, name) {
            let zone = self.zone_of(property);
            let each = property.val.as_str().split(',').take(MOST);
            all.extend(each.filter_map(|text| when::read(text.split('/').next().unwrap_or(text), zone.as_ref())));
        }
        all
    }

    fn when(&mut self, event: &Component, name: &str) -> Option<When> {
        let property = property(event, name).next()?;
        let zone = self.zone_of(property);
        when::read(property.val.as_str(), zone.as_ref())
    }

    /// The zone that the property names; the provider's if it names none or one that nobody knows.
    fn zone_of(&mut self, property: &Property) -> Option<TimeZone> {
        let named = property.params.iter().find(|one| one.key.as_str().eq_ignore_ascii_case("TZID"));
        let named = named.and_then(|one| one.val.as_ref())?.as_str();
        let zone = when::zone(named);
        if zone.is_none() {
            let named: String = named.chars().take(60).collect();
            self.notes.insert(format!("The time zone \"{named}\" is not known; its times were read as your own."));
        }
        zone
    }

    fn length(&mut self, event: &Component, start: &When) -> Option<Length> {
        if property(event, "DTEND").next().is_some() {
            let end = self.when(event, "DTEND")?;
            return Some(start.until(&end, &self.zone));
        }
        match value(event, "DURATION") {
            "" => Some(start.usual_length()),
            text => when::duration(text),
        }
    }

    fn put(&mut self, start: &When, length: Length) {
        let (from, to) = start.span(length, &self.zone);
        if from >= to || to <= self.from || from >= self.to {
            return;
        }
        if self.spans.len() >= MOST {
            let note =
                format!("There are more than {MOST} busy times in the next {AHEAD_DAYS} days; the rest was left out.");
            self.notes.insert(note);
            return;
        }
        self.spans.push((from, to.min(self.to)));
    }

    fn note(&mut self, event: &Component, why: &str) {
        let title: String = value(event, "SUMMARY").chars().take(60).collect();
        self.notes.insert(format!("\"{title}\" {why}, so it was left out."));
    }

    fn finish(self) -> Calendar {
        let busy = joined(self.spans).into_iter().map(|(from, to)| Busy { from, to }).collect();
        let more = self.notes.len().saturating_sub(MOST_NOTES);
        let mut notes: Vec<String> = self.notes.into_iter().take(MOST_NOTES).collect();
        if more > 0 {
            notes.push(format!("And {more} more of this kind."));
        }
        Calendar { busy, notes }
    }
}
