use proptest::prelude::*;

use super::*;
use crate::time::parse;

const ZONES: [&str; 6] = [
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Australia/Brisbane",
    "Australia/Adelaide",
];

fn every_day(spans: &[(i16, i16)]) -> Week {
    std::array::from_fn(|_| spans.iter().map(|(from, to)| Span { from_minute: *from, to_minute: *to }).collect())
}

fn utc(text: &str) -> Timestamp {
    parse(text, "Etc/UTC").unwrap()
}

fn terms(minutes: i64) -> Terms {
    Terms { minutes, buffer_before_minutes: 0, buffer_after_minutes: 0, lead_time_minutes: 0 }
}

fn calendar<'a>(week: &'a Week, zone: &'a str) -> Calendar<'a> {
    Calendar { week, exceptions: &[], busy: &[], zone }
}

/// A day on which the clocks change: its local midnight in UTC, and how many minutes it has.
const CHANGES: [(&str, &str, i64, &str, i64); 5] = [
    ("Pacific/Auckland", "2026-09-26T12:00:00Z", 23 * 60, "2027-04-03T11:00:00Z", 25 * 60),
    ("Pacific/Chatham", "2026-09-26T11:15:00Z", 23 * 60, "2027-04-03T10:15:00Z", 25 * 60),
    ("Australia/Sydney", "2026-10-03T14:00:00Z", 23 * 60, "2027-04-03T13:00:00Z", 25 * 60),
    ("Australia/Lord_Howe", "2026-10-03T13:30:00Z", 23 * 60 + 30, "2027-04-03T13:00:00Z", 24 * 60 + 30),
    ("Australia/Adelaide", "2026-10-03T14:30:00Z", 23 * 60, "2027-04-03T13:30:00Z", 25 * 60),
];

#[test]
fn a_day_on_which_clocks_change_is_as_long_as_it_is() {
    let week = every_day(&[(0, 1440)]);
    for (zone, short, short_minutes, long, long_minutes) in CHANGES {
        for (midnight, minutes) in [(short, short_minutes), (long, long_minutes)] {
            let midnight = utc(midnight);
            let only = Week::default();
            let date = midnight.local_field(zone)[..10].to_owned();
            let exceptions = [DayException { date, spans: week[0].clone(), note: String::new() }];
            let calendar = Calendar { week: &only, exceptions: &exceptions, busy: &[], zone };
            let open = calendar.open_spans(midnight.plus_hours(-48), midnight.plus_hours(72));
            assert_eq!(open, [(midnight, midnight.plus_minutes(minutes))], "{zone}");
            let starts = calendar.free_starts(&[], terms(30), midnight, midnight.plus_hours(72), midnight);
            assert_eq!(starts.len(), usize::try_from(minutes / 30).unwrap(), "{zone}: every half hour once");
        }
    }
    let brisbane = calendar(&week, "Australia/Brisbane");
    let (from, to) = (utc("2026-10-03T14:00:00Z"), utc("2026-10-05T14:00:00Z"));
    assert_eq!(brisbane.free_starts(&[], terms(60), from, to, from).len(), 96);
}

#[test]
fn hours_over_the_skip_and_inside_it_are_right() {
    // Each: zone, a span on the wall of the day of the skip, and what it is in UTC.
    for (zone, date, span, from, to) in [
        ("Pacific/Auckland", "2026-09-27", (60, 240), "2026-09-26T13:00:00Z", "2026-09-26T15:00:00Z"),
        ("Pacific/Auckland", "2026-09-27", (120, 240), "2026-09-26T14:00:00Z", "2026-09-26T15:00:00Z"),
        ("Pacific/Auckland", "2026-09-27", (150, 240), "2026-09-26T14:00:00Z", "2026-09-26T15:00:00Z"),
        ("Pacific/Auckland", "2026-09-27", (60, 150), "2026-09-26T13:00:00Z", "2026-09-26T14:00:00Z"),
        ("Pacific/Auckland", "2026-09-27", (60, 120), "2026-09-26T13:00:00Z", "2026-09-26T14:00:00Z"),
        // At Chatham 2:45 am becomes 3:45 am, at Lord Howe 2:00 am becomes 2:30 am.
        ("Pacific/Chatham", "2026-09-27", (165, 285), "2026-09-26T14:00:00Z", "2026-09-26T15:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-04", (120, 180), "2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-04", (135, 180), "2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z"),
        ("Australia/Sydney", "2026-10-04", (90, 210), "2026-10-03T15:30:00Z", "2026-10-03T16:30:00Z"),
        ("Australia/Adelaide", "2026-10-04", (90, 210), "2026-10-03T16:00:00Z", "2026-10-03T17:00:00Z"),
    ] {
        assert_eq!(one_span(zone, date, span), [(utc(from), utc(to))], "{zone} {span:?}");
    }
    assert_eq!(one_span("Pacific/Auckland", "2026-09-27", (120, 180)), [], "an hour that never happens");
}

