//! Reviews: sealed, published, hidden; and when the ratings are counted anew.

use super::support::*;
use crate::booking::machine::decide::{MAX_EVENTS, MAX_EVENTS_FOR_ADMINS};
use crate::booking::machine::guards::MAX_REVIEW_EDITS;
use crate::booking::machine::history::verify;
use crate::booking::machine::outbox::OutboxKind;
use crate::booking::machine::reading::MAX_TEXT_CHARACTERS;
use crate::booking::machine::*;

fn completed() -> World {
    let accepted = World::draft().act(Role::Customer, "request").later(1).act(Role::Provider, "accept");
    let started = accepted.clone().at(accepted.start()).act(Role::Provider, "start");
    started.later(2).act(Role::Provider, "finish").act(Role::Customer, "confirm")
}

/// Whether the ratings are counted anew after an action.
fn counts(world: &World, role: Role, action: &str) -> bool {
    let outbox = world.try_act(role, action).unwrap().outbox;
    outbox.iter().any(|entry| matches!(entry.kind, OutboxKind::UpdateRatings | OutboxKind::Strike))
}

#[test]
fn ratings_are_counted_anew_exactly_when_what_they_are_made_of_changes() {
    let accepted = World::draft().act(Role::Customer, "request").later(1).act(Role::Provider, "accept");
    assert!(counts(&accepted, Role::Provider, "cancel"), "a strike");
    assert!(!counts(&accepted, Role::Customer, "cancel"), "nobody's fault here");
    let late = accepted.clone().at(accepted.start().plus_minutes(20));
    for (reporter, strike) in [(Role::Customer, true), (Role::Provider, false)] {
        let absent = late.clone().act(reporter, "report_no_show").later(24);
        assert_eq!(counts(&absent, Role::System, "settle_no_show"), strike, "{reporter:?}");
    }
    let done = late.clone().act(Role::Provider, "start").act(Role::Provider, "finish");
    assert!(counts(&done, Role::Customer, "confirm"), "one job more");
    let by_clock = done.later(72);
    assert!(counts(&by_clock, Role::System, "auto_complete"), "one job more");
    assert!(counts(&by_clock.act(Role::System, "auto_complete"), Role::Customer, "open_dispute"), "one job less");

    let completed = completed();
    assert!(!counts(&completed, Role::Customer, "review"), "it is sealed");
    let one = completed.clone().act(Role::Customer, "review");
    assert!(!counts(&one, Role::Customer, "edit_review"));
    assert!(counts(&one, Role::Provider, "review"), "both are in");
    assert!(counts(&one.clone().later(24 * 14), Role::System, "close_reviews"), "the time is over");
    assert!(!counts(&completed.clone().later(24 * 14), Role::System, "close_reviews"), "there is none");
    let about_customer = completed.act(Role::Provider, "review").later(24 * 14);
    assert!(!counts(&about_customer, Role::System, "close_reviews"), "customers have no stars");
}

#[test]
fn a_hidden_review_is_kept_and_can_be_shown_again() {
    let both = completed().act(Role::Customer, "review").act(Role::Provider, "review");
    let hidden = both.clone().act(Role::Admin, "hide_review");
    let state = &hidden.booking.state;
    assert!(state.public_review(Role::Customer).is_none() && state.public_review(Role::Provider).is_some());
    assert_eq!(state.published_review(Role::Customer).unwrap().stars, 4);
    assert_eq!(hidden.booking.history.last().unwrap().message.as_deref(), Some("Because it rains"));
    assert!(counts(&both, Role::Admin, "hide_review") && counts(&hidden, Role::Admin, "unhide_review"));
    assert_eq!(hidden.codes(Role::Provider, "reply_to_review"), ["no_review_published"]);
    assert_eq!(
        hidden.clone().with(Role::Admin, "hide_review", "side", "provider").booking.version,
        both.booking.version + 2
    );
    let shown = hidden.act(Role::Admin, "unhide_review");
    assert_eq!(shown.booking.state.reviews, both.booking.state.reviews);
    verify(&shown.booking).unwrap();
    assert_eq!(shown.codes(Role::Admin, "unhide_review"), ["no_hidden_review"]);
}

