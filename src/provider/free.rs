//! When a provider is free. Pure: values in, values out.

use super::week::{Busy, DayException, Span, Week};
use crate::time::{self, Timestamp};

/// Whether a provider works during all of the half-open span `from..to`: inside the hours of its days on the wall of
/// `zone`, and not busy elsewhere.
pub fn works(
    week: &Week,
    exceptions: &[DayException],
    busy: &[Busy],
    zone: &str,
    from: Timestamp,
    to: Timestamp,
) -> bool {
    let busy_then = busy.iter().any(|busy| busy.from < to && from < busy.to);
    !busy_then && open_spans(week, exceptions, zone, from, to).iter().any(|(open, close)| *open <= from && to <= *close)
}

/// The working hours that touch `from..to`, as instants, in order; spans that touch each other, at midnight for example,
/// are one.
pub fn open_spans(
    week: &Week,
    exceptions: &[DayException],
    zone: &str,
    from: Timestamp,
    to: Timestamp,
) -> Vec<(Timestamp, Timestamp)> {
    let mut open: Vec<(Timestamp, Timestamp)> = Vec::new();
    for day in time::days(from.plus_hours(-24), to.plus_hours(24), zone) {
        let exception = exceptions.iter().find(|exception| exception.date == day.date);
        let spans: &[Span] = exception.map_or(&week[day.weekday], |exception| &exception.spans);
        for span in spans {
            let (begins, ends) = (day.wall(span.from, false), day.wall(span.to, true));
            match open.last_mut() {
                Some(last) if last.1 >= begins => last.1 = last.1.max(ends),
                _ if begins < ends => open.push((begins, ends)),
                _ => {}
            }
        }
    }
    open.retain(|(begins, ends)| *begins < to && from < *ends);
    open
}