#[test]
fn hours_in_what_comes_twice_begin_early_and_end_late() {
    for (zone, date, span, from, to) in [
        ("Pacific/Auckland", "2027-04-04", (120, 180), "2027-04-03T13:00:00Z", "2027-04-03T15:00:00Z"),
        ("Pacific/Auckland", "2027-04-04", (135, 150), "2027-04-03T13:15:00Z", "2027-04-03T14:30:00Z"),
        ("Pacific/Auckland", "2027-04-04", (60, 240), "2027-04-03T12:00:00Z", "2027-04-03T16:00:00Z"),
        ("Pacific/Chatham", "2027-04-04", (165, 225), "2027-04-03T13:00:00Z", "2027-04-03T15:00:00Z"),
        ("Australia/Lord_Howe", "2027-04-04", (90, 120), "2027-04-03T14:30:00Z", "2027-04-03T15:30:00Z"),
        ("Australia/Sydney", "2027-04-04", (120, 180), "2027-04-03T15:00:00Z", "2027-04-03T17:00:00Z"),
        ("Australia/Adelaide", "2027-04-04", (120, 180), "2027-04-03T15:30:00Z", "2027-04-03T17:30:00Z"),
    ] {
        assert_eq!(one_span(zone, date, span), [(utc(from), utc(to))], "{zone} {span:?}");
    }
}

fn one_span(zone: &str, date: &str, (from, to): (i16, i16)) -> Vec<(Timestamp, Timestamp)> {
    let exceptions = [DayException {
        date: date.into(),
        spans: vec![Span { from_minute: from, to_minute: to }],
        note: String::new(),
    }];
    let calendar = Calendar { week: &Week::default(), exceptions: &exceptions, busy: &[], zone };
    let noon = parse(&format!("{date}T12:00"), zone).unwrap();
    calendar.open_spans(noon.plus_hours(-36), noon.plus_hours(36))
}

#[test]
fn two_spans_that_meet_at_midnight_are_one() {
    for zone in ZONES {
        let week = every_day(&[(0, 120), (1320, 1440)]);
        let evening = parse("2026-12-05T22:00", zone).unwrap();
        let calendar = calendar(&week, zone);
        let open = calendar.open_spans(evening.plus_hours(1), evening.plus_hours(2));
        assert_eq!(open, [(evening, evening.plus_hours(4))], "{zone}");
        assert!(calendar.works(evening.plus_hours(1), evening.plus_hours(3)));
        let starts = calendar.free_starts(&[], terms(240), evening.plus_hours(-2), evening.plus_hours(6), evening);
        assert_eq!(starts, [evening], "{zone}: four hours fit only once");
    }
}

#[test]
fn a_day_off_has_no_hours_and_other_hours_take_the_place_of_the_weeks() {
    let week = every_day(&[(540, 1020)]);
    let other = vec![Span { from_minute: 600, to_minute: 660 }];
    let exceptions = [
        DayException { date: "2026-12-25".into(), spans: Vec::new(), note: "Christmas Day".into() },
        DayException { date: "2026-12-26".into(), spans: other, note: String::new() },
    ];
    let zone = "Pacific/Auckland";
    let at = |text| parse(text, zone).unwrap();
    let calendar = Calendar { exceptions: &exceptions, ..calendar(&week, zone) };
    let open = calendar.open_spans(at("2026-12-25T00:00"), at("2026-12-27T00:00"));
    assert_eq!(open, [(at("2026-12-26T10:00"), at("2026-12-26T11:00"))]);
}

