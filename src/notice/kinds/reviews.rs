//! Reviews. What is sealed is never disclosed, not even how many stars.

use super::Group::Reviews;
use super::Occasion::{Action, Invitation, Published};
use super::{Kind, kind};
use crate::booking::machine::Role::{Customer, Provider};
use crate::booking::machine::names;

pub(super) const KINDS: &[Kind] = &[
    kind(Invitation, Customer, Reviews, INVITATION).titled("How was it? {service}", "Leave a review"),
    kind(Invitation, Provider, Reviews, INVITATION).titled("How was it? {service}", "Leave a review"),
    kind(Action(names::REVIEW), Customer, Reviews, SEALED).titled("{other} has reviewed you", "Leave your review"),
    kind(Action(names::REVIEW), Provider, Reviews, SEALED).titled("{other} has reviewed you", "Leave your review"),
    kind(Published, Customer, Reviews, OPENED).titled("The reviews are out: {service}", "Read the reviews"),
    kind(Published, Provider, Reviews, OPENED).titled("The reviews are out: {service}", "Read the reviews"),
    kind(Action(names::CLOSE_REVIEWS), Customer, Reviews, CLOSED)
        .titled("Your review is out: {service}", "Read the review"),
    kind(Action(names::CLOSE_REVIEWS), Provider, Reviews, CLOSED)
        .titled("Your review is out: {service}", "Read the review"),
    kind(Action(names::REPLY_TO_REVIEW), Customer, Reviews, REPLIED)
        .titled("{other} has replied to your review", "Read the reply"),
    kind(Action(names::REPLY_TO_REVIEW), Provider, Reviews, REPLIED)
        .titled("{other} has replied to your review", "Read the reply"),
    kind(Action(names::HIDE_REVIEW), Customer, Reviews, HIDDEN)
        .titled("A review is hidden: {service}", "See the booking"),
    kind(Action(names::HIDE_REVIEW), Provider, Reviews, HIDDEN)
        .titled("A review is hidden: {service}", "See the booking"),
    kind(Action(names::UNHIDE_REVIEW), Customer, Reviews, SHOWN)
        .titled("A review is shown again: {service}", "See the booking"),
    kind(Action(names::UNHIDE_REVIEW), Provider, Reviews, SHOWN)
        .titled("A review is shown again: {service}", "See the booking"),
];

const INVITATION: &[&str] = &[
    "{service} with {other} is completed. How was it?",
    "You can leave a review until {review_until}. It stays sealed until {other} has left one too or the time is over.",
];
const SEALED: &[&str] = &[
    "{other} has left a review about {service}. It is sealed: neither of you can read the other's before both are in.",
    "You can leave yours until {review_until}. Then both are published.",
];
const OPENED: &[&str] = &["{other} has left a review about {service} too, so both are published now."];
const CLOSED: &[&str] = &["The time to review {service} is over, so what {other} wrote about you is published now."];
const REPLIED: &[&str] = &["{other} has replied in public to your review of {service}."];
const HIDDEN: &[&str] = &["The GigSta team has hidden a review of {service}.", "The reason: {message}"];
const SHOWN: &[&str] = &["The GigSta team shows a review of {service} again.", "The reason: {message}"];
