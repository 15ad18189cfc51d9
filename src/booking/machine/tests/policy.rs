//! What cancelling costs, to the minute and to the cent.

use super::support::*;
use crate::booking::machine::aggregate::Service;
use crate::booking::machine::outbox::OutboxKind;
use crate::booking::machine::*;
use crate::domain::price::PriceTerms;

/// Accepted two days before a start five days after noon; 200.00 for two hours, so 100.00 an hour.
fn accepted() -> World {
    let world = World::draft().act(Role::Customer, "request");
    let at = world.start().plus_hours(-119);
    world.at(at).act(Role::Provider, "accept")
}

fn fee(world: &World, role: Role) -> (i64, i64) {
    let split = world.try_act(role, "cancel").unwrap().state.split.unwrap();
    (split.kept.amount, split.refund.amount)
}

#[test]
fn the_fee_grows_as_the_start_comes_nearer() {
    let world = accepted();
    for (minutes_before, kept) in
        [(24 * 60 + 1, 0), (24 * 60, 0), (24 * 60 - 1, 5_000), (4 * 60, 5_000), (4 * 60 - 1, 10_000), (1, 10_000)]
    {
        let world = world.clone().at(world.start().plus_minutes(-minutes_before));
        assert_eq!(fee(&world, Role::Customer), (kept, 20_000 - kept), "{minutes_before} minutes before");
    }
}

#[test]
fn an_hours_rate_caps_the_fee() {
    let eight_hours = World::draft_of(
        Service { price: PriceTerms::Fixed { amount_cents: 20_001 }, ..service() },
        noon().plus_hours(120),
        ZONE,
    );
    let mut world = eight_hours;
    world.booking.state.ends_at = world.start().plus_hours(8);
    let world = world.act(Role::Customer, "request").act(Role::Provider, "accept");
    let just_before = |hours: i64| world.clone().at(world.start().plus_hours(-hours));
    assert_eq!(fee(&just_before(10), Role::Customer), (2_500, 17_501), "one hour's rate, halves to even");
    assert_eq!(fee(&just_before(1), Role::Customer), (5_000, 15_001), "two hours' rate");
}

#[test]
fn within_a_quarter_of_an_hour_of_acceptance_cancelling_is_free() {
    let soon = World::draft_of(service(), noon().plus_hours(4), ZONE);
    let world = soon.act(Role::Customer, "request").act(Role::Provider, "accept");
    let after = |minutes| world.clone().at(noon().plus_minutes(minutes));
    assert_eq!(fee(&after(14), Role::Customer).0, 0);
    assert_eq!(fee(&after(15), Role::Customer).0, 10_000);
}

#[test]
fn the_provider_who_cancels_gives_everything_back_and_gets_a_strike() {
    let world = accepted();
    let world = world.clone().at(world.start().plus_minutes(-5));
    let done = world.try_act(Role::Provider, "cancel").unwrap();
    assert_eq!(done.state.split.unwrap().refund.amount, 20_000);
    assert!(done.outbox.iter().any(|entry| entry.kind == OutboxKind::Strike));
    let by_customer = world.try_act(Role::Customer, "cancel").unwrap();
    assert!(by_customer.outbox.iter().all(|entry| entry.kind != OutboxKind::Strike));
}

#[test]
fn moving_a_booking_and_then_cancelling_does_not_dodge_the_fee() {
    let world = accepted();
    let inside = world.clone().at(world.start().plus_hours(-3));
    let far = inside.now.plus_hours(24 * 9).local_field(ZONE);
    let moved = inside.with(Role::Provider, "propose_change", "starts_at", &far).act(Role::Customer, "accept_change");
    assert_eq!(moved.booking.state.fee_anchor, Some(world.start()));
    assert_eq!(fee(&moved, Role::Customer).0, 10_000, "fees are counted from the old start");
    let outside = world.clone().with(Role::Provider, "propose_change", "starts_at", &far);
    let moved = outside.act(Role::Customer, "accept_change");
    assert_eq!((moved.booking.state.fee_anchor, fee(&moved, Role::Customer).0), (None, 0));
}

#[test]
fn a_customers_no_show_costs_half_and_a_providers_costs_the_customer_nothing() {
    let world = accepted();
    let late = world.clone().at(world.start().plus_minutes(15));
    for (reporter, kept) in [(Role::Provider, 10_000), (Role::Customer, 0)] {
        let settled = late.clone().act(reporter, "report_no_show").later(24).act(Role::System, "settle_no_show");
        let split = settled.booking.state.split.unwrap();
        assert_eq!((split.kept.amount, split.refund.amount), (kept, 20_000 - kept));
    }
    let strikes = |reporter| {
        let world = late.clone().act(reporter, "report_no_show").later(24);
        let done = world.try_act(Role::System, "settle_no_show").unwrap();
        done.outbox.iter().filter(|entry| entry.kind == OutboxKind::Strike).count()
    };
    assert_eq!([strikes(Role::Customer), strikes(Role::Provider)], [1, 0]);
}

#[test]
fn the_policy_is_frozen_when_the_booking_is_accepted() {
    let requested = World::draft().act(Role::Customer, "request");
    assert_eq!(requested.booking.state.policy, None);
    assert_eq!(accepted().booking.state.policy, Some(policy::Policy::CURRENT));
}

#[test]
fn a_final_amount_or_a_settlement_splits_the_agreed_price_exactly() {
    let world = accepted();
    let started = world.clone().at(world.start()).act(Role::Provider, "start");
    let done = started.clone().with(Role::Provider, "finish", "final_amount", "150.01");
    let split = done.act(Role::Customer, "confirm").booking.state.split.unwrap();
    assert_eq!((split.kept.amount, split.refund.amount), (15_001, 4_999));
    let disputed = started.clone().act(Role::Customer, "open_dispute");
    let offered = disputed.clone().with(Role::Provider, "offer_settlement", "refund_amount", "66.67");
    let split = offered.act(Role::Customer, "accept_settlement").booking.state.split.unwrap();
    assert_eq!((split.kept.amount, split.refund.amount), (13_333, 6_667));
    let ruled = disputed.clone().act(Role::Admin, "rule_for_customer").booking.state.split.unwrap();
    assert_eq!((ruled.kept.amount, ruled.refund.amount), (0, 20_000));
    let above = [("final_amount".to_owned(), "200.01".to_owned())].into();
    assert_eq!(started.try_with(Role::Provider, "finish", &above).unwrap_err()[0].field, Some("final_amount"));
}

#[test]
fn an_hourly_price_is_an_estimate_of_hours_times_rate() {
    let hourly = Service { price: PriceTerms::Hourly { rate_cents: 9_000 }, ..service() };
    let world = World::draft_of(hourly, noon().plus_hours(120), ZONE).act(Role::Customer, "request");
    assert_eq!(world.booking.state.price.unwrap().amount, 18_000);
}
