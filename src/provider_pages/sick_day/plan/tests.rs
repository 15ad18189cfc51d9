use proptest::prelude::*;

use super::*;
use crate::booking::machine::aggregate::{NewBooking, Party, Service};
use crate::booking::machine::{Ask, Inputs, decide, history};
use crate::domain::place::{Place, Point};
use crate::domain::price::PriceTerms;
use crate::money::Currency;
use crate::provider::week::{Span, Week};

const ZONE: &str = "Pacific/Auckland";

fn at(text: &str) -> Timestamp {
    time::parse(text, ZONE).unwrap()
}

/// Nine to five on every day.
fn week() -> Week {
    std::array::from_fn(|_| vec![Span { from_minute: 9 * 60, to_minute: 17 * 60 }])
}

fn party(name: &str) -> Party {
    Party { id: name.into(), name: name.into() }
}

/// Taken through the actions, all of them at `now`.
fn booking(starts_at: Timestamp, actions: &[(Role, &str)], now: Timestamp) -> Booking {
    let service = Service {
        id: "s".into(),
        title: "Lawn mowing".into(),
        price: PriceTerms::Fixed { amount_cents: 12_000 },
        buffer_before_minutes: 0,
        buffer_after_minutes: 30,
        lead_time_minutes: 120,
        notice_minutes: 0,
        instant: false,
        holds_requests: true,
        answer_hours: 24,
        area: None,
        regions: Vec::new(),
    };
    let place = Place { label: "Te Aro".into(), point: Point { lat_e6: 0, lng_e6: 0 }, region: String::new() };
    let new = NewBooking {
        id: "0123456789abcdef01234567".into(),
        reference: "GS-TEST01".into(),
        customer: party("Aroha"),
        provider: party("Hemi"),
        service,
        place,
        details: String::new(),
        photos: Vec::new(),
        zone: ZONE.into(),
        currency: Currency::Nzd,
        starts_at,
        ends_at: starts_at.plus_hours(2),
    };
    let who =
        |role: Role| Actor { role, id: if role == Role::Customer { "Aroha" } else { "Hemi" }.into(), name: "x".into() };
    let mut booking = history::draft(new, &who(Role::Customer), now);
    for (role, action) in actions {
        let row = TABLE.row(action).unwrap();
        let inputs = Inputs::example(row, &booking, now);
        let ask = Ask { booking: &booking, actor: &who(*role), row, inputs: &inputs, facts: &Facts::good(), now };
        booking = decide(&ask).unwrap().applied_to(&booking);
    }
    booking
}

const ACCEPTED: &[(Role, &str)] = &[(Role::Customer, "request"), (Role::Provider, "accept")];

fn plan(bookings: &[Booking], taken: Vec<Busy>, now: Timestamp) -> Vec<Choice> {
    let week = week();
    let calendar = Calendar { week: &week, exceptions: &[], busy: &[], zone: ZONE };
    choices(bookings, &calendar, taken, 7, at("2026-12-08T00:00"), now)
}

#[test]
fn each_booking_goes_to_the_same_time_a_week_later_or_to_the_next_that_is_free() {
    let now = at("2026-12-06T20:00");
    let nine = booking(at("2026-12-07T09:00"), ACCEPTED, now);
    let moved = plan(&[nine.clone(), nine.clone()], Vec::new(), now);
    assert_eq!(moved[0].to, Some(at("2026-12-14T09:00")));
    assert_eq!(moved[1].to, Some(at("2026-12-14T11:30")), "not at the same time, nor in the half hour after it");
    let taken = vec![Busy { from: at("2026-12-14T00:00"), to: at("2026-12-15T00:00") }];
    assert_eq!(plan(&[nine], taken, now)[0].to, Some(at("2026-12-15T09:00")));
}

#[test]
fn an_agreed_booking_is_cancelled_with_everything_back_and_a_request_is_declined() {
    let now = at("2026-12-06T20:00");
    let start = at("2026-12-07T13:00");
    let all = [
        booking(start, ACCEPTED, now),
        booking(start, &[(Role::Customer, "request")], now),
        booking(start, &[(Role::Customer, "request"), (Role::Provider, "quote")], now),
        booking(
            start,
            &[(Role::Customer, "request"), (Role::Provider, "accept"), (Role::Provider, "propose_change")],
            now,
        ),
    ];
    let choices = plan(&all, Vec::new(), now);
    let ends: Vec<_> = choices.iter().map(|choice| choice.end).collect();
    assert_eq!(ends, [Some("cancel"), Some("decline"), None, Some("cancel")]);
    assert_eq!(choices[0].split.map(|split| (split.kept.amount, split.refund.amount)), Some((0, 12_000)));
    assert!(choices[2].why_not.starts_with("The price is with the customer."), "{:?}", choices[2]);
    assert!(choices[3].why_not.starts_with("A proposed new time is open."), "{:?}", choices[3]);
}

#[test]
fn too_close_to_the_start_no_other_time_is_proposed_and_where_none_is_free_none_is_either() {
    let now = at("2026-12-07T08:00");
    let soon = booking(at("2026-12-07T09:30"), ACCEPTED, at("2026-12-06T08:00"));
    let choice = plan(&[soon], Vec::new(), now).remove(0);
    assert_eq!((choice.to, choice.end), (None, Some("cancel")));
    assert!(choice.why_not.starts_with("Another time could be proposed until"), "{}", choice.why_not);
    let full = vec![Busy { from: at("2026-12-08T00:00"), to: at("2027-02-01T00:00") }];
    let later = booking(at("2026-12-07T15:00"), ACCEPTED, now);
    let choice = plan(&[later], full, now).remove(0);
    assert!(choice.to.is_none() && choice.why_not.starts_with("You have no free time"), "{choice:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn no_two_new_times_overlap_and_none_lies_in_the_days_that_are_lost(starts in proptest::collection::vec(0..16i64, 1..20)) {
        let now = at("2026-12-06T06:00");
        let from = at("2026-12-07T09:00");
        let bookings: Vec<Booking> =
            starts.iter().map(|half| booking(from.plus_minutes(half * 30), ACCEPTED, now)).collect();
        let mut held: Vec<(Timestamp, Timestamp)> = Vec::new();
        for choice in plan(&bookings, Vec::new(), now) {
            let to = choice.to.unwrap();
            prop_assert!(to >= at("2026-12-14T00:00"));
            let span = (to, to.plus_minutes(150));
            prop_assert!(held.iter().all(|(from, until)| span.1 <= *from || *until <= span.0));
            held.push(span);
        }
    }
}
