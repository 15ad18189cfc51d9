//! When the providers of the demo work.

use super::people::{HEMI, Person};
use crate::provider::feed::{Feed, Feeds};
use crate::provider::week::{Busy, DayException, Span, Week};
use crate::time::{self, Timestamp};

/// The week, the days that are different and the calendars of somebody.
pub(super) fn of(person: &Person, now: Timestamp) -> (Week, Vec<DayException>, Feeds) {
    if person.key != HEMI.key {
        return (keen(), Vec::new(), Feeds::default());
    }
    let today = time::day_at(now, person.zone);
    let span = |from: i16, to: i16| Span { from_minute: from * 60, to_minute: to * 60 };
    let weekday = || vec![span(7, 12), span(13, 19)];
    let week = [weekday(), weekday(), weekday(), weekday(), weekday(), vec![span(8, 14)], vec![span(9, 12)]];
    let different = |days: i32, spans: Vec<Span>, note: &str| DayException {
        date: today.plus_days(days).date,
        spans,
        note: note.into(),
    };
    let exceptions = vec![
        different(15, Vec::new(), "Sports day"),
        different(18, vec![span(7, 12), span(13, 22)], "Open until late"),
    ];
    let busy = [1, 4].map(|days| {
        let day = today.plus_days(days);
        Busy { from: day.wall(14 * 60 + 30, false), to: day.wall(16 * 60, true) }
    });
    let family = Feed {
        id: "family".into(),
        name: "family.ics".into(),
        busy: busy.to_vec(),
        read_at: now,
        tried_at: now,
        ..Feed::default()
    };
    (week, exceptions, Feeds::default().with(vec![family]))
}

/// Every day from seven to seven: people of the demo are keen, so that there is always something to book.
fn keen() -> Week {
    std::array::from_fn(|_| vec![Span { from_minute: 7 * 60, to_minute: 19 * 60 }])
}
