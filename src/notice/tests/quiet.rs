use proptest::prelude::*;

use crate::notice::kinds::Class::{CanWait, Urgent};
use crate::notice::quiet::{Quiet, send_at};
use crate::time::{Timestamp, parse};

const NIGHT: Quiet = Quiet { from_minute: 21 * 60, to_minute: 7 * 60 };
const ZONE: &str = "Pacific/Auckland";

fn at(text: &str) -> Timestamp {
    parse(text, ZONE).unwrap()
}

#[test]
fn a_mail_that_can_wait_comes_in_the_morning_and_an_urgent_one_at_once() {
    let (evening, night, morning) = (at("2026-12-05T21:00"), at("2026-12-06T02:00"), at("2026-12-06T07:00"));
    for now in [evening, night] {
        assert_eq!(send_at(CanWait, Some(NIGHT), ZONE, None, now), morning);
        assert_eq!(send_at(Urgent, Some(NIGHT), ZONE, None, now), now);
        assert_eq!(send_at(CanWait, None, ZONE, None, now), now);
    }
    for day in [morning, at("2026-12-06T20:59")] {
        assert_eq!(send_at(CanWait, Some(NIGHT), ZONE, None, day), day);
    }
    let elsewhere = send_at(CanWait, Some(NIGHT), "Australia/Perth", None, evening);
    assert_eq!(elsewhere, evening, "it is afternoon where they live");
}

#[test]
fn what_would_be_over_by_the_morning_is_sent_at_night() {
    let now = at("2026-12-05T23:00");
    let due = |text| send_at(CanWait, Some(NIGHT), ZONE, Some(at(text)), now);
    assert_eq!(due("2026-12-06T06:00"), now);
    assert_eq!(due("2026-12-06T07:00"), now);
    assert_eq!(due("2026-12-06T07:01"), at("2026-12-06T07:00"));
}

#[test]
fn the_night_is_as_long_as_the_clocks_make_it() {
    // Clocks forward on 27 September 2026, back on 5 April.
    let night = |from, to| NIGHT.end(at(from), ZONE).unwrap().minutes_since(at(from)) - at(to).minutes_since(at(from));
    assert_eq!(night("2026-09-26T21:00", "2026-09-27T07:00"), 0);
    assert_eq!(night("2026-04-04T21:00", "2026-04-05T07:00"), 0);
    assert_eq!(at("2026-09-27T07:00").minutes_since(at("2026-09-26T21:00")), 9 * 60);
    assert_eq!(at("2026-04-05T07:00").minutes_since(at("2026-04-04T21:00")), 11 * 60);
    // Ends that the clocks skip end when they do; ends that come twice end at the second.
    let until_skipped = Quiet { from_minute: 22 * 60, to_minute: 2 * 60 + 30 };
    assert_eq!(until_skipped.end(at("2026-09-27T01:00"), ZONE), Some(at("2026-09-27T03:00")));
    let twice = until_skipped.end(at("2026-04-05T01:00"), ZONE).unwrap();
    assert_eq!(twice, at("2026-04-05T02:30").plus_minutes(60));
}

proptest! {
    #[test]
    fn quiet_hours_end_when_they_say_and_never_begin_again_at_their_end(
        minutes in 0i64..(2 * 366 * 24 * 60),
        from in 0i16..1440,
        to in 0i16..1440,
        zone in prop::sample::select(vec!["Pacific/Auckland", "Australia/Lord_Howe", "Pacific/Chatham", "Australia/Brisbane"]),
    ) {
        let now = Timestamp(1_767_225_600_000).plus_minutes(minutes);
        let quiet = Quiet { from_minute: from, to_minute: to };
        let end = quiet.end(now, zone);
        prop_assert_eq!(send_at(CanWait, Some(quiet), zone, None, now), end.unwrap_or(now));
        if let Some(end) = end {
            prop_assert!(from != to && end > now);
            prop_assert!(end.minutes_since(now) <= 25 * 60, "no night is longer than a day and an hour");
            let clock = end.local_field(zone);
            let wall_time = format!("{:02}:{:02}", to / 60, to % 60);
            let skipped = (120..=210).contains(&to);
            prop_assert!(skipped || clock.ends_with(&wall_time), "{clock} is not {wall_time}");
            prop_assert!(skipped || quiet.end(end, zone).is_none(), "quiet again at once");
        }
    }
}
