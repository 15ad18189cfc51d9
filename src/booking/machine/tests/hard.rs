//! The hard cases: the code for the start, the growing fee, evidence, offers and prices out of range.

use proptest::prelude::*;

use super::support::*;
use crate::booking::machine::policy::fee_steps;
use crate::booking::machine::*;
use crate::time::Timestamp;

/// Accepted, about to start, with a code.
fn with_code() -> World {
    let mut world = World::draft().act(Role::Customer, "request").act(Role::Provider, "accept");
    world.booking.start_code = Some("0472".into());
    let start = world.start();
    world.at(start)
}

#[test]
fn a_fresh_code_has_as_many_digits_as_the_sentences_say() {
    let code = crate::ids::fresh_start_code();
    assert!(code.len() == inputs::CODE_DIGITS && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
}

fn start_with(world: &World, code: &str) -> Result<Transition, Vec<Denial>> {
    let raw = [("start_code".to_owned(), code.to_owned())].into();
    world.try_with(Role::Provider, "start", &raw)
}

fn codes(result: Result<Transition, Vec<Denial>>) -> Vec<&'static str> {
    result.err().unwrap_or_default().iter().map(|denial| denial.code).collect()
}

#[test]
fn work_starts_with_the_right_code_only_and_the_field_says_what_is_wrong() {
    let world = with_code();
    let wrong = start_with(&world, "0471").unwrap_err();
    assert_eq!((wrong[0].code, wrong[0].field), ("wrong_code", Some("start_code")));
    let none = start_with(&world, "").unwrap_err();
    assert_eq!((none[0].code, none[0].field), ("missing_code", Some("start_code")));
    let started = start_with(&world, "0472").unwrap();
    assert_eq!(started.state.status, Status::InProgress);
    let json = serde_json::to_string(&(&started.event, &started.outbox)).unwrap();
    assert!(!json.contains("0472"), "the history does not tell the code: {json}");
}

#[test]
fn without_tries_left_nobody_learns_whether_a_code_is_right() {
    let world = World { facts: Facts { code_tries_left: false, ..Facts::good() }, ..with_code() };
    for code in ["0472", "0471", ""] {
        assert_eq!(codes(start_with(&world, code)), ["no_code_tries_left"]);
    }
    assert_eq!(world.act(Role::Customer, "confirm_start").booking.state.status, Status::InProgress);
}

#[test]
fn where_no_code_was_agreed_on_none_is_asked_for() {
    let world = World::draft().act(Role::Customer, "request").act(Role::Provider, "accept");
    let world = world.clone().at(world.start());
    for code in ["", "1234"] {
        assert!(start_with(&world, code).is_ok());
    }
    assert_eq!(world.codes(Role::Customer, "confirm_start"), ["no_start_code"]);
}

#[test]
fn a_code_that_is_none_is_no_try() {
    let world = with_code();
    let row = TABLE.row("start").unwrap();
    for code in ["472", "00472", "4 72", "abcd", "\u{664}\u{667}\u{662}\u{660}"] {
        let raw = [("start_code".to_owned(), code.to_owned())].into();
        assert_eq!(Inputs::parse(row, &raw, &world.booking).unwrap_err()[0].code, "bad_code", "{code}");
    }
}

#[test]
fn each_side_adds_evidence_ten_times_and_its_words_stand_in_the_history() {
    let (_, mut world) = every_situation().into_iter().find(|(name, _)| *name == "disputed").unwrap();
    for _ in 0..10 {
        world = world.act(Role::Customer, "add_evidence");
    }
    assert_eq!(world.codes(Role::Customer, "add_evidence"), ["no_evidence_left"]);
    let world = world.act(Role::Provider, "add_evidence");
    let dispute = world.booking.state.dispute.as_ref().unwrap();
    assert_eq!((dispute.evidence.len(), dispute.topic.as_deref()), (11, Some("poor_work")));
    assert_eq!(dispute.evidence[0].photos, ["0123456789abcdef0123456789abcdef"]);
    let last = world.booking.history.last().unwrap();
    assert_eq!((last.action_name.as_str(), last.message.as_deref()), ("add_evidence", Some("Because it rains")));
    history::verify(&world.booking).unwrap();
    assert_eq!(world.codes(Role::Admin, "add_evidence"), ["customer_only"]);
    let ended = world.act(Role::Admin, "rule_for_customer");
    assert_eq!(ended.codes(Role::Customer, "add_evidence"), ["wrong_status"]);
}

