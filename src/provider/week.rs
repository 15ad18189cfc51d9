//! A provider's week and its exceptions, in wall-clock time. Pure: values in, values out.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A span of one day on the wall, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// Minutes after midnight, 0 to 1,425, a multiple of 15.
    #[serde(rename = "from")]
    pub from_minute: i16,
    /// Minutes after midnight, at most 1,440 (midnight at the end of the day), a multiple of 15.
    #[serde(rename = "to")]
    pub to_minute: i16,
}

/// The hours of an ordinary week: for each day, Monday first, its spans in order, none touching another.
pub type Week = [Vec<Span>; 7];

/// A day that is not like the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayException {
    /// The day, `2026-12-25`.
    pub date: String,
    /// The hours of that day instead of the week's; none on a day off.
    pub spans: Vec<Span>,
    /// Why, for the provider: `Christmas Day`.
    #[serde(default)]
    pub note: String,
}

/// Time taken by something that is no booking of ours, such as a private calendar's. Half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Busy {
    /// From here on.
    pub from: Timestamp,
    /// Until just before here.
    pub to: Timestamp,
}

/// Monday to Friday from half past eight to five: what a new provider begins with.
pub fn ordinary_week() -> Week {
    let day = || vec![Span { from_minute: 8 * 60 + 30, to_minute: 17 * 60 }];
    [day(), day(), day(), day(), day(), Vec::new(), Vec::new()]
}
