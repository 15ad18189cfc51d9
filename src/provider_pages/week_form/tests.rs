use proptest::prelude::*;

use super::*;
use crate::provider::week::ordinary_week;

fn spans(text: &str) -> Result<Vec<(i16, i16)>, String> {
    read_spans("Monday", text).map(|(spans, _)| spans.iter().map(|span| (span.from_minute, span.to_minute)).collect())
}

#[test]
fn hours_are_read_as_people_type_them() {
    for text in ["08:30-12:00, 13:00-17:00", "13-17; 8:30-12", "8.30 – 12 , 13:00 to 17:00", "8:30am-12pm, 1pm-5pm"] {
        assert_eq!(spans(text), Ok(vec![(510, 720), (780, 1020)]), "{text}");
    }
    assert_eq!(spans(" "), Ok(vec![]));
    assert_eq!(spans("0-24:00"), Ok(vec![(0, 1440)]));
    assert_eq!(spans("12am-12pm"), Ok(vec![(0, 720)]));
}

#[test]
fn what_cannot_be_is_refused_with_day_span_and_remedy() {
    for (text, expected) in [
        ("9", "cannot be read"),
        ("9-", "cannot be read"),
        ("nine-five", "cannot be read"),
        ("9-25", "cannot be read"),
        ("24:15-24:30", "cannot be read"),
        ("9:5-10", "cannot be read"),
        ("13pm-14pm", "cannot be read"),
        ("-1-5", "cannot be read"),
        ("9:10-10:00", "quarter of an hour"),
        ("17:00-9:00", "next day"),
        ("9:00-9:00", "ends before it begins"),
        ("8-12, 11:45-13", "08:00-12:00 and 11:45-13:00 overlap"),
        ("8-12, 8-12", "overlap"),
        ("1-2,3-4,5-6,7-8,9-10", "at most 4"),
    ] {
        let problem = spans(text).unwrap_err();
        assert!(problem.starts_with("Monday") && problem.contains(expected), "{text}: {problem}");
    }
    assert!(spans(&"8-9,".repeat(10_000)).unwrap_err().contains("too long"));
}

#[test]
fn spans_that_touch_become_one_and_that_is_said() {
    let (spans, notes) = read_spans("Friday", "12:00-17:00, 08:00-12:00").unwrap();
    assert_eq!(spans, [Span { from_minute: 480, to_minute: 1020 }]);
    assert_eq!(notes, ["Friday: 08:00-12:00 and 12:00-17:00 became one."]);
}

#[test]
fn every_wrong_day_of_a_week_is_named() {
    let problems = read_week(&["x", "8-9", "", "9-8", "", "", "8-10,9-11"]).unwrap_err();
    assert_eq!(problems.iter().map(|(day, _)| *day).collect::<Vec<_>>(), [0, 3, 6]);
}

#[test]
fn only_real_days_from_today_to_two_years_ahead_can_be_planned() {
    let zone = "Pacific/Auckland";
    let now = time::parse("2026-11-24T09:00", zone).unwrap();
    for fine in ["2026-11-24", "2026-12-25", "2028-11-24", "2028-02-29"] {
        assert_eq!(read_date(fine, zone, now).unwrap().date, fine);
    }
    for (wrong, expected) in [
        ("2026-11-23", "is over"),
        ("1999-01-01", "is over"),
        ("9999-12-31", "too far ahead"),
        ("2028-12-01", "too far ahead"),
        ("2027-02-29", "no such date"),
        ("", "no such date"),
        ("{\"$gt\":1}", "no such date"),
    ] {
        let problem = read_date(wrong, zone, now).err().unwrap();
        assert!(problem.contains(expected), "{wrong}: {problem}");
    }
}

#[test]
fn a_day_off_other_hours_and_extra_hours_are_kept_as_the_hours_of_the_day() {
    let friday = time::day("2026-12-25", "Pacific/Auckland").unwrap();
    let read = |kind, hours| read_exception(&ordinary_week(), &friday, kind, hours, "x");
    let kept = |kind, hours| spans_text(&read(kind, hours).unwrap().0.spans);
    assert_eq!(kept(Kind::Off, ""), "");
    assert_eq!(kept(Kind::Other, "10-12"), "10:00-12:00");
    assert_eq!(kept(Kind::Extra, "19-21"), "08:30-17:00, 19:00-21:00");
    assert_eq!(kept(Kind::Extra, "16-18"), "08:30-18:00");
    assert!(read(Kind::Other, "").unwrap_err().contains("Write the hours"));
    assert!(read(Kind::Off, "9-10").unwrap().1[0].contains("left out"), "nothing is lost silently");
}

#[test]
fn a_second_exception_of_a_day_replaces_the_first_and_past_ones_go() {
    let exception = |date: &str, note: &str| DayException { date: date.into(), spans: vec![], note: note.into() };
    let old = [exception("2026-01-01", "past"), exception("2026-12-25", "old"), exception("2026-12-31", "stays")];
    let new = vec![exception("2026-12-25", "new"), exception("2026-12-01", "first")];
    let all = with_exceptions(&old, new, "2026-11-24").unwrap();
    assert_eq!(all.iter().map(|one| one.note.as_str()).collect::<Vec<_>>(), ["first", "new", "stays"]);
    let many = (0..=MOST_EXCEPTIONS).map(|day| exception(&format!("2027-01-{day:03}"), "")).collect();
    assert!(with_exceptions(&[], many, "2026-11-24").unwrap_err().contains("200"));
}

proptest! {
    #[test]
    fn whatever_is_typed_gives_spans_in_order_and_apart_or_words(text in "[0-9:., apm;-]{0,40}") {
        if let Ok((spans, _)) = read_spans("Monday", &text) {
            prop_assert!(spans.len() <= MOST_SPANS);
            prop_assert!(spans.iter().all(|span| 0 <= span.from_minute && span.from_minute < span.to_minute && span.to_minute <= 1440));
            prop_assert!(spans.windows(2).all(|pair| pair[0].to_minute < pair[1].from_minute));
            prop_assert_eq!(read_spans("Monday", &spans_text(&spans)).unwrap().0, spans, "what is shown can be typed");
        }
    }
}