#[test]
fn a_dispute_without_a_topic_is_written_as_it_was_before_there_were_topics() {
    let (_, world) = every_situation().into_iter().find(|(name, _)| *name == "in progress").unwrap();
    let raw = [("reason".to_owned(), "It drips.".to_owned())].into();
    let opened = world.try_with(Role::Customer, "open_dispute", &raw).unwrap();
    let fields = serde_json::to_value(opened.state.dispute.as_ref().unwrap()).unwrap();
    assert_eq!(fields.as_object().unwrap().keys().collect::<Vec<_>>(), ["at", "by", "offers"]);
}

#[test]
fn what_is_out_of_range_between_two_people_is_refused_at_its_field() {
    let find = |wanted: &str| every_situation().into_iter().find(|(name, _)| *name == wanted).unwrap().1;
    let (requested, disputed) = (find("requested"), find("disputed"));
    for (world, role, action, field, value, code) in [
        (&requested, Role::Provider, "quote", "amount", "0", "bad_amount"),
        (&requested, Role::Provider, "quote", "amount", "1000000000000", "bad_amount"),
        (&requested, Role::Provider, "quote", "amount", "150 AUD", "bad_amount"),
        (&requested, Role::Provider, "quote", "amount", "€150", "bad_amount"),
        (&disputed, Role::Customer, "offer_settlement", "refund_amount", "-1", "bad_amount"),
        (&disputed, Role::Customer, "offer_settlement", "refund_amount", "200.01", "more_than_agreed"),
        (&disputed, Role::Admin, "rule_for_provider", "refund_amount", "200.01", "more_than_agreed"),
        (&disputed, Role::Customer, "add_evidence", "photos", "../../etc/passwd", "bad_photos"),
        (&disputed, Role::Customer, "add_evidence", "evidence", " \n ", "missing_input"),
        (&find("in progress"), Role::Customer, "open_dispute", "topic", "$ne", "bad_choice"),
    ] {
        let row = TABLE.row(action).unwrap();
        let mut raw = typed(row, &world.booking, world.now);
        raw.insert(field.into(), value.into());
        let found = match Inputs::parse(row, &raw, &world.booking) {
            Err(errors) => (errors[0].field.clone(), errors[0].code),
            Ok(_) => {
                let denial = world.try_with(role, action, &raw).unwrap_err().remove(0);
                (denial.field.unwrap_or_default().to_owned(), denial.code)
            }
        };
        assert_eq!(found, (field.to_owned(), code), "{action} {value}");
    }
    let five = ["0123456789abcdef0123456789abcdef"; 5].join(" ");
    let row = TABLE.row("add_evidence").unwrap();
    let raw = [("evidence".to_owned(), "Look.".to_owned()), ("photos".to_owned(), five)].into();
    assert_eq!(Inputs::parse(row, &raw, &disputed.booking).unwrap_err()[0].code, "bad_photos");
}

#[test]
fn nobody_answers_their_own_proposal_or_offer_and_a_new_time_is_another_time() {
    let find = |wanted: &str| every_situation().into_iter().find(|(name, _)| *name == wanted).unwrap().1;
    let proposed = find("accepted, change by customer");
    for action in ["accept_change", "decline_change"] {
        assert_eq!(proposed.codes(Role::Customer, action), ["no_change_open"]);
    }
    assert_eq!(proposed.codes(Role::Provider, "withdraw_change"), ["no_change_of_yours"]);
    let offered = find("disputed, offer by provider");
    assert_eq!(offered.codes(Role::Provider, "accept_settlement"), ["no_offer_open"]);
    let accepted = find("accepted");
    let same = accepted.start().local_field(ZONE);
    let raw = [("starts_at".to_owned(), same)].into();
    let denials = accepted.try_with(Role::Provider, "propose_change", &raw).unwrap_err();
    assert_eq!((denials[0].code, denials[0].field), ("new_time_not_possible", Some("starts_at")));
}

