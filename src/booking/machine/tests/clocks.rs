//! Every clock strikes at its instant and not before, on every kind of day.

use super::support::*;
use crate::booking::machine::clocks::reminders;
use crate::booking::machine::*;
use crate::time::{self, Timestamp};

/// The next due action, and that the clock can take it exactly then.
fn strikes(world: &World) -> (&'static str, Timestamp) {
    let (action, at) = next_due(TABLE, &world.booking).expect("a clock runs");
    let early = world.clone().at(Timestamp(at.0 - 1));
    assert_eq!(early.codes(Role::System, action), ["not_due"], "{action} a moment too early");
    assert_eq!(early.try_act(Role::System, action).unwrap_err()[0].retry_at, Some(at));
    world.clone().at(at).act(Role::System, action);
    (action, at)
}

#[test]
fn a_draft_expires_after_a_day() {
    assert_eq!(strikes(&World::draft()), ("expire_draft", noon().plus_hours(24)));
}

#[test]
fn a_request_expires_after_the_providers_time_or_two_hours_before_the_start() {
    let far = World::draft().act(Role::Customer, "request");
    assert_eq!(strikes(&far), ("expire_request", noon().plus_hours(24)));
    let near = World::draft_of(service(), noon().plus_hours(6), ZONE).act(Role::Customer, "request");
    assert_eq!(strikes(&near), ("expire_request", noon().plus_hours(4)));
}

#[test]
fn a_quote_expires_after_three_days_or_two_hours_before_the_start_and_cannot_be_taken_then() {
    let quoted = World::draft().act(Role::Customer, "request").later(1).act(Role::Provider, "quote");
    let (action, at) = strikes(&quoted);
    assert_eq!((action, at), ("expire_request", noon().plus_hours(73)));
    assert_eq!(quoted.clone().at(Timestamp(at.0 - 1)).codes(Role::Customer, "accept_quote"), [""; 0]);
    assert_eq!(quoted.at(at).codes(Role::Customer, "accept_quote"), ["quote_expired"]);
}

#[test]
fn a_counter_offer_starts_the_providers_time_again() {
    let countered = World::draft().act(Role::Customer, "request").act(Role::Provider, "quote").later(10);
    assert_eq!(strikes(&countered.act(Role::Customer, "counter")).1, noon().plus_hours(34));
}

#[test]
fn a_proposed_time_lapses_after_two_days_or_two_hours_before_the_earlier_start_and_the_booking_stands() {
    let world = World::draft().act(Role::Customer, "request").act(Role::Provider, "accept");
    let proposed = world.clone().act(Role::Provider, "propose_change");
    assert_eq!(strikes(&proposed), ("lapse_change", noon().plus_hours(48)));
    let sooner = noon().plus_hours(20).local_field(ZONE);
    let proposed = world.with(Role::Provider, "propose_change", "starts_at", &sooner);
    let (action, at) = strikes(&proposed);
    assert_eq!((action, at), ("lapse_change", noon().plus_hours(18)));
    let lapsed = proposed.at(at).act(Role::System, action);
    assert_eq!((lapsed.booking.state.status, lapsed.start()), (Status::Accepted, noon().plus_hours(120)));
}

#[test]
fn silence_after_the_end_asks_the_customer_and_then_completes() {
    let world = World::draft().act(Role::Customer, "request").act(Role::Provider, "accept");
    let end = world.booking.state.ends_at;
    assert_eq!(strikes(&world), ("mark_unattended", end.plus_hours(72)));
    let started = world.clone().at(world.start()).act(Role::Provider, "start");
    assert_eq!(strikes(&started), ("mark_unattended", end.plus_hours(72)));
    let fix = started.later(30).act(Role::Provider, "finish").later(1).act(Role::Customer, "request_fix");
    assert_eq!(strikes(&fix), ("mark_unattended", fix.now.plus_hours(72)), "counted from the fix when that is later");
    let unattended = world.at(end.plus_hours(72)).act(Role::System, "mark_unattended");
    assert_eq!(strikes(&unattended), ("auto_complete", end.plus_hours(144)));
}

#[test]
fn a_no_show_settles_after_a_day_and_reviews_close_after_a_fortnight() {
    let world = World::draft().act(Role::Customer, "request").act(Role::Provider, "accept");
    let late = world.clone().at(world.start().plus_minutes(15));
    assert_eq!(strikes(&late.clone().act(Role::Provider, "report_no_show")).1, late.now.plus_hours(24));
    let done = world.clone().at(world.start()).act(Role::Provider, "start").act(Role::Customer, "confirm");
    assert_eq!(strikes(&done), ("close_reviews", world.start().plus_hours(24 * 14)));
}

