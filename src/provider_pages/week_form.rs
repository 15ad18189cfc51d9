//! A week and its exceptions as people type them. Pure: text in, spans out, or what to do about it.

use crate::provider::free::joined;
use crate::provider::week::{DayException, Span, Week};
use crate::time::{self, Day, Timestamp};

#[cfg(test)]
mod tests;

/// The days of a week, as forms and messages name them.
pub const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// The most spans of one day.
pub const MOST_SPANS: usize = 4;
/// The most days that are not like the others.
pub const MOST_EXCEPTIONS: usize = 200;
/// How far ahead such a day may be, in days: two years.
const HORIZON_DAYS: i32 = 731;
/// The longest line that is read, in characters.
const MAX_LINE_CHARACTERS: usize = 200;

/// Why something typed is no plan of a day, in words with a remedy.
pub type Problem = String;

/// The days of a week that cannot be: the number of each, 0 for Monday, and why.
pub type WrongDays = Vec<(usize, Problem)>;

/// Reads the hours of a day: `08:30-12:00, 13:00-17:00`. Nothing typed means no work. `day` is for the messages.
///
/// Gives the spans in order and apart, and what was changed on the way: spans that touch become one.
///
/// # Errors
/// A span that cannot be read, is not on the quarter of an hour, ends before it begins or overlaps another; or too many.
pub fn read_spans(day: &str, text: &str) -> Result<(Vec<Span>, Vec<String>), Problem> {
    if text.chars().count() > MAX_LINE_CHARACTERS {
        return Err(format!("{day}: this line is too long. Use at most {MOST_SPANS} spans, such as 08:30-12:00."));
    }
    let pieces = text.split([',', ';', '&', '\n']).map(str::trim).filter(|piece| !piece.is_empty());
    let mut spans = pieces.map(|piece| read_span(day, piece)).collect::<Result<Vec<Span>, _>>()?;
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::new();
    let mut notes = Vec::new();
    for span in spans {
        match apart.last_mut() {
            Some(last) if last.to_minute > span.from_minute => {
                let (one, other) = (span_text(*last), span_text(span));
                return Err(format!("{day}: {one} and {other} overlap. Let one end before the other begins."));
            }
            Some(last) if last.to_minute == span.from_minute => {
                notes.push(format!("{day}: {} and {} became one.", span_text(*last), span_text(span)));
                last.to_minute = span.to_minute;
            }
            _ => apart.push(span),
        }
    }
    if apart.len() > MOST_SPANS {
        return Err(format!("{day} has {} spans; at most {MOST_SPANS} are possible. Join some of them.", apart.len()));
    }
    Ok((apart, notes))
}

/// Reads a whole week, a line for each day, Monday first.
///
/// Gives the week and what was changed on the way.
///
/// # Errors
/// Every day that cannot be.
pub fn read_week(lines: &[&str; 7]) -> Result<(Week, Vec<String>), WrongDays> {
    let (mut week, mut notes, mut problems) = (Week::default(), Vec::new(), Vec::new());
    for (number, line) in lines.iter().enumerate() {
        match read_spans(DAYS[number], line) {
            Ok((spans, changed)) => {
                week[number] = spans;
                notes.extend(changed);
            }
            Err(problem) => problems.push((number, problem)),
        }
    }
    if problems.is_empty() { Ok((week, notes)) } else { Err(problems) }
}

fn read_span(day: &str, text: &str) -> Result<Span, Problem> {
    let unreadable = || format!("{day}: \"{text}\" cannot be read. Write it as 08:30-12:00.");
    let plain = text.replace(['–', '—', '−'], "-").replace(" to ", "-");
    let (from, to) = plain.split_once('-').ok_or_else(unreadable)?;
    let (from, to) = (read_clock(from).ok_or_else(unreadable)?, read_clock(to).ok_or_else(unreadable)?);
    if from % 15 != 0 || to % 15 != 0 {
        return Err(format!("{day}: \"{text}\" is not on the quarter of an hour. Use :00, :15, :30 or :45."));
    }
    if from >= to {
        let after_midnight = "Work past midnight goes on the next day: 22:00-24:00, then 00:00-02:00.";
        return Err(format!("{day}: \"{text}\" ends before it begins. {after_midnight}"));
    }
    Ok(Span { from_minute: from, to_minute: to })
}

