//! A provider's calendars elsewhere, and what they take of the provider's time. Pure: values in, values out.

use serde::{Deserialize, Serialize};

use super::free::joined;
use super::ics;
use super::week::Busy;
use crate::time::Timestamp;

/// The most calendars of one provider.
pub const MOST_FEEDS: usize = 5;
/// A calendar with an address is read again after this many minutes.
pub const REFRESH_MINUTES: i64 = 60;
const _: () = assert!(REFRESH_MINUTES == 60, "the form says every hour");

/// A calendar elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// Its key among the provider's.
    pub id: String,
    /// What it is called: the file's name, or its server's.
    pub name: String,
    /// Where it is read again; a file is read once.
    #[serde(default)]
    pub url: Option<String>,
    /// What it takes, in order, none touching another.
    #[serde(default)]
    pub busy: Vec<Busy>,
    /// What was left out of it, in words.
    #[serde(default)]
    pub notes: Vec<String>,
    /// When it was last read whole.
    pub read_at: Timestamp,
    /// When that was last tried.
    pub tried_at: Timestamp,
    /// Why the last try failed; empty if it did not.
    #[serde(default)]
    pub trouble: String,
}

/// All calendars of a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feeds {
    /// The calendars, in the order in which they were added.
    #[serde(default)]
    pub list: Vec<Feed>,
    /// When the next one has to be read again. Not there if none has to, so that the index holds only what waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// Grows by one with each change: two who read calendars at once do not undo each other.
    #[serde(default)]
    pub revision: i64,
}

impl Feed {
    /// Takes over what was read. A calendar that could not be read keeps the busy times it had.
    pub fn take(&mut self, outcome: Result<ics::Calendar, String>, now: Timestamp) {
        self.tried_at = now;
        match outcome {
            Ok(calendar) => {
                (self.busy, self.notes, self.read_at) = (calendar.busy, calendar.notes, now);
                self.trouble.clear();
            }
            Err(trouble) => self.trouble = trouble,
        }
    }

    /// Whether it has to be read again.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.url.is_some() && self.due_at() <= now
    }

    fn due_at(&self) -> Timestamp {
        self.tried_at.plus_minutes(REFRESH_MINUTES)
    }
}

impl Feeds {
    /// The same with another list, as a next revision.
    pub fn with(&self, list: Vec<Feed>) -> Feeds {
        let due_at = list.iter().filter(|feed| feed.url.is_some()).map(Feed::due_at).min();
        Feeds { list, due_at, revision: self.revision + 1 }
    }

    /// What all of them take, in order, none touching another.
    pub fn busy(&self) -> Vec<Busy> {
        let all = self.list.iter().flat_map(|feed| &feed.busy).map(|busy| (busy.from, busy.to));
        joined(all.collect()).into_iter().map(|(from, to)| Busy { from, to }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_796_511_600_000);

    fn busy(from: i64, to: i64) -> Busy {
        Busy { from: NOW.plus_minutes(from), to: NOW.plus_minutes(to) }
    }

    fn feed(url: Option<&str>, tried: i64, times: &[(i64, i64)]) -> Feed {
        let busy = times.iter().map(|(from, to)| busy(*from, *to)).collect();
        Feed { url: url.map(Into::into), tried_at: NOW.plus_minutes(tried), busy, ..Feed::default() }
    }

    #[test]
    fn busy_times_of_several_calendars_are_one_list() {
        let list = vec![feed(None, 0, &[(0, 60), (120, 180)]), feed(None, 0, &[(30, 90), (180, 200)])];
        assert_eq!(Feeds::default().with(list).busy(), [busy(0, 90), busy(120, 200)]);
    }

    #[test]
    fn only_calendars_with_an_address_are_due_and_the_longest_unread_first() {
        let list = vec![feed(Some("a"), -30, &[]), feed(None, -900, &[]), feed(Some("b"), -50, &[])];
        let feeds = Feeds { revision: 4, ..Feeds::default() }.with(list);
        assert_eq!((feeds.due_at, feeds.revision), (Some(NOW.plus_minutes(10)), 5));
        let due = |at: i64| feeds.list.iter().filter(|feed| feed.is_due(NOW.plus_minutes(at))).count();
        assert_eq!([due(9), due(10), due(30)], [0, 1, 2]);
        assert_eq!(feeds.with(vec![feed(None, 0, &[])]).due_at, None);
    }

    #[test]
    fn a_calendar_that_cannot_be_read_keeps_what_it_had() {
        let mut one = feed(Some("a"), 0, &[(0, 60)]);
        one.take(Err("The file is broken.".into()), NOW.plus_minutes(60));
        assert_eq!((one.busy.len(), one.trouble.as_str(), one.read_at), (1, "The file is broken.", Timestamp(0)));
        one.take(Ok(ics::Calendar::default()), NOW.plus_minutes(61));
        assert_eq!((one.busy.len(), one.trouble.as_str(), one.read_at), (0, "", NOW.plus_minutes(61)));
    }
}