#[test]
fn lead_time_and_buffers_keep_their_distance() {
    let zone = "Pacific/Auckland";
    let at = |text| parse(text, zone).unwrap();
    let week = every_day(&[(540, 1020)]);
    let taken = [Busy { from: at("2026-12-07T12:00"), to: at("2026-12-07T13:00") }];
    let asked = Terms { minutes: 60, buffer_before_minutes: 15, buffer_after_minutes: 30, lead_time_minutes: 60 };
    let (from, to) = (at("2026-12-07T00:00"), at("2026-12-08T00:00"));
    let starts = calendar(&week, zone).free_starts(&taken, asked, from, to, at("2026-12-07T08:15"));
    let starts: Vec<String> = starts.into_iter().map(|start| start.local_field(zone)[11..].to_owned()).collect();
    // Not 9:00 (too soon), not 11:00 (its buffer would end at 12:30), not 13:00 (its buffer begins at 12:45).
    assert_eq!(starts, ["09:30", "10:00", "10:30", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00"]);
}

#[test]
fn sixty_days_with_much_taken_are_quick() {
    let week = every_day(&[(420, 1140)]);
    let from = utc("2026-12-01T00:00:00Z");
    let taken: Vec<Busy> = (0..60 * 96)
        .filter(|cell| cell % 3 != 0)
        .map(|cell| Busy { from: from.plus_minutes(cell * 15), to: from.plus_minutes(cell * 15 + 15) })
        .collect();
    let begun = std::time::Instant::now();
    let starts = calendar(&week, ZONES[0]).free_starts(&taken, terms(15), from, from.plus_hours(1440), from);
    println!("{} starts in {:?}", starts.len(), begun.elapsed());
    assert!(!starts.is_empty());
}

/// What a property is about, in minutes after an instant near a change of the clocks.
#[derive(Clone, Debug)]
struct Case {
    zone: &'static str,
    week: Week,
    exceptions: Vec<DayException>,
    busy: Vec<Busy>,
    taken: Vec<Busy>,
    terms: Terms,
    from: Timestamp,
    to: Timestamp,
    now: Timestamp,
}

impl Case {
    fn calendar(&self) -> Calendar<'_> {
        Calendar { week: &self.week, exceptions: &self.exceptions, busy: &self.busy, zone: self.zone }
    }

    fn starts(&self) -> Vec<Timestamp> {
        self.calendar().free_starts(&self.taken, self.terms, self.from, self.to, self.now)
    }
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    prop::collection::btree_set(0_i16..=96, 0..=6).prop_map(|edges| {
        let edges: Vec<i16> = edges.into_iter().collect();
        edges.chunks_exact(2).map(|pair| Span { from_minute: pair[0] * 15, to_minute: pair[1] * 15 }).collect()
    })
}

fn blocks(base: Timestamp) -> impl Strategy<Value = Vec<Busy>> {
    let block = (-2000_i64..9000, 1_i64..700);
    prop::collection::vec(block, 0..12).prop_map(move |blocks| {
        let busy = |(at, long)| Busy { from: base.plus_minutes(at), to: base.plus_minutes(at + long) };
        blocks.into_iter().map(busy).collect()
    })
}

fn cases() -> impl Strategy<Value = Case> {
    let bases = prop::sample::select(vec!["2026-09-25T00:00:00Z", "2026-10-02T00:00:00Z", "2027-04-02T00:00:00Z"]);
    (bases, prop::sample::select(ZONES.to_vec())).prop_flat_map(|(base, zone)| {
        let base = utc(base);
        let exception = (0_i64..6, spans()).prop_map(move |(day, spans)| DayException {
            date: base.plus_hours(24 * day).local_field(zone)[..10].to_owned(),
            spans,
            note: String::new(),
        });
        let terms =
            (1_i64..=20, 0_i64..=4, 0_i64..=4, 0_i64..2000).prop_map(|(minutes, before, after, lead_time_minutes)| {
                Terms {
                    minutes: minutes * 15,
                    buffer_before_minutes: before * 15,
                    buffer_after_minutes: after * 10,
                    lead_time_minutes,
                }
            });
        let week = prop::collection::vec(spans(), 7).prop_map(|days| <Week>::try_from(days).unwrap());
        let range = (0_i64..3000, 0_i64..5000, -500_i64..1000);
        let lists = (prop::collection::vec(exception, 0..3), blocks(base), blocks(base));
        (week, lists, terms, range).prop_map(move |(week, (exceptions, busy, taken), terms, (from, long, now))| Case {
            zone,
            week,
            exceptions,
            busy,
            taken,
            terms,
            from: base.plus_minutes(from),
            to: base.plus_minutes(from + long),
            now: base.plus_minutes(now),
        })
    })
}

/// Why a start on the grid is not offered; nothing if it should be. The rules once more, the slow and plain way.
fn reason(case: &Case, start: Timestamp) -> Option<&'static str> {
    let ends = start.plus_minutes(case.terms.minutes);
    let (from, to) =
        (start.plus_minutes(-case.terms.buffer_before_minutes), ends.plus_minutes(case.terms.buffer_after_minutes));
    let touches = |busy: &Busy| busy.from < to && from < busy.to;
    if start < case.from || start >= case.to {
        Some("outside the range")
    } else if start < case.now.plus_minutes(case.terms.lead_time_minutes) {
        Some("too soon")
    } else if case.busy.iter().any(touches) {
        Some("busy")
    } else if case.taken.iter().any(touches) {
        Some("taken")
    } else if !open_throughout(case, start, ends) {
        Some("outside the hours")
    } else {
        None
    }
}