/// Minutes after midnight of `8`, `8:30`, `08.30`, `8:30 am` or `24:00`.
fn read_clock(text: &str) -> Option<i16> {
    let text = text.trim().to_ascii_lowercase();
    let (text, noon) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(morning), _) => (morning.trim().to_owned(), Some(0)),
        (_, Some(afternoon)) => (afternoon.trim().to_owned(), Some(12)),
        _ => (text, None),
    };
    let (hour, minute) = text.split_once([':', '.']).unwrap_or((&text, "00"));
    let digits = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        let fine = lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if fine { part.parse::<i16>().ok() } else { None }
    };
    let (hour, minute) = (digits(hour, 1..=2)?, digits(minute, 2..=2)?);
    let hour = match noon {
        Some(offset) if (1..=12).contains(&hour) => hour % 12 + offset,
        Some(_) => return None,
        None => hour,
    };
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= 1440).then_some(minutes)
}

/// A span as it is typed: `08:30-12:00`.
pub fn span_text(span: Span) -> String {
    let clock = |minutes: i16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    format!("{}-{}", clock(span.from_minute), clock(span.to_minute))
}

/// The hours of a day as they are typed; empty if there are none.
pub fn spans_text(spans: &[Span]) -> String {
    spans.iter().map(|span| span_text(*span)).collect::<Vec<_>>().join(", ")
}

/// What a day that is not like the others is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No work.
    Off,
    /// These hours instead of the week's.
    Other,
    /// These hours beside the week's.
    Extra,
}

impl Kind {
    /// The kind of that name in a form.
    pub fn read(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "other" => Some(Self::Other),
            "extra" => Some(Self::Extra),
            _ => None,
        }
    }
}

/// Checks a typed date: a real one, from today on and at most two years ahead.
///
/// # Errors
/// Why not, with a remedy.
pub fn read_date(date: &str, zone: &str, now: Timestamp) -> Result<Day, Problem> {
    let today = time::day_at(now, zone);
    let last = today.plus_days(HORIZON_DAYS);
    let day = time::day(date, zone).ok_or("There is no such date. Write it as 2026-12-25.")?;
    if day.civil() < today.civil() {
        return Err(format!("{} is over. Choose today or a later day.", day.text()));
    }
    if day.civil() > last.civil() {
        return Err(format!("{date} is too far ahead. The last day you can plan is {}.", last.text()));
    }
    Ok(day)
}

/// The day as it is kept: its hours, those of the ordinary week included if there are extra ones.
///
/// # Errors
/// Why the hours cannot be: as [`read_spans`], or that there are none where some are needed.
pub fn read_exception(
    week: &Week,
    day: &Day,
    kind: Kind,
    hours: &str,
    note: &str,
) -> Result<(DayException, Vec<String>), Problem> {
    let (typed, mut notes) = read_spans(&day.text(), hours)?;
    if kind == Kind::Off && !typed.is_empty() {
        notes.push(format!("{}: the hours were left out, because it is a day off.", day.text()));
    }
    let spans = match kind {
        Kind::Off => Vec::new(),
        _ if typed.is_empty() => return Err("Write the hours of that day, such as 09:00-13:00.".into()),
        Kind::Other => typed,
        Kind::Extra => {
            let all = week[day.weekday].iter().chain(&typed);
            let minutes = |minutes: i16| Timestamp(i64::from(minutes));
            let all = joined(all.map(|span| (minutes(span.from_minute), minutes(span.to_minute))).collect());
            let back = |at: Timestamp| i16::try_from(at.0).unwrap_or_default();
            all.into_iter().map(|(from, to)| Span { from_minute: back(from), to_minute: back(to) }).collect()
        }
    };
    Ok((DayException { date: day.date.clone(), spans, note: note.into() }, notes))
}

/// The exceptions with more of them: one of the same date is replaced, past ones are dropped, all are in order.
///
/// # Errors
/// When there would be more than 200.
pub fn with_exceptions(
    old: &[DayException],
    new: Vec<DayException>,
    today: &str,
) -> Result<Vec<DayException>, Problem> {
    let mut all: std::collections::BTreeMap<String, DayException> =
        old.iter().chain(&new).map(|exception| (exception.date.clone(), exception.clone())).collect();
    all.retain(|date, _| date.as_str() >= today);
    if all.len() > MOST_EXCEPTIONS {
        return Err(format!("At most {MOST_EXCEPTIONS} days can be planned apart. Remove some that you do not need."));
    }
    Ok(all.into_values().collect())
}
