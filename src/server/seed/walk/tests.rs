use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::booking::machine::{Status, get_available_booking_actions};
use crate::booking::slots;
use crate::server::seed::fixed_ids::fixed_id;

/// One instant in summer, one in winter, both ends of the day, and the days on which clocks change.
fn instants() -> Vec<Timestamp> {
    [
        "2026-01-15T00:00",
        "2026-07-15T23:59",
        "2026-04-05T02:30",
        "2026-09-27T12:07",
        "2026-11-24T18:44",
        "2026-10-03T06:00",
    ]
    .into_iter()
    .map(|text| time::parse(text, "Pacific/Auckland").unwrap())
    .collect()
}

#[test]
fn at_any_time_every_story_can_be_told_and_none_overlaps_another() {
    for now in instants() {
        let walked = all(now).unwrap_or_else(|error| panic!("{now:?}: {error}"));
        let (mut taken, mut statuses, mut ids) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        for (booking, _) in &walked {
            statuses.insert(booking.state.status);
            assert!(ids.insert(booking.id.clone()) && ids.insert(booking.reference.clone()), "{}", booking.reference);
            assert_eq!(history::verify(booking), Ok(()));
            assert!(booking.history.is_sorted_by_key(|event| event.at), "{}", booking.details);
            assert!(booking.history.iter().all(|event| event.at <= now), "{}", booking.details);
            let due = next_due(TABLE, booking);
            assert!(due.is_none_or(|(_, at)| at > now), "{now:?} {}: {due:?}", booking.details);
            for cell in slots::claims(booking).into_keys() {
                let other = taken.insert(cell, &booking.details);
                assert_eq!(other, None, "{now:?} {}", booking.details);
            }
        }
        assert_eq!(statuses.len(), Status::ALL.len());
    }
}

#[test]
fn the_demo_shows_what_it_promises() {
    for now in instants() {
        let walked = all(now).unwrap();
        let able = |story: &str, role: Role, action: &str| {
            let id = booking_id(story).to_hex();
            let (booking, _) = walked.iter().find(|(booking, _)| booking.id == id).unwrap();
            let who = Actor { role, id: booking.party(role).unwrap().id.clone(), name: String::new() };
            let actions = get_available_booking_actions(TABLE, booking, &who, &Facts::good(), now);
            let action = actions.into_iter().find(|offered| offered.row.action_name == action).unwrap();
            (action.available(), action.preview.and_then(|preview| preview.split).map(|split| split.kept.amount))
        };
        assert!(able("draft", Role::Customer, "request").0);
        assert!(able("draft", Role::Customer, "book_instantly").0);
        assert!(able("requested-fixed", Role::Provider, "accept").0);
        assert!(!able("requested-on-quote", Role::Provider, "accept").0);
        assert!(able("quoted", Role::Customer, "accept_quote").0);
        assert!(able("startable", Role::Provider, "start").0);
        assert!(able("no-show-reportable", Role::Customer, "report_no_show").0);
        assert_eq!(able("accepted-last-hours", Role::Customer, "cancel"), (true, Some(7_000)));
        assert_eq!(able("accepted-late-fee", Role::Customer, "cancel"), (true, Some(4_500)));
        assert_eq!(able("accepted-free", Role::Customer, "cancel"), (true, Some(0)));
        assert!(able("no-show-by-provider", Role::Customer, "open_dispute").0);
        assert!(able("completed-by-clock", Role::Customer, "open_dispute").0);
        assert!(able("completed-reviewable", Role::Customer, "review").0);
        assert!(!able("completed-reviewable", Role::Customer, "open_dispute").0);
        assert!(able("change-by-provider", Role::Customer, "accept_change").0);
        let of = |id: String| {
            walked.iter().filter(|(booking, _)| booking.customer.id == id || booking.provider.id == id).count()
        };
        assert!(of(fixed_id("account", "customer").to_hex()) > 20, "more than a page");
        assert!(of(fixed_id("account", "provider").to_hex()) > 20, "more than a page");
    }
}
