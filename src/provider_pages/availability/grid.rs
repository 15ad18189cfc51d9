//! The week as a table of hours and days. Pure: what the calendar and the claims say, cell by cell.

mod view;

use crate::provider::free::{Calendar, joined};
use crate::provider::week::Busy;
use crate::time::{Day, Timestamp};

/// Quarters of an hour in a cell.
const QUARTERS: usize = 4;
/// The hours that are shown if nothing is open: from, and until before.
const USUAL_HOURS: (usize, usize) = (8, 17);

/// What a quarter of an hour is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// Outside the hours.
    Closed,
    /// Can be booked.
    Free,
    /// Taken by another calendar.
    Busy,
    /// Held by a request or a draft.
    Held,
    /// Taken by a booking.
    Taken,
}

impl State {
    /// Every state, as the legend shows them: its letter, its class and its words. The letter and the pattern say it without
    /// the colour.
    pub const LEGEND: [(State, &'static str, &'static str, &'static str); 5] = [
        (State::Free, "F", "slot-free", "free"),
        (State::Held, "H", "slot-held", "held by a request"),
        (State::Taken, "T", "slot-taken", "taken by a booking"),
        (State::Busy, "B", "slot-busy", "busy in another calendar"),
        (State::Closed, "–", "slot-closed", "not at work"),
    ];

    fn look(self) -> (&'static str, &'static str, &'static str) {
        let found = Self::LEGEND.iter().find(|(state, ..)| *state == self);
        found.map_or(("", "", ""), |(_, character, class, label)| (character, class, label))
    }
}

/// An hour of a day.
type Cell = [State; QUARTERS];

/// A week as it is shown.
#[derive(Debug)]
pub(super) struct Grid {
    days: Vec<Day>,
    /// The first hour shown, and its row of seven days, and so on.
    first: usize,
    rows: Vec<[Cell; 7]>,
}

impl Grid {
    /// The week from that Monday on. `taken` and `held` are what bookings and requests claim.
    pub fn new(calendar: &Calendar, monday: &Day, taken: &[Busy], held: &[Busy]) -> Self {
        let days: Vec<Day> = (0..7).map(|day| monday.plus_days(day)).collect();
        let (from, to) = (monday.wall(0, false), monday.plus_days(7).wall(0, true));
        let spans = |list: &[Busy]| joined(list.iter().map(|busy| (busy.from, busy.to)).collect());
        let open = calendar.open_spans(from, to);
        let (taken, held, busy) = (spans(taken), spans(held), spans(calendar.busy));
        let state = |from: Timestamp, to: Timestamp| {
            // An hour that the clocks skip is nobody's.
            if from >= to {
                State::Closed
            } else if touches(&taken, from, to) {
                State::Taken
            } else if touches(&held, from, to) {
                State::Held
            } else if !open.iter().any(|(opens, closes)| *opens <= from && to <= *closes) {
                State::Closed
            } else if touches(&busy, from, to) {
                State::Busy
            } else {
                State::Free
            }
        };
        let all: Vec<[Cell; 7]> = (0..24_i16)
            .map(|hour| {
                std::array::from_fn(|day| {
                    std::array::from_fn(|quarter| {
                        let minute = hour * 60 + i16::try_from(quarter).unwrap_or(0) * 15;
                        days.get(day)
                            .map_or(State::Closed, |day| state(day.wall(minute, false), day.wall(minute + 15, true)))
                    })
                })
            })
            .collect();
        let shown = |row: &[Cell; 7]| row.iter().flatten().any(|state| *state != State::Closed);
        let first = all.iter().position(shown).unwrap_or(USUAL_HOURS.0);
        let end = all.iter().rposition(shown).map_or(USUAL_HOURS.1, |last| last + 1);
        let rows = all.into_iter().skip(first).take(end - first).collect();
        Self { days, first, rows }
    }

