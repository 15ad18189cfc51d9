//! Random walks in virtual time: no walk of any length breaks a law.

use proptest::prelude::*;

use super::support::*;
use crate::booking::machine::clocks::reminders;
use crate::booking::machine::history::verify;
use crate::booking::machine::*;
use crate::domain::chain::Fault;

/// Every action that somebody could take now, and by whom.
fn possible(world: &World) -> Vec<(Role, &'static str)> {
    let mut possible = Vec::new();
    for role in Role::ALL {
        let offers = get_available_booking_actions(TABLE, &world.booking, &actor(role), &world.facts, world.now);
        possible.extend(offers.iter().filter(|offer| offer.available()).map(|offer| (role, offer.row.action_name)));
    }
    possible
}

fn check_laws(before: &World, after: &World) {
    let state = &after.booking.state;
    verify(&after.booking).unwrap();
    if let Some(split) = state.split {
        let price = state.price.expect("a split is of a price");
        assert_eq!(split.kept.amount + split.refund.amount, price.amount);
        assert!(split.kept.amount >= 0 && split.refund.amount >= 0);
    }
    if !state.is_final() {
        let alarm = state.status == Status::Disputed && !reminders(&after.booking).is_empty();
        assert!(alarm || next_due(TABLE, &after.booking).is_some(), "{:?} has no clock", state.status);
    } else {
        assert!(!held(after), "{:?} still holds time", state.status);
        assert_eq!(state.change, None);
    }
    if before.booking.state.is_final() {
        let reopened = before.booking.state.status == Status::Completed && state.status == Status::Disputed;
        assert!(reopened || state.status == before.booking.state.status, "final stays final");
    }
    assert!(state.changes_proposed.values().all(|count| *count <= guards::MAX_CHANGES));
    assert!(state.fixes <= guards::MAX_FIXES && state.reviews.len() <= 2);
    assert!(matches!(state.status, Status::Requested | Status::Accepted | Status::Quoted) || state.change.is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_legal_walk_breaks_a_law(steps in prop::collection::vec((any::<prop::sample::Index>(), 0i64..40), 1..60)) {
        let mut world = World::draft();
        for (choice, hours) in steps {
            // Small waits are minutes, so that the windows around the start are met as well.
            world.now = if hours < 20 { world.now.plus_minutes(hours * 7) } else { world.now.plus_hours(hours) };
            let actions = possible(&world);
            if actions.is_empty() {
                continue;
            }
            let (role, action) = actions[choice.index(actions.len())];
            let after = world.clone().act(role, action);
            check_laws(&world, &after);
            prop_assert_eq!(after.booking.version, world.booking.version + 1);
            world = after;
        }
        prop_assert!(serde_json::to_string(&world.booking).is_ok());
    }

    #[test]
    fn a_history_that_was_altered_is_found(at in 0usize..6, what in 0usize..5) {
        let mut world = World::draft().act(Role::Customer, "request").act(Role::Provider, "quote");
        world = world.act(Role::Customer, "counter").act(Role::Provider, "accept").act(Role::Customer, "cancel");
        let mut booking = world.booking;
        prop_assert_eq!(verify(&booking), Ok(()));
        let event = &mut booking.history[at];
        match what {
            0 => event.note.push('!'),
            1 => event.at = event.at.plus_minutes(1),
            2 => event.message = Some("Something else".into()),
            3 => event.actor_name = "Somebody".into(),
            _ => _ = event.changes.pop_last(),
        }
        let broken = Err(Fault::BrokenChain { seq: i64::try_from(at).unwrap() + 1 });
        prop_assert_eq!(verify(&booking), broken);
    }
}

#[test]
fn a_missing_event_and_a_state_of_its_own_are_found() {
    let world = World::draft().act(Role::Customer, "request").act(Role::Provider, "accept");
    let mut gap = world.booking.clone();
    gap.history.remove(1);
    assert_eq!(verify(&gap), Err(Fault::Gap { expected: 2 }));
    let mut forged = world.booking.clone();
    forged.state.status = Status::Completed;
    assert_eq!(verify(&forged), Err(Fault::StateDiffers));
    let mut cut = world.booking;
    cut.history.pop();
    assert_eq!(verify(&cut), Err(Fault::StateDiffers));
}
