//! Law 1 (listed as available <=> executes) and the cells of the table, exhaustively.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::support::*;
use crate::booking::machine::*;

/// The instants worth looking at: now, and around every edge of the time windows.
fn instants(world: &World) -> Vec<crate::time::Timestamp> {
    let start = world.start();
    let edges = [-24 * 60, -180, -120, -30, 0, 15, 120, 24 * 60, 26 * 60, 74 * 60, 150 * 60, 24 * 60 * 20];
    let around = edges.iter().flat_map(|edge| [start.plus_minutes(edge - 1), start.plus_minutes(*edge)]);
    std::iter::once(world.now).chain(around.filter(|at| *at >= world.now)).collect()
}

fn every_facts() -> Vec<Facts> {
    let good = Facts::good();
    vec![
        good.clone(),
        Facts { slot_free: false, code_tries_left: false, ..good.clone() },
        Facts { email_verified: false, profile_complete: false, ..good.clone() },
        Facts { provider_active: false, inside_area: false, within_hours: false, open_requests: 3, ..good },
    ]
}

#[test]
fn what_is_listed_as_available_executes_and_nothing_else_does() {
    let (mut available, mut denied, mut unlisted) = (0, 0, 0);
    for (name, world) in every_situation() {
        for (now, facts) in
            instants(&world).into_iter().flat_map(|now| every_facts().into_iter().map(move |f| (now, f)))
        {
            let world = World { now, facts: facts.clone(), ..world.clone() };
            for role in Role::ALL {
                let listed = get_available_booking_actions(TABLE, &world.booking, &actor(role), &facts, now);
                for row in TABLE.rows() {
                    let executes = world.try_act(role, row.action_name);
                    let offer = listed.iter().find(|offer| offer.row.action_name == row.action_name);
                    let context = format!("{name}: {} as {role:?} at {}", row.action_name, now.rfc3339());
                    match offer {
                        Some(offer) if offer.available() => {
                            assert!(executes.is_ok(), "{context}: listed, but {executes:?}");
                            assert!(offer.deadline.is_none_or(|deadline| deadline > now), "{context}: deadline passed");
                            assert_eq!(offer.to, executes.unwrap().state.status, "{context}: leads elsewhere");
                            available += 1;
                        }
                        Some(offer) => {
                            let codes = |denials: &[Denial]| denials.iter().map(|d| d.code).collect::<BTreeSet<_>>();
                            assert_eq!(codes(&offer.denials), codes(&executes.unwrap_err()), "{context}");
                            denied += 1;
                        }
                        None => {
                            assert_eq!(executes.map(|_| ()).unwrap_err().len(), 1, "{context}: wrong status or actor");
                            unlisted += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(available > 5_000 && denied > 5_000 && unlisted > 50_000, "{available} {denied} {unlisted}");
}

#[test]
fn every_status_is_looked_at_and_every_row_can_be_done() {
    let situations = every_situation();
    let seen: BTreeSet<Status> = situations.iter().map(|(_, world)| world.booking.state.status).collect();
    assert_eq!(seen.len(), Status::ALL.len(), "{seen:?}");
    for row in TABLE.rows() {
        let possible = situations.iter().any(|(_, world)| {
            let times = instants(world);
            times.into_iter().any(|now| {
                let world = World { now, ..world.clone() };
                Role::ALL.into_iter().any(|role| world.try_act(role, row.action_name).is_ok())
            })
        });
        assert!(possible, "{} is possible nowhere", row.action_name);
    }
}

#[test]
fn every_denial_says_a_reason_and_time_alone_gives_an_instant_to_try_again() {
    let mut codes = BTreeSet::new();
    for (name, world) in every_situation() {
        for (now, facts) in
            instants(&world).into_iter().flat_map(|now| every_facts().into_iter().map(move |f| (now, f)))
        {
            let world = World { now, facts, ..world.clone() };
            for (role, row) in Role::ALL.into_iter().flat_map(|role| TABLE.rows().iter().map(move |row| (role, row))) {
                for denial in world.try_act(role, row.action_name).err().unwrap_or_default() {
                    assert!(denial.message.len() > 10 && denial.message.ends_with('.'), "{name}: {denial:?}");
                    assert!(denial.retry_at.is_none_or(|at| at > now), "{name}: {denial:?}");
                    codes.insert(denial.code);
                }
            }
        }
    }
    insta::assert_snapshot!(codes.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn all_failing_guards_are_told_not_only_the_first() {
    let world = World { facts: every_facts()[3].clone(), ..World::draft() };
    let codes = world.codes(Role::Customer, "request");
    assert_eq!(codes, ["provider_inactive", "outside_area", "outside_hours", "too_many_requests"]);
}

#[test]
fn the_cells_of_the_table_stay_as_they_are() {
    let mut cells = BTreeSet::new();
    for (_, world) in every_situation() {
        for now in instants(&world) {
            let world = World { now, ..world.clone() };
            for (role, row) in Role::ALL.into_iter().flat_map(|role| TABLE.rows().iter().map(move |row| (role, row))) {
                if let Ok(done) = world.try_act(role, row.action_name) {
                    let (from, to) = (world.booking.state.status.name(), done.state.status.name());
                    let critical = if row.is_critical { " !" } else { "" };
                    cells.insert(format!("{from:21} {:8} {:17} -> {to}{critical}", role.name(), row.action_name));
                }
            }
        }
    }
    let text = cells.into_iter().fold(String::new(), |mut text, cell| {
        _ = writeln!(text, "{cell}");
        text
    });
    insta::assert_snapshot!(text);
}

#[test]
fn the_admin_who_is_a_party_cannot_rule() {
    let (_, world) = every_situation().into_iter().find(|(name, _)| *name == "disputed").unwrap();
    let row = TABLE.row("rule_for_customer").unwrap();
    let inputs = Inputs::parse(row, &typed(row, &world.booking, world.now), &world.booking).unwrap();
    let judge = Actor { role: Role::Admin, id: "customer".into(), name: "Aroha".into() };
    let denials = decide(&Ask {
        booking: &world.booking,
        actor: &judge,
        row,
        inputs: &inputs,
        facts: &world.facts,
        now: world.now,
    });
    assert_eq!(denials.unwrap_err()[0].code, "has_interest");
}

#[test]
fn bad_inputs_name_their_field_and_the_remedy() {
    let world = World::draft().act(Role::Customer, "request");
    let long = "x".repeat(2001);
    for (action, field, value, code) in [
        ("decline", "reason", "", "missing_input"),
        ("decline", "reason", " \n\u{0} ", "missing_input"),
        ("decline", "reason", long.as_str(), "too_long"),
        ("decline", "$ne", "", "unknown_input"),
        ("quote", "amount", "-5", "bad_amount"),
        ("quote", "amount", "0", "bad_amount"),
        ("quote", "amount", "10000000000", "bad_amount"),
        ("quote", "amount", "NaN", "bad_amount"),
        ("propose_change", "starts_at", "soon", "bad_time"),
        ("propose_change", "starts_at", "2027-09-26T02:30", "skipped_time"),
        ("review", "stars", "6", "bad_stars"),
        ("review", "stars", "4.5", "bad_stars"),
    ] {
        let row = TABLE.row(action).unwrap();
        let mut raw = typed(row, &world.booking, world.now);
        raw.insert(field.into(), value.into());
        let errors = Inputs::parse(row, &raw, &world.booking).unwrap_err();
        assert_eq!((errors[0].field.as_str(), errors[0].code), (field, code), "{action} {value}");
        assert!(errors[0].message.ends_with('.'), "{errors:?}");
    }
    let fine = ["\u{1F44D} Ka pai!", "\u{202B}مرحبا\u{202C}", "<script>alert(1)</script>", &"é".repeat(2000)];
    for text in fine {
        let world = world.clone().with(Role::Provider, "decline", "reason", text);
        assert_eq!(world.booking.history.last().unwrap().message.as_deref(), Some(text));
    }
}

#[test]
fn a_new_time_in_the_past_or_too_far_ahead_is_the_fields_fault() {
    let world = World::draft().act(Role::Customer, "request");
    for value in ["2026-11-20T09:00", "2026-11-21T13:30", "2028-01-01T09:00", "9999-12-31T09:00"] {
        let raw = [("starts_at".to_owned(), value.to_owned())].into();
        let denials = world.try_with(Role::Provider, "propose_change", &raw).unwrap_err();
        assert_eq!((denials[0].code, denials[0].field), ("new_time_not_possible", Some("starts_at")), "{value}");
    }
}
