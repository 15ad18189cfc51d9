use super::*;
use crate::time::parse;

const ZONE: &str = "Pacific/Auckland";

fn at(text: &str) -> Timestamp {
    parse(text, ZONE).unwrap()
}

fn now() -> Timestamp {
    at("2026-11-24T09:00")
}

fn file(events: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{}\r\nEND:VCALENDAR\r\n",
        events.replace('\n', "\r\n")
    )
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:one@test\nDTSTAMP:20261101T000000Z\nSUMMARY:Dentist\n{lines}\nEND:VEVENT")
}

fn calendar(events: &str) -> Calendar {
    read(&file(events), ZONE, now()).unwrap()
}

/// The busy times as people read them.
fn busy(events: &str) -> Vec<String> {
    let calendar = calendar(events);
    assert_eq!(calendar.notes, Vec::<String>::new());
    let text = |at: Timestamp| at.local_field(ZONE)[5..].to_owned();
    calendar.busy.iter().map(|busy| format!("{} {}", text(busy.from), text(busy.to))).collect()
}

#[test]
fn single_events_are_read_in_utc_in_a_zone_floating_and_as_days() {
    for (lines, expected) in [
        ("DTSTART:20261201T200000Z\nDTEND:20261201T210000Z", "12-02T09:00 12-02T10:00"),
        (
            "DTSTART;TZID=Pacific/Auckland:20261202T090000\nDTEND;TZID=Pacific/Auckland:20261202T100000",
            "12-02T09:00 12-02T10:00",
        ),
        ("DTSTART;TZID=New Zealand Standard Time:20261202T090000\nDURATION:PT1H30M", "12-02T09:00 12-02T10:30"),
        ("DTSTART;TZID=\"/vendor.test/Australia/Sydney\":20261202T090000\nDURATION:PT1H", "12-02T11:00 12-02T12:00"),
        ("DTSTART:20261202T090000\nDURATION:P1DT1H", "12-02T09:00 12-03T10:00"),
        ("DTSTART;VALUE=DATE:20261202\nDTEND;VALUE=DATE:20261204", "12-02T00:00 12-04T00:00"),
        ("DTSTART;VALUE=DATE:20261202", "12-02T00:00 12-03T00:00"),
        ("DTSTART;VALUE=DATE:20261202\nDTEND;VALUE=DATE:20261202", "12-02T00:00 12-03T00:00"),
        ("dtstart:20261202T090000\ndtend:20261202T100000", "12-02T09:00 12-02T10:00"),
    ] {
        assert_eq!(busy(&event(lines)), [expected], "{lines}");
    }
}

#[test]
fn what_takes_no_time_is_left_out() {
    for lines in [
        "DTSTART:20261202T090000\nDURATION:PT1H\nSTATUS:CANCELLED",
        "DTSTART:20261202T090000\nDURATION:PT1H\nTRANSP:TRANSPARENT",
        "DTSTART:20261202T090000",
        "DTSTART:20200101T090000\nDURATION:PT1H",
        "DTSTART:20290101T090000\nDURATION:PT1H",
    ] {
        assert_eq!(busy(&event(lines)), Vec::<String>::new(), "{lines}");
    }
}

#[test]
fn a_rule_keeps_its_time_on_the_wall_when_clocks_change() {
    // Clocks go back in Auckland on 4 April 2027, inside the range.
    let lines = "DTSTART;TZID=Pacific/Auckland:20260401T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=WE";
    let all = busy(&event(lines));
    assert!(all.iter().all(|one| one.contains("T09:00 ")), "{all:?}");
    // The Wednesdays from 24 November to 23 May.
    assert_eq!((all.len(), all[0].as_str()), (26, "11-25T09:00 11-25T10:00"));
}

#[test]
fn exceptions_additions_and_changed_occurrences_count() {
    let series = event(
        "DTSTART;TZID=Pacific/Auckland:20261201T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=5\n\
         EXDATE;TZID=Pacific/Auckland:20261202T090000,20261203T090000\nRDATE;TZID=Pacific/Auckland:20261220T090000",
    );
    let moved = event(
        "RECURRENCE-ID;TZID=Pacific/Auckland:20261204T090000\nDTSTART;TZID=Pacific/Auckland:20261204T150000\nDURATION:PT30M",
    );
    let gone = event(
        "RECURRENCE-ID;TZID=Pacific/Auckland:20261205T090000\nDTSTART;TZID=Pacific/Auckland:20261205T090000\nSTATUS:CANCELLED",
    );
    assert_eq!(
        busy(&format!("{series}\n{moved}\n{gone}")),
        ["12-01T09:00 12-01T10:00", "12-04T15:00 12-04T15:30", "12-20T09:00 12-20T10:00"]
    );
}