#[test]
fn the_steps_of_the_fee_are_told_from_now_on() {
    let world = World::draft().act(Role::Customer, "request").act(Role::Provider, "accept");
    let start = world.start();
    let steps = |now: Timestamp| -> Vec<(i64, i64)> {
        let steps = fee_steps(&world.booking, now);
        steps.iter().map(|step| (start.minutes_since(step.from), step.fee.amount)).collect()
    };
    assert_eq!(steps(noon().plus_hours(1)), [(119 * 60, 0), (24 * 60 - 1, 5_000), (4 * 60 - 1, 10_000)]);
    assert_eq!(steps(start.plus_hours(-5)), [(5 * 60, 5_000), (4 * 60 - 1, 10_000)]);
    assert_eq!(steps(start.plus_minutes(-1)), [(1, 10_000)]);
    assert_eq!(steps(start), []);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    /// Never falling, and at each instant what the machine would charge then.
    #[test]
    fn the_fee_only_grows_and_is_what_cancelling_costs(
        hours_ahead in 4..200i64, accepted_after in 0..150i64, moved in proptest::option::of(2..400i64),
        now in 0..10_000i64, probes in proptest::collection::vec(0..20_000_000_000i64, 1..30),
    ) {
        let start = noon().plus_hours(hours_ahead);
        let mut world = World::draft_of(service(), start, ZONE).act(Role::Customer, "request");
        world.now = noon().plus_minutes(accepted_after.min(hours_ahead * 60 - 121));
        let mut world = world.act(Role::Provider, "accept");
        if let Some(hours) = moved {
            let to = world.now.plus_hours(hours).plus_minutes(1).local_field(ZONE);
            let raw = [("starts_at".to_owned(), to)].into();
            if let Ok(done) = world.try_with(Role::Provider, "propose_change", &raw) {
                world.booking = done.applied_to(&world.booking);
                world = world.act(Role::Customer, "accept_change");
            }
        }
        let now = world.now.plus_minutes(now % world.start().minutes_since(world.now).max(1));
        let steps = fee_steps(&world.booking, now);
        prop_assert_eq!(steps.first().map(|step| step.from), Some(now));
        prop_assert!(steps.windows(2).all(|pair| pair[0].from < pair[1].from && pair[0].fee.amount < pair[1].fee.amount));
        let edges = steps.iter().flat_map(|step| [step.from, Timestamp(step.from.0 - 1)]);
        let probes: Vec<Timestamp> = probes.into_iter().map(|probe| Timestamp(now.0 + probe)).chain(edges).collect();
        for at in probes.into_iter().filter(|at| *at >= now && *at < world.start()) {
            let charged = world.clone().at(at).try_act(Role::Customer, "cancel").unwrap().state.split.unwrap().kept;
            let step = steps.iter().rev().find(|step| step.from <= at).unwrap();
            prop_assert_eq!(step.fee, charged);
        }
    }
}

/// What is said to somebody who has had the most of something, word for word.
#[test]
fn a_limit_is_told_with_its_number() {
    let denial_message = |world: &World, role: Role, action: &str, code: &str| {
        let denials = world.try_act(role, action).unwrap_err();
        denials.into_iter().find(|denial| denial.code == code).map_or_else(String::new, |denial| denial.message)
    };
    let mut full = World::draft();
    full.facts.open_requests = 3;
    let requests = denial_message(&full, Role::Customer, "request", "too_many_requests");
    assert_eq!(requests, "You have 3 open requests with this provider. Wait for an answer first.");
    let mut quoted = World::draft().act(Role::Customer, "request");
    for _ in 0..5 {
        quoted = quoted.act(Role::Provider, "quote");
    }
    let quotes = denial_message(&quoted, Role::Provider, "quote", "no_quotes_left");
    assert_eq!(quotes, "You have named 5 prices, the most for one booking.");
    let accepted = World::draft().act(Role::Customer, "request").later(1).act(Role::Provider, "accept");
    let mut moved = accepted.clone();
    moved.booking.state.changes_proposed.insert("provider".into(), 3);
    let changes = denial_message(&moved, Role::Provider, "propose_change", "no_changes_left");
    assert_eq!(changes, "You have proposed 3 other times, the most for one booking.");
    let mut reported = accepted.clone().at(accepted.start().plus_minutes(20));
    reported.booking.state.no_shows_reported.insert("customer".into(), 2);
    let reports = denial_message(&reported, Role::Customer, "report_no_show", "no_reports_left");
    assert_eq!(reports, "You have reported this twice, the most for one booking.");
    let started = accepted.clone().at(accepted.start()).act(Role::Provider, "start");
    let mut done = started.later(2).act(Role::Provider, "finish");
    done.booking.state.fixes = 2;
    let fixes = denial_message(&done, Role::Customer, "request_fix", "no_fixes_left");
    assert_eq!(fixes, "You have asked for 2 fixes. You can confirm or open a dispute.");
    let mut disputed = done.act(Role::Customer, "open_dispute");
    for _ in 0..10 {
        disputed = disputed.act(Role::Customer, "add_evidence");
    }
    for _ in 0..3 {
        disputed = disputed.act(Role::Customer, "offer_settlement");
    }
    let offers = denial_message(&disputed, Role::Customer, "offer_settlement", "no_offers_left");
    assert_eq!(offers, "You have made 3 offers, the most for one dispute.");
    let evidence = denial_message(&disputed, Role::Customer, "add_evidence", "no_evidence_left");
    assert_eq!(evidence, "You have added evidence 10 times, the most for one dispute.");
}