#[test]
fn a_history_without_hidden_reviews_has_the_hashes_that_it_always_had() {
    let review = &completed().act(Role::Customer, "review").booking.state.reviews["customer"];
    assert!(!serde_json::to_string(review).unwrap().contains("hidden"));
}

/// A booking whose customer has written a review and edited it as often as they can, in the longest words there are.
fn edited() -> World {
    let long = "🌧".repeat(MAX_TEXT_CHARACTERS);
    let mut world = completed().act(Role::Customer, "review");
    for _ in 0..MAX_REVIEW_EDITS {
        world = world.later(1).with(Role::Customer, "edit_review", "text", &long);
    }
    world
}

#[test]
fn a_sealed_review_is_edited_a_few_times_and_the_other_side_still_writes_theirs() {
    let world = edited();
    assert_eq!(world.codes(Role::Customer, "edit_review"), ["no_edits_left"]);
    let both = world.act(Role::Provider, "review");
    assert!(both.booking.state.reviews_published_at.is_some());
    verify(&both.booking).unwrap();
}

#[test]
fn a_full_history_takes_nothing_more_of_people_and_is_still_ended_by_the_clock() {
    let mut world = edited();
    let last = world.booking.history.last().unwrap().clone();
    let fill = |world: &mut World, events| world.booking.history.resize(events, last.clone());
    fill(&mut world, MAX_EVENTS - 1);
    assert!(!world.codes(Role::Customer, "edit_review").contains(&"history_full"));
    fill(&mut world, MAX_EVENTS);
    assert!(world.codes(Role::Customer, "edit_review").contains(&"history_full"));
    fill(&mut world, MAX_EVENTS + MAX_EVENTS_FOR_ADMINS);
    let world = world.later(24 * 14);
    assert_eq!(world.codes(Role::System, "close_reviews"), [""; 0]);
    let mut published = world.clone().act(Role::System, "close_reviews");
    assert!(published.codes(Role::Admin, "hide_review").contains(&"history_full"));
    fill(&mut published, MAX_EVENTS + MAX_EVENTS_FOR_ADMINS - 1);
    assert!(!published.codes(Role::Admin, "hide_review").contains(&"history_full"));
}

#[test]
fn the_largest_booking_there_can_be_fits_into_a_document() {
    let long = "🌧".repeat(MAX_TEXT_CHARACTERS);
    let (_, mut world) = every_situation().into_iter().find(|(name, _)| *name == "disputed").unwrap();
    for role in [Role::Customer, Role::Provider] {
        while world.codes(role, "add_evidence").is_empty() {
            world = world.with(role, "add_evidence", "evidence", &long);
        }
        while world.codes(role, "offer_settlement").is_empty() {
            world = world.act(role, "offer_settlement");
        }
    }
    world = world.act(Role::Admin, "rule_for_provider");
    world = world.with(Role::Customer, "review", "text", &long);
    while world.codes(Role::Customer, "edit_review").is_empty() {
        world = world.later(1).with(Role::Customer, "edit_review", "text", &long);
    }
    world = world.with(Role::Provider, "review", "text", &long);
    while world.codes(Role::Admin, "hide_review").is_empty() {
        world = world.with(Role::Admin, "hide_review", "reason", &long);
        if world.codes(Role::Admin, "unhide_review").is_empty() {
            world = world.act(Role::Admin, "unhide_review");
        }
    }
    assert!(world.codes(Role::Admin, "hide_review").contains(&"history_full"));
    verify(&world.booking).unwrap();
    let bytes = serde_json::to_vec(&world.booking.history).unwrap().len();
    assert!(bytes < 12 * 1024 * 1024, "{bytes} bytes");
}
