//! When a provider is free. Pure: values in, values out.

use super::week::{Busy, DayException, Span, Week};
use crate::time::{self, Timestamp};

/// Starts are offered in steps of this many minutes from the beginning of the working hours.
const STEP: i64 = 30;

/// When a provider works, all of it in the wall-clock time of one zone.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    /// The ordinary week.
    pub week: &'a Week,
    /// The days that are not like the others.
    pub exceptions: &'a [DayException],
    /// What is taken by other calendars.
    pub busy: &'a [Busy],
    /// The IANA zone.
    pub zone: &'a str,
}

/// What a service asks of a free time. All in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How long it takes.
    pub minutes: i64,
    /// Kept free before it.
    pub buffer_before: i64,
    /// Kept free after it.
    pub buffer_after: i64,
    /// From asking until it begins, at least.
    pub lead_time: i64,
}

impl Calendar<'_> {
    /// Whether the provider works during all of the half-open span `from..to`, and is not busy elsewhere then.
    pub fn works(&self, from: Timestamp, to: Timestamp) -> bool {
        let busy = self.busy.iter().any(|busy| busy.from < to && from < busy.to);
        !busy && self.open_spans(from, to).iter().any(|(open, close)| *open <= from && to <= *close)
    }

    /// The working hours that touch `from..to`, in order; spans that touch each other, at midnight for example, are one.
    pub fn open_spans(&self, from: Timestamp, to: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let mut open: Vec<(Timestamp, Timestamp)> = Vec::new();
        for day in time::days(from.plus_hours(-24), to.plus_hours(24), self.zone) {
            let exception = self.exceptions.iter().find(|exception| exception.date == day.date);
            let spans: &[Span] = exception.map_or(&self.week[day.weekday], |exception| &exception.spans);
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

    /// The starts in `from..to` at which the provider is free for the service, in order.
    ///
    /// `taken` is what bookings and holds claim, their buffers included. The work itself lies inside the working hours;
    /// buffers may reach out of them, but not into anything taken.
    pub fn free_starts(
        &self,
        taken: &[Busy],
        terms: Terms,
        from: Timestamp,
        to: Timestamp,
        now: Timestamp,
    ) -> Vec<Timestamp> {
        let earliest = from.max(now.plus_minutes(terms.lead_time.max(0)));
        let free = |start: &Timestamp| {
            let (from, to) =
                (start.plus_minutes(-terms.buffer_before), start.plus_minutes(terms.minutes + terms.buffer_after));
            !self.busy.iter().chain(taken).any(|busy| busy.from < to && from < busy.to)
        };
        let spans = self.open_spans(earliest, to.plus_minutes(terms.minutes.max(1)));
        let starts = spans.into_iter().flat_map(|(open, close)| {
            let steps = (0..).map(move |step| open.plus_minutes(step * STEP));
            steps.take_while(move |start| start.plus_minutes(terms.minutes) <= close)
        });
        starts.filter(|start| *start >= earliest && *start < to).filter(free).collect()
    }
}
