use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::{World, everything_that_happens};
use crate::booking::machine::outbox::{OutboxEntry, OutboxKind, OutboxStatus};
use crate::booking::machine::{Booking, Role, TABLE};
use crate::notice::truth::still_true;

#[test]
fn what_has_just_happened_is_true() {
    let news = everything_that_happens();
    assert!(news.len() > 100, "{}", news.len());
    for item in &news {
        // The clock closes the reviews whether or not there are any.
        if item.entry.action_name != "close_reviews" {
            assert!(still_true(&item.world.booking, &item.entry, item.world.now), "{:?}", item.entry);
        }
    }
}

/// For every notice and everything that can happen before it is sent: when it is not sent any more.
#[test]
fn what_makes_news_stale_stays_as_it_is() {
    let mut fate: BTreeMap<String, BTreeMap<bool, BTreeSet<&str>>> = BTreeMap::new();
    for item in everything_that_happens() {
        let kind = item.entry.kind.name().replace("notice", "");
        let name = format!("{kind} {}", item.entry.action_name).trim().to_owned();
        for hours in [1, 25, 73, 24 * 15] {
            let later = item.world.clone().later(hours);
            for (role, row) in Role::ALL.into_iter().flat_map(|role| TABLE.rows().iter().map(move |row| (role, row))) {
                if let Ok(done) = later.try_act(role, row.action_name) {
                    let after = done.applied_to(&later.booking);
                    let fresh = still_true(&after, &item.entry, later.now);
                    fate.entry(name.clone()).or_default().entry(fresh).or_default().insert(row.action_name);
                }
            }
        }
    }
    let mut table = String::new();
    for (name, by_freshness) in fate {
        let list = |fresh| {
            by_freshness.get(&fresh).map_or("-".into(), |set| set.iter().copied().collect::<Vec<_>>().join(" "))
        };
        writeln!(table, "{name}\n  told after:  {}\n  stale after: {}", list(true), list(false)).unwrap();
    }
    insta::assert_snapshot!(table);
}

fn notice(booking: &Booking, action_name: &str, to: &str) -> OutboxEntry {
    let event = booking.history.iter().rev().find(|event| event.action_name == action_name).unwrap();
    OutboxEntry {
        key: format!("{}:{}:0", booking.id, event.seq),
        kind: OutboxKind::Notice,
        to: Some(to.into()),
        action_name: action_name.into(),
        at: event.at,
        status: OutboxStatus::Pending,
    }
}

#[test]
fn a_request_that_was_withdrawn_and_a_quote_that_was_answered_are_not_told() {
    let requested = World::draft().act(Role::Customer, "request").later(1);
    let request = notice(&requested.booking, "request", "provider");
    let fresh = |world: &World, entry: &OutboxEntry| still_true(&world.booking, entry, world.now);
    assert!(fresh(&requested, &request));
    assert!(!fresh(&requested.clone().act(Role::Customer, "withdraw"), &request));
    let quoted = requested.act(Role::Provider, "quote").later(1);
    let quote = notice(&quoted.booking, "quote", "customer");
    assert!(fresh(&quoted, &quote) && !fresh(&quoted, &request));
    let countered = quoted.clone().act(Role::Customer, "counter").later(1);
    let counter = notice(&countered.booking, "counter", "provider");
    assert!(fresh(&countered, &counter) && !fresh(&countered, &quote));
    assert!(!fresh(&countered, &request), "the first request was answered by the quote");
    let cancelled = countered.act(Role::Provider, "accept").later(1).act(Role::Customer, "cancel");
    assert!(fresh(&cancelled, &notice(&cancelled.booking, "cancel", "provider")));
    assert!(!fresh(&cancelled, &notice(&cancelled.booking, "accept", "customer")), "only the end of it is told");
}

#[test]
fn a_reminder_is_told_only_while_the_booking_calls_for_it() {
    let accepted = World::draft().act(Role::Customer, "request").later(1).act(Role::Provider, "accept");
    let at = accepted.start().plus_hours(-24);
    let reminder = OutboxEntry {
        kind: OutboxKind::Reminder,
        action_name: "starting_soon".into(),
        at,
        ..notice(&accepted.booking, "accept", "customer")
    };
    let fresh = |world: &World, now| still_true(&world.booking, &reminder, now);
    assert!(fresh(&accepted, at) && fresh(&accepted, accepted.start().plus_minutes(-1)));
    assert!(!fresh(&accepted, accepted.start()), "nothing starts soon that has started");
    let moved = accepted.clone().with(Role::Customer, "propose_change", "starts_at", "2026-12-20T12:00");
    let moved = moved.act(Role::Provider, "accept_change");
    assert!(!fresh(&moved, at), "the new start is further away");
    assert!(!fresh(&accepted.clone().later(1).act(Role::Customer, "cancel"), at));
}