    /// What the viewer's clocks show at an hour of the week's days: one time, or two where somebody's clocks change.
    fn elsewhere(&self, hour: usize, zone: &str) -> String {
        let minutes = i16::try_from(hour * 60).unwrap_or(0);
        let clock = |day: &Day| day.wall(minutes, false).local_field(zone).split_off(11);
        let mut times: Vec<String> = self.days.iter().map(clock).collect();
        times.dedup();
        times.join(", later ")
    }
}

fn touches(spans: &[(Timestamp, Timestamp)], from: Timestamp, to: Timestamp) -> bool {
    let next = spans.partition_point(|(_, ends)| *ends <= from);
    spans.get(next).is_some_and(|(begins, _)| *begins < to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::week::{Span, Week};
    use crate::time::{monday_of, parse};
    use crate::ui::render::to_html;

    const ZONE: &str = "Pacific/Auckland";

    fn at(text: &str) -> Timestamp {
        parse(text, ZONE).unwrap()
    }

    fn weekdays() -> Week {
        std::array::from_fn(|day| if day < 5 { vec![Span { from_minute: 510, to_minute: 1020 }] } else { Vec::new() })
    }

    #[test]
    fn cells_tell_free_held_taken_busy_and_closed_apart() {
        let week = weekdays();
        let busy = [Busy { from: at("2026-12-02T13:00"), to: at("2026-12-02T15:00") }];
        let calendar = Calendar { week: &week, exceptions: &[], busy: &busy, zone: ZONE };
        let taken = [Busy { from: at("2026-11-30T09:15"), to: at("2026-11-30T11:00") }];
        let held = [Busy { from: at("2026-12-05T18:00"), to: at("2026-12-05T19:00") }];
        let grid = Grid::new(&calendar, &monday_of("2026-W49", ZONE).unwrap(), &taken, &held);
        // From half past eight on weekdays until the held evening hour outside the hours.
        assert_eq!((grid.first, grid.rows.len()), (8, 11));
        use State::{Busy as B, Closed as C, Free as F, Held as H, Taken as T};
        assert_eq!(grid.rows[0][0], [C, C, F, F]);
        assert_eq!(grid.rows[1][0], [F, T, T, T]);
        assert_eq!(grid.rows[5][2], [B, B, B, B]);
        assert_eq!(grid.rows[10][5], [H, H, H, H]);
        assert_eq!(grid.rows[3][6], [C, C, C, C]);
        let html = to_html(|| grid.render(ZONE, ZONE));
        assert!(!html.contains("where you are"));
        assert_eq!((html.matches("scope=\"col\"").count(), html.matches("scope=\"row\"").count()), (7, 11));
        assert!(html.contains("free, from 09:15 taken by a booking") && html.contains("times in NZDT"), "{html}");
    }

    #[test]
    fn who_is_elsewhere_sees_both_times() {
        let week = weekdays();
        let calendar = Calendar { week: &week, exceptions: &[], busy: &[], zone: ZONE };
        let rendered = |monday: &str| {
            let grid = Grid::new(&calendar, &monday_of(monday, ZONE).unwrap(), &[], &[]);
            to_html(|| grid.render(ZONE, "Australia/Brisbane"))
        };
        let summer = rendered("2026-W49");
        assert!(summer.contains("and below where you are, in AEST"), "{summer}");
        assert!(summer.contains("08:00 <small>05:00</small>"), "{summer}");
        // The clocks of one of them change within the week.
        assert!(rendered("2026-W39").contains("08:00 <small>06:00, later 05:00</small>"));
    }

    #[test]
    fn a_week_without_hours_still_has_a_table() {
        let none = Week::default();
        let calendar = Calendar { week: &none, exceptions: &[], busy: &[], zone: ZONE };
        let grid = Grid::new(&calendar, &monday_of("2026-W49", ZONE).unwrap(), &[], &[]);
        assert_eq!((grid.first, grid.rows.len()), (8, 9));
    }

    #[test]
    fn the_hour_that_clocks_skip_is_nobodys() {
        let all_day: Week = std::array::from_fn(|_| vec![Span { from_minute: 0, to_minute: 1440 }]);
        let calendar = Calendar { week: &all_day, exceptions: &[], busy: &[], zone: ZONE };
        let grid = Grid::new(&calendar, &monday_of("2026-W39", ZONE).unwrap(), &[], &[]);
        assert!(to_html(|| grid.render(ZONE, ZONE)).contains("times in NZST, later NZDT"));
        assert_eq!(grid.rows[2][6], [State::Closed; 4], "27 September 2026, 2 am");
        assert_eq!((grid.rows[1][6], grid.rows[3][6]), ([State::Free; 4], [State::Free; 4]));
    }
}