#[test]
fn rules_of_every_kind_give_the_days_that_people_expect() {
    for (rule, expected) in [
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=3", vec!["12-01", "01-05", "02-02"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", vec!["12-31", "01-31"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=4", vec!["12-01", "12-03", "12-15", "12-17"]),
        ("FREQ=DAILY;UNTIL=20261203T090000", vec!["12-01", "12-02", "12-03"]),
        ("FREQ=DAILY;UNTIL=20261202T200000Z", vec!["12-01", "12-02", "12-03"]),
        ("FREQ=DAILY;UNTIL=20261202", vec!["12-01", "12-02"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", vec!["12-31", "01-29"]),
        ("FREQ=YEARLY;COUNT=3", vec!["12-01"]),
    ] {
        let all = busy(&event(&format!("DTSTART:20261201T090000\nDURATION:PT1H\nRRULE:{rule}")));
        let days: Vec<&str> = all.iter().map(|one| &one[..5]).collect();
        assert_eq!(days, expected, "{rule}");
    }
}

#[test]
fn an_old_rule_goes_on_in_step() {
    // Every third day since 1970, every second Thursday since 1970: counted by hand from the first day.
    let days = |rule: &str| {
        let lines = format!("DTSTART;VALUE=DATE:19700101\nRRULE:{rule}");
        calendar(&event(&lines)).busy.iter().map(|busy| busy.from).collect::<Vec<_>>()
    };
    let since =
        |at: Timestamp| (parse(&format!("{}T00:00", &at.local_field(ZONE)[..10]), "Etc/UTC").unwrap().0) / 86_400_000;
    let thirds = days("FREQ=DAILY;INTERVAL=3");
    assert!(thirds.len() >= 60 && thirds.iter().all(|at| since(*at) % 3 == 0));
    let fortnights = days("FREQ=WEEKLY;INTERVAL=2");
    assert!(fortnights.len() >= 12 && fortnights.iter().all(|at| since(*at) % 14 == 0));
}

#[test]
fn an_endless_or_absurd_rule_costs_little_and_says_what_was_left_out() {
    for rule in ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=1", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=1,2,3"] {
        let read = calendar(&event(&format!("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:{rule}")));
        assert_eq!(read.busy, []);
        assert_eq!(read.notes, ["\"Dentist\" repeats more often than once a day, so it was left out."], "{rule}");
    }
    for rule in ["", "FREQ=NEVER", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=x", "FREQ=DAILY;UNTIL=soon"] {
        let read = calendar(&event(&format!("DTSTART:20261201T090000\nDURATION:PT1H\nRRULE:{rule}")));
        assert!(read.busy.len() <= 1, "{rule}: {read:?}");
    }
    // Days that never come, and rules without number.
    let never = event("DTSTART:19700101T000000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30");
    assert_eq!(calendar(&never).busy, []);
    let many = event("DTSTART:20261201T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY\nRRULE:FREQ=DAILY\nRRULE:FREQ=DAILY");
    let many: String = (0..200).map(|_| format!("{many}\n")).collect();
    let read = calendar(many.trim_end());
    assert!(
        read.busy.len() <= MOST && read.notes.iter().any(|note| note.contains("more than 2000")),
        "{:?}",
        read.notes
    );
}

#[test]
fn touching_and_overlapping_events_are_one_busy_time() {
    let hour = |from: &str| event(&format!("DTSTART:20261201T{from}0000\nDURATION:PT1H30M"));
    assert_eq!(
        busy(&format!("{}\n{}\n{}", hour("09"), hour("10"), hour("12"))),
        ["12-01T09:00 12-01T11:30", "12-01T12:00 12-01T13:30"]
    );
}

#[test]
fn what_is_no_calendar_is_refused_with_a_remedy() {
    let deep = format!("BEGIN:VCALENDAR\n{}", "BEGIN:A\n".repeat(100_000));
    for wrong in ["", "hello", "<html>", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "BEGIN:VCALENDAR\nEND:VEVENT", &deep] {
        let problem = read(wrong, ZONE, now()).unwrap_err();
        assert!(problem.ends_with('.') && problem.contains("xport"), "{problem}");
    }
    assert_eq!(read("BEGIN:VCALENDAR\nEND:VCALENDAR", ZONE, now()), Ok(Calendar::default()));
}

#[test]
fn an_event_without_a_readable_time_is_named_and_the_others_stay() {
    let read = calendar(&format!("{}\n{}", event("DTSTART:tomorrow"), event("DTSTART:20261201T090000\nDURATION:PT1H")));
    assert_eq!(read.busy.len(), 1);
    assert_eq!(read.notes, ["\"Dentist\" has no readable start, so it was left out."]);
    let read = calendar(&event("DTSTART;TZID=Middle Earth:20261201T090000\nDURATION:PT1H"));
    assert_eq!((read.busy[0].from, read.notes.len()), (at("2026-12-01T09:00"), 1));
}
