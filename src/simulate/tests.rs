//! The simulation itself: it is the same every time, it holds, and it finds what is wrong.

use std::time::Duration;

use super::*;
use crate::booking::machine::guards::Guard;
use crate::booking::machine::{Row, TABLE};

fn plan(bookings: u64) -> Plan {
    Plan { seed: 7, bookings, threads: 2, table: TABLE, fault: None }
}

/// The failure that a plan finds, with a history that is short enough to read.
fn found(plan: Plan) -> Failure {
    let outcome = run(&plan);
    assert!(!outcome.passed());
    let failure = outcome.failure.expect("a law breaks");
    let report = text(&plan, &Outcome { failure: Some(failure.clone()), ..run(&self::plan(1)) }, Duration::ZERO);
    assert!(report.contains("--seed 7") && report.contains(failure.broken.law), "{report}");
    assert!(failure.script.len() <= 12, "{report}");
    println!("{report}");
    failure
}

fn with_row(action: &str, change: impl Fn(&mut Row)) -> Table<'static> {
    let mut rows = TABLE.rows().to_vec();
    rows.iter_mut().filter(|row| row.action_name == action).for_each(change);
    Table(rows.leak())
}

fn with_fault(fault: Fault) -> Plan {
    Plan { fault: Some(fault), ..plan(1_000) }
}

#[test]
fn one_seed_is_one_story_on_any_number_of_threads_and_another_seed_another() {
    let three = run(&Plan { threads: 3, ..plan(1_200) });
    let one = run(&Plan { threads: 1, ..plan(1_200) });
    assert!(three.passed(), "{:?}", three.failure);
    assert_eq!((&one.coverage, &one.counts), (&three.coverage, &three.counts));
    assert_eq!(one.counts.bookings, 1_200);
    let other = run(&Plan { seed: 8, ..plan(1_200) });
    assert_ne!(other.counts, one.counts);
}

#[test]
fn a_replayed_script_ends_as_it_did() {
    let plan = Plan { bookings: 200, ..plan(200) };
    let mut world = plan.world(0);
    let script = plan.driver(0, true).run(&mut world).expect("no law breaks");
    let mut again = plan.world(0);
    for step in &script {
        again.play(step).expect("no law breaks");
    }
    let last = script.last().expect("something happened").at;
    again.finish(last).expect("no law breaks");
    let versions = |world: &World| world.store.all().map(|stored| stored.booking.history.clone()).collect::<Vec<_>>();
    assert_eq!(versions(&world), versions(&again));
    let crashed = world.counts.crashes > 5 && world.counts.stalls > 5 && world.counts.jumps > 5;
    assert!(crashed && world.counts.repeated > 0, "{:?}", world.counts);
}

#[test]
fn a_store_that_ignores_who_holds_a_time_is_found() {
    assert_eq!(found(with_fault(Fault::IgnoresClaims)).broken.law, "no two bookings of one provider overlap");
}

#[test]
fn a_store_that_writes_over_what_was_not_read_is_found() {
    let failure = found(with_fault(Fault::IgnoresVersions));
    assert_eq!(failure.broken.law, "nothing is written over what was not read");
}

#[test]
fn a_store_that_forgets_an_entry_of_the_outbox_is_found() {
    let failure = found(with_fault(Fault::ForgetsEntries));
    assert_eq!(failure.broken.law, "every entry of the outbox is written with its action");
    assert!(failure.script.len() <= 2, "a draft and its request: {:?}", failure.script);
}

#[test]
fn a_store_that_forgets_commands_does_one_twice_and_is_found() {
    assert_eq!(found(with_fault(Fault::ForgetsCommands)).broken.law, "one command has at most one effect");
}

#[test]
fn a_store_that_says_it_has_written_and_has_not_is_found() {
    found(with_fault(Fault::LosesWrites));
}

#[test]
fn a_store_that_keeps_claims_is_found() {
    found(with_fault(Fault::KeepsClaims));
}

#[test]
fn a_worker_that_is_never_told_of_anything_is_found() {
    assert_eq!(found(with_fault(Fault::ForgetsWakes)).broken.law, "every entry of the outbox is done");
}

#[test]
fn a_table_that_lets_a_request_wait_for_ever_is_found() {
    let table = with_row("expire_request", |row| row.clock = None);
    assert_eq!(found(Plan { table, ..plan(500) }).broken.law, "every unfinished status has a clock");
}

#[test]
fn a_table_without_a_limit_is_found() {
    let table = with_row("request_fix", |row| row.guards = &[]);
    assert_eq!(found(Plan { table, ..plan(5_000) }).broken.law, "fixes and reviews are limited");
    let table = with_row("finish", |row| row.guards = &[]);
    assert_eq!(found(Plan { table, ..plan(5_000) }).broken.law, "a split sums to the price");
}

#[test]
fn what_cannot_be_reached_is_named() {
    const NEVER: &[Guard] = &[Guard::FixesLeft, Guard::OffersLeft];
    let table = with_row("request", |row| {
        row.action_name = "order";
        row.guards = NEVER;
    });
    let coverage = Coverage::of(table);
    let missing = coverage.missing();
    assert!(missing.contains(&"draft order customer".into()) && missing.contains(&"denial no_fixes_left".into()));
    assert!(missing.iter().all(|name| !name.starts_with("draft request ")));
}
