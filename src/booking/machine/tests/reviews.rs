//! Reviews: sealed, published, hidden; and when the ratings are counted anew.

use super::support::*;
use crate::booking::machine::history::verify;
use crate::booking::machine::outbox::OutboxKind;
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
