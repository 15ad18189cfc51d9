//! Messages and what happened to the booking, in the order of time, by days. Pure: values in, values out.

use super::model::Message;
use crate::booking::machine::history::Event;
use crate::time::Timestamp;

/// The most events between the messages of a page; the latest count.
const MOST_EVENTS: usize = 100;

/// One line of the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// What happened to the booking.
    Event(&'a Event),
    /// What somebody wrote.
    Message(&'a Message),
}

impl Line<'_> {
    /// When.
    pub fn at(&self) -> Timestamp {
        match self {
            Line::Event(event) => event.at,
            Line::Message(message) => message.at,
        }
    }
}

/// A day of the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DayOfThread<'a> {
    /// `Saturday 5 December`.
    pub heading: String,
    /// Its lines, the oldest first.
    pub lines: Vec<Line<'a>>,
}

/// A page of the thread: its messages, and the events from `from` on and before `to`.
pub(super) fn days<'a>(
    messages: &'a [Message],
    events: &'a [Event],
    from: Timestamp,
    to: Timestamp,
    zone: &str,
) -> Vec<DayOfThread<'a>> {
    let events: Vec<&Event> = events.iter().filter(|event| from <= event.at && event.at < to).collect();
    let latest = events.get(events.len().saturating_sub(MOST_EVENTS)..).unwrap_or_default();
    let mut lines: Vec<Line> = latest.iter().map(|event| Line::Event(event)).collect();
    lines.extend(messages.iter().map(Line::Message));
    // Stable: what happened at the same instant stands before what was said of it.
    lines.sort_by_key(Line::at);
    let mut days: Vec<DayOfThread> = Vec::new();
    for line in lines {
        let heading = line.at().day_text(zone);
        match days.last_mut() {
            Some(day) if day.heading == heading => day.lines.push(line),
            _ => days.push(DayOfThread { heading, lines: vec![line] }),
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use mongodb::bson::oid::ObjectId;

    use super::*;
    use crate::booking::machine::history::Source;
    use crate::booking::machine::{Role, Status};

    /// Noon in Auckland on 6 December 2026.
    const NOON: Timestamp = Timestamp(1_796_511_600_000);

    fn event(minutes: i64) -> Event {
        Event {
            seq: 1,
            at: NOON.plus_minutes(minutes),
            action_name: "accept".into(),
            actor: Role::Provider,
            actor_id: None,
            actor_name: "Hemi".into(),
            from: None,
            to: Status::Accepted,
            note: String::new(),
            message: None,
            changes: BTreeMap::new(),
            source: Source::Web,
            hash: String::new(),
            prev_hash: String::new(),
        }
    }

    fn message(minutes: i64) -> Message {
        Message {
            id: ObjectId::from_bytes([0; 12]),
            booking: ObjectId::from_bytes([0; 12]),
            by: String::new(),
            role: Role::Customer,
            text: String::new(),
            photos: Vec::new(),
            at: NOON.plus_minutes(minutes),
            command_id: String::new(),
        }
    }

    #[test]
    fn what_happened_stands_between_what_was_said_and_days_have_headings() {
        let (messages, events) = ([message(0), message(13 * 60)], [event(-5), event(0), event(20), event(900)]);
        let (from, to) = (NOON.plus_minutes(-1), NOON.plus_minutes(900));
        let days = days(&messages, &events, from, to, "Pacific/Auckland");
        let shown: Vec<(&str, Vec<bool>)> = days
            .iter()
            .map(|day| {
                let lines = day.lines.iter().map(|line| matches!(line, Line::Message(_)));
                (day.heading.as_str(), lines.collect())
            })
            .collect();
        assert_eq!(shown, [("Sunday 6 December", vec![false, true, false]), ("Monday 7 December", vec![true])]);
    }

    #[test]
    fn of_very_many_events_the_latest_are_shown() {
        let events: Vec<Event> = (0..300).map(event).collect();
        let days = days(&[], &events, Timestamp(i64::MIN), Timestamp(i64::MAX), "Etc/UTC");
        assert_eq!(days.iter().map(|day| day.lines.len()).sum::<usize>(), MOST_EVENTS);
        assert_eq!(days.last().unwrap().lines.last().unwrap().at(), NOON.plus_minutes(299));
    }
}