#[test]
fn windows_open_and_close_at_their_instants() {
    let world = World::draft().act(Role::Customer, "request").act(Role::Provider, "accept");
    let (start, end) = (world.start(), world.booking.state.ends_at);
    let possible = |at: Timestamp, role, action| world.clone().at(at).try_act(role, action).is_ok();
    let just_before = |at: Timestamp| Timestamp(at.0 - 1);
    for (role, action, opens, closes) in [
        (Role::Provider, "start", start.plus_minutes(-30), end.plus_hours(24)),
        (Role::Customer, "report_no_show", start.plus_minutes(15), start.plus_hours(24)),
        (Role::Customer, "cancel", noon(), start),
        (Role::Customer, "propose_change", noon(), start.plus_hours(-24)),
        (Role::Provider, "propose_change", noon(), start.plus_hours(-2)),
    ] {
        assert!(opens == noon() || !possible(just_before(opens), role, action), "{action} opens too early");
        assert!(possible(opens, role, action) && possible(just_before(closes), role, action), "{action}");
        assert!(!possible(closes, role, action), "{action} closes too late");
    }
    let early = world.at(start.plus_hours(-1)).try_act(Role::Provider, "start").unwrap_err();
    assert_eq!(early[0].message, "You can start from Thu 26 November 2026, 11:30 am NZDT.");
    assert_eq!(early[0].retry_at, Some(start.plus_minutes(-30)));
}

#[test]
fn only_what_the_clock_completed_can_be_disputed_for_three_days() {
    let world = World::draft().act(Role::Customer, "request").act(Role::Provider, "accept");
    let done = world.clone().at(world.start()).act(Role::Provider, "start").act(Role::Provider, "finish");
    let by_clock = done.clone().later(72).act(Role::System, "auto_complete");
    assert_eq!(by_clock.codes(Role::Customer, "open_dispute"), [""; 0]);
    assert_eq!(by_clock.codes(Role::Provider, "open_dispute"), ["customer_only"]);
    assert_eq!(by_clock.clone().later(72).codes(Role::Customer, "open_dispute"), ["dispute_window_over"]);
    let confirmed = done.act(Role::Customer, "confirm");
    assert_eq!(confirmed.codes(Role::Customer, "open_dispute"), ["agreed_completion"]);
}

#[test]
fn reminders_come_at_half_and_nine_tenths_before_the_start_after_the_end_and_to_the_admin() {
    let kinds = |world: &World| reminders(&world.booking).iter().map(|r| (r.kind.name(), r.at)).collect::<Vec<_>>();
    let requested = World::draft().act(Role::Customer, "request");
    let minutes = |m| noon().plus_minutes(m);
    assert_eq!(kinds(&requested), [("answer_half", minutes(720)), ("answer_nearly_over", minutes(1296))]);
    let accepted = requested.act(Role::Provider, "accept");
    let (start, end) = (accepted.start(), accepted.booking.state.ends_at);
    assert_eq!(kinds(&accepted), [("starting_soon", start.plus_hours(-24)), ("is_it_done", end.plus_hours(24))]);
    let disputed = accepted.at(start).act(Role::Provider, "start").act(Role::Customer, "open_dispute");
    assert_eq!(next_due(TABLE, &disputed.booking), None, "no clock decides a dispute");
    assert_eq!(kinds(&disputed)[0], ("dispute_alarm", start.plus_hours(7 * 24)));
}

#[test]
fn hours_are_hours_on_the_days_when_clocks_shift() {
    for (zone, morning, shift_minutes) in [
        ("Pacific/Auckland", "2026-09-27T09:00", 60),
        ("Pacific/Auckland", "2026-04-05T09:00", -60),
        ("Pacific/Chatham", "2026-09-27T09:00", 60),
        ("Australia/Sydney", "2026-10-04T09:00", 60),
        ("Australia/Lord_Howe", "2026-10-04T09:00", 30),
        ("Australia/Lord_Howe", "2026-04-05T09:00", -30),
        ("Australia/Adelaide", "2026-10-04T09:00", 60),
        ("Australia/Brisbane", "2026-10-04T09:00", 0),
    ] {
        let start = time::parse(morning, zone).unwrap();
        let mut world = World::draft_of(service(), start, zone).at(start.plus_hours(-72));
        world.booking.created_at = world.now;
        let world = world.act(Role::Customer, "request").act(Role::Provider, "accept");
        // A day before on the clock is not 24 hours before: the window is counted in hours.
        let wall = time::parse(&format!("{}T09:00", day_before(morning)), zone).unwrap();
        assert_eq!(start.minutes_since(wall), 24 * 60 - shift_minutes, "{zone}");
        let fee = |at| {
            let split = world.clone().at(at).try_act(Role::Customer, "cancel").unwrap().state.split.unwrap();
            split.kept.amount
        };
        assert_eq!((fee(start.plus_hours(-24)), fee(start.plus_minutes(-24 * 60 + 1))), (0, 5_000), "{zone}");
        assert_eq!(world.clone().at(start.plus_minutes(-31)).codes(Role::Provider, "start"), ["outside_start_window"]);
        world.at(start.plus_minutes(-30)).act(Role::Provider, "start");
    }
}

fn day_before(morning: &str) -> String {
    let day: i32 = morning[8..10].parse().unwrap();
    format!("{}{:02}", &morning[..8], day - 1)
}

#[test]
fn a_clock_that_does_not_run_strikes_nothing() {
    let accepted = World::draft().act(Role::Customer, "request").later(1).act(Role::Provider, "accept");
    assert_eq!(accepted.codes(Role::System, "lapse_change"), ["not_due"], "nothing is proposed");
    let started = accepted.clone().at(accepted.start()).act(Role::Provider, "start");
    let reviewed = started.act(Role::Customer, "confirm").act(Role::Customer, "review").act(Role::Provider, "review");
    assert_eq!(reviewed.later(24 * 30).codes(Role::System, "close_reviews"), ["not_due"], "they are published");
}
