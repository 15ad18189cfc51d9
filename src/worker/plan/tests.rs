use proptest::prelude::*;

use super::*;
use crate::booking::machine::guards::Guard;
use crate::booking::machine::tests::support::{World, every_situation, noon};
use crate::booking::machine::{Role, TABLE};

fn marks(world: &World, reminded: &[&str]) -> Vec<String> {
    let reminded: Vec<String> = reminded.iter().map(|mark| (*mark).into()).collect();
    reminders_ahead(&world.booking, &reminded).map(|reminder| mark(&reminder)).collect()
}

#[test]
fn the_clocks_rows_ask_about_nothing_outside_of_the_booking() {
    for row in TABLE.rows().iter().filter(|row| row.clock.is_some()) {
        assert_eq!(row.guards, [Guard::Due], "{}", row.action_name);
        assert!(row.inputs.is_empty() && row.edges.iter().all(|edge| edge.guards.is_empty()), "{}", row.action_name);
    }
}

#[test]
fn a_reminder_whose_instant_had_passed_when_the_booking_came_to_call_for_it_is_not_sent() {
    let requested = World::draft().act(Role::Customer, "request");
    let early = requested.clone().later(1).act(Role::Provider, "accept");
    let (soon, done) = (early.start().plus_hours(-24), early.booking.state.ends_at.plus_hours(24));
    let [soon, done] = [format!("starting_soon:{}", soon.0), format!("is_it_done:{}", done.0)];
    assert_eq!(marks(&early, &[]), [soon.clone(), done.clone()]);
    assert_eq!(marks(&early, &[&soon]), std::slice::from_ref(&done), "sent once");
    let mut late = requested.at(early.start().plus_hours(-3));
    late.booking.service.answer_hours = 200;
    assert_eq!(marks(&late.act(Role::Provider, "accept"), &[]), [done]);
    let moved = early.at(noon().plus_hours(3)).act(Role::Provider, "propose_change").later(1);
    assert_eq!(marks(&moved, &[])[0], soon, "a proposal moves nothing");
    let moved = moved.act(Role::Customer, "accept_change");
    assert_ne!(marks(&moved, &[&soon])[0], soon, "a new time has a reminder of its own");
}

#[test]
fn reminders_are_for_each_whom_they_are_for_and_outlived_when_the_booking_moves_on() {
    let requested = World::draft().act(Role::Customer, "request");
    let reminder = reminders_ahead(&requested.booking, &[]).next().unwrap();
    let [entry] = <[_; 1]>::try_from(entries(&requested.booking, &reminder)).unwrap();
    assert_eq!(
        (entry.to.as_ref().map(Addressee::as_str), entry.action_name.as_str(), entry.at),
        (Some("provider"), "answer_half", reminder.at)
    );
    assert!(!is_outlived(&requested.booking, &entry));
    let accepted = requested.act(Role::Provider, "accept");
    assert!(is_outlived(&accepted.booking, &entry));
    let reminder = reminders_ahead(&accepted.booking, &[]).next().unwrap();
    let both = entries(&accepted.booking, &reminder);
    assert!(both.len() == 2 && both[0].key != both[1].key && both[0].to != both[1].to);
}

#[test]
fn every_situation_is_looked_at_when_its_next_clock_or_reminder_is_due_and_not_before() {
    for (name, world) in every_situation() {
        let clock = next_due(TABLE, &world.booking).map(|(_, at)| at);
        let reminder = reminders_ahead(&world.booking, &[]).map(|reminder| reminder.at).min();
        let expected = [clock, reminder].into_iter().flatten().min();
        assert_eq!(wake_at(TABLE, &world.booking, &[], &[]), expected, "{name}");
        assert!(expected.is_some() || world.booking.state.is_final(), "{name}: nobody would ever look at it");
    }
}

#[test]
fn an_entry_that_fails_is_tried_later_and_later_and_then_given_up() {
    let world = World::draft().act(Role::Customer, "request");
    let reminder = reminders_ahead(&world.booking, &[]).next().unwrap();
    let mut queued = QueuedEntry::from(entries(&world.booking, &reminder).remove(0));
    assert!(queued.is_due(noon()));
    for tries in 1..DEAD_AFTER {
        queued = queued.failed("away".into(), noon(), u32::MAX);
        assert!(queued.is_pending() && !queued.is_due(noon()), "{tries}");
        let wake = wake_at(TABLE, &world.booking, &[], std::slice::from_ref(&queued));
        assert_eq!(wake, queued.try_at);
    }
    queued = queued.failed("away".into(), noon(), 0);
    assert!(!queued.is_pending() && !queued.is_due(noon().plus_hours(1000)));
    assert_ne!(wake_at(TABLE, &world.booking, &[], &[queued]), None, "its clock goes on");
}

proptest! {
    #[test]
    fn waits_grow_and_stay_between_half_and_all_of_their_longest(failures in 1_u32..100, jitter: u32) {
        let wait = |failures, jitter| try_again_at(noon(), failures, jitter).0 - noon().0;
        let (least, most) = (wait(failures, 0), wait(failures, jitter));
        prop_assert!(least <= most && most < 2 * least && most < 15 * 60_000);
        prop_assert!(least <= wait(failures + 1, 0));
    }
}
