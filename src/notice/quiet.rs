//! Quiet hours: when a mail that can wait is sent. Pure.

use serde::{Deserialize, Serialize};

use super::kinds::Class;
use crate::time::{Timestamp, day_at};

/// The hours in which somebody wants no mail that can wait: minutes after midnight on their own wall, half-open. From
/// late to early they lie over midnight; equal ends are no hours at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// From when.
    #[serde(rename = "from")]
    pub from_minute: i16,
    /// Until when.
    #[serde(rename = "to")]
    pub to_minute: i16,
}

impl Quiet {
    /// When the quiet hours end in which an instant lies; nothing if it lies in none.
    pub fn end(self, at: Timestamp, zone: &str) -> Option<Timestamp> {
        let today = day_at(at, zone);
        // Those that began yesterday may still last.
        [today.plus_days(-1), today].into_iter().find_map(|day| {
            let last_day = if self.to_minute < self.from_minute { day.plus_days(1) } else { day.clone() };
            let (from, to) = (day.wall(self.from_minute, false), last_day.wall(self.to_minute, true));
            (from <= at && at < to).then_some(to)
        })
    }
}

/// When a mail goes out: at once, or at the end of its reader's quiet hours if it can wait for that. What would be over
/// by then, because the booking moves on by itself or begins (`due`), goes out at once as well.
pub fn send_at(class: Class, quiet: Option<Quiet>, zone: &str, due: Option<Timestamp>, now: Timestamp) -> Timestamp {
    let end = quiet.filter(|_| class == Class::CanWait).and_then(|quiet| quiet.end(now, zone));
    end.filter(|end| due.is_none_or(|due| *end < due)).unwrap_or(now)
}