/// Whether every quarter of an hour of the span is inside the hours, read off the wall minute by minute.
fn open_throughout(case: &Case, from: Timestamp, to: Timestamp) -> bool {
    (0..to.minutes_since(from)).step_by(15).all(|minutes| {
        let field = from.plus_minutes(minutes).local_field(case.zone);
        let (date, clock) = field.split_once('T').unwrap();
        let minute = clock[..2].parse::<i16>().unwrap() * 60 + clock[3..].parse::<i16>().unwrap();
        let noon = parse(&format!("{date}T12:00"), "Etc/UTC").unwrap();
        let weekday = usize::try_from((noon.0.div_euclid(86_400_000) + 3).rem_euclid(7)).unwrap();
        let exception = case.exceptions.iter().find(|exception| exception.date == date);
        let spans = exception.map_or(&case.week[weekday], |exception| &exception.spans);
        spans.iter().any(|span| span.from_minute <= minute && minute < span.to_minute)
    })
}

/// Every step of the spans of the days around, offered or not.
fn grid(case: &Case) -> Vec<Timestamp> {
    let spans = case.calendar().day_spans(case.from.plus_hours(-48), case.to.plus_hours(48));
    let mut grid: Vec<Timestamp> = Vec::new();
    for (begins, ends) in spans {
        grid.extend((0..).map(|step| begins.plus_minutes(30 * step)).take_while(|start| *start < ends));
    }
    grid.sort_unstable();
    grid.dedup();
    grid
}

/// Whether the range is clear of the hours that come twice, where a span reaches further than the wall says.
fn clocks_stand_still(case: &Case) -> bool {
    let (from, to) = (case.from.plus_hours(-24), case.to.plus_hours(48));
    let offset = |at: Timestamp| utc(&format!("{}:00Z", at.local_field(case.zone))).minutes_since(at);
    offset(from) == offset(to)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn every_start_offered_keeps_every_rule(case in cases()) {
        for start in case.starts() {
            let ends = start.plus_minutes(case.terms.minutes);
            prop_assert!(case.calendar().works(start, ends));
            prop_assert!(grid(&case).contains(&start));
            let broken = reason(&case, start).filter(|reason| *reason != "outside the hours");
            prop_assert_eq!(broken, None);
        }
    }

    #[test]
    fn a_start_on_the_grid_is_offered_exactly_if_nothing_speaks_against_it(case in cases()) {
        prop_assume!(clocks_stand_still(&case));
        let offered = case.starts();
        for start in grid(&case) {
            let reason = reason(&case, start);
            prop_assert_eq!(offered.contains(&start), reason.is_none(), "{:?} {:?}", start.rfc3339(), reason);
        }
    }

    #[test]
    fn one_more_thing_to_do_never_adds_a_start(case in cases(), at in 0_i64..8000, long in 1_i64..600) {
        let from = utc("2026-09-25T00:00:00Z").plus_minutes(at).max(case.from);
        let more = Busy { from, to: from.plus_minutes(long) };
        let mut busier = case.clone();
        busier.taken.push(more);
        let before = case.starts();
        prop_assert!(busier.starts().iter().all(|start| before.contains(start)));
    }

    #[test]
    fn a_range_offers_what_its_parts_offer(case in cases(), cut in 0_i64..5000) {
        let middle = case.from.plus_minutes(cut).min(case.to);
        let mut parts = Case { to: middle, ..case.clone() }.starts();
        parts.extend(Case { from: middle, ..case.clone() }.starts());
        prop_assert_eq!(case.starts(), parts);
    }
}
