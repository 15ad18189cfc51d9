//! When a provider is free. Pure: values in, values out.

use super::week::{Busy, DayException, Span, Week};
use crate::time::{self, Timestamp};

#[cfg(test)]
mod tests;

/// Starts are offered in steps of this many minutes from the beginning of each span of a day.
const STEP_MINUTES: i64 = 30;

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
    pub buffer_before_minutes: i64,
    /// Kept free after it.
    pub buffer_after_minutes: i64,
    /// From asking until it begins, at least.
    pub lead_time_minutes: i64,
}

impl Calendar<'_> {
    /// Whether the provider works during all of the half-open span `from..to`, and is not busy elsewhere then.
    pub fn works(&self, from: Timestamp, to: Timestamp) -> bool {
        !self.busy.iter().any(|busy| busy.from < to && from < busy.to) && self.is_open(from, to)
    }

    /// Whether all of the half-open span `from..to` lies inside the working hours, busy or not.
    pub fn is_open(&self, from: Timestamp, to: Timestamp) -> bool {
        self.open_spans(from, to).iter().any(|(open, close)| *open <= from && to <= *close)
    }

    /// The working hours that touch `from..to`, in order; spans that touch each other, at midnight for example, are one.
    ///
    /// Hours that go on before or after the range are known for a day beyond it.
    pub fn open_spans(&self, from: Timestamp, to: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let mut open = joined(self.day_spans(from.plus_hours(-24), to.plus_hours(24)));
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
        let minutes = terms.minutes.max(1);
        let (before, after) = (terms.buffer_before_minutes.max(0), terms.buffer_after_minutes.max(0));
        let earliest = from.max(now.plus_minutes(terms.lead_time_minutes.max(0)));
        if earliest >= to {
            return Vec::new();
        }
        let (first, last) = (earliest.plus_minutes(-before), to.plus_minutes(minutes + after));
        let near = self.busy.iter().chain(taken).filter(|busy| busy.from < last && first < busy.to);
        let blocked = joined(near.map(|busy| (busy.from, busy.to)).collect());
        let spans = self.day_spans(earliest.plus_hours(-24), to.plus_minutes(minutes).plus_hours(24));
        let open = joined(spans.clone());
        // What is joined is in order and apart, so only the first one that ends later can matter.
        let free = |start: Timestamp| {
            let (from, to) = (start.plus_minutes(-before), start.plus_minutes(minutes + after));
            let next = blocked.partition_point(|(_, ends)| *ends <= from);
            blocked.get(next).is_none_or(|(begins, _)| *begins >= to)
        };
        let fits = |start: Timestamp| {
            let index = open.partition_point(|(_, ends)| *ends <= start);
            open.get(index).is_some_and(|(begins, ends)| *begins <= start && start.plus_minutes(minutes) <= *ends)
        };
        let steps = spans.into_iter().flat_map(|(begins, ends)| {
            let steps = (0..).map(move |step| begins.plus_minutes(step * STEP_MINUTES));
            steps.take_while(move |start| *start < ends && *start < to)
        });
        let mut starts: Vec<Timestamp> =
            steps.filter(|start| *start >= earliest && fits(*start) && free(*start)).collect();
        // Where clocks go back, two spans of a day can share instants.
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// The spans of each day from that of `from` to that of `to`, as instants, in order of the days.
    ///
    /// A step begins where a span of a day begins, whatever it touches: so the steps are the same whichever range is asked.
    fn day_spans(&self, from: Timestamp, to: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let mut all = Vec::new();
        for day in time::days(from, to, self.zone) {
            let exception = self.exceptions.iter().find(|exception| exception.date == day.date);
            let spans: &[Span] = exception.map_or(&self.week[day.weekday], |exception| &exception.spans);
            let instants = spans.iter().map(|span| (day.wall(span.from_minute, false), day.wall(span.to_minute, true)));
            all.extend(instants.filter(|(begins, ends)| begins < ends));
        }
        all
    }
}

/// The same time as the spans, in order, none touching another.
pub fn joined(mut spans: Vec<(Timestamp, Timestamp)>) -> Vec<(Timestamp, Timestamp)> {
    spans.sort_unstable();
    let mut joined: Vec<(Timestamp, Timestamp)> = Vec::with_capacity(spans.len());
    for (begins, ends) in spans {
        match joined.last_mut() {
            Some(last) if last.1 >= begins => last.1 = last.1.max(ends),
            _ => joined.push((begins, ends)),
        }
    }
    joined
}
