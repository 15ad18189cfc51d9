//! From the request to the agreement, and the times that are moved.

use super::Group::{Bookings, Changes, Reminders};
use super::Occasion::{Action, Reminder};
use super::{Kind, kind};
use crate::booking::machine::Role::{Customer, Provider};
use crate::booking::machine::clocks::ReminderKind;
use crate::booking::machine::names;

pub(super) const KINDS: &[Kind] = &[
    kind(
        Action(names::REQUEST),
        Provider,
        Bookings,
        &[
            "{customer} asks for {service} on {when}.",
            "Price: {price}, GST included.",
            "{customer} writes: {message}",
            "You have time to answer until {due}. After that the request expires by itself.",
        ],
    )
    .titled("New request: {service}", "Answer the request"),
    kind(
        Action(names::BOOK_INSTANTLY),
        Provider,
        Bookings,
        &[
            "{customer} has booked {service} for {when}, at once, as your service allows.",
            "The agreed price is {price}, GST included.",
            "{customer} writes: {message}",
        ],
    )
    .titled("Booked: {service}", "See the booking"),
    kind(
        Action(names::ACCEPT),
        Customer,
        Bookings,
        &[
            "{provider} has accepted. {service} is agreed for {when}.",
            "The agreed price is {price}, GST included.",
            "{provider} writes: {message}",
        ],
    )
    .titled("Accepted: {service}", "See the booking"),
    kind(
        Action(names::DECLINE),
        Customer,
        Bookings,
        &[
            "{provider} cannot do {service} on {when}.",
            "The reason: {message}",
            "No time is held and nothing is to pay.",
        ],
    )
    .titled("Declined: {service}", "See the booking"),
    kind(
        Action(names::QUOTE),
        Customer,
        Bookings,
        &[
            "{provider} offers {service} on {when} for {price}, GST included.",
            "{provider} writes: {message}",
            "You can take the price, ask for a better one or decline until {due}.",
        ],
    )
    .titled("A price for {service}: {price}", "Look at the price"),
    kind(
        Action(names::COUNTER),
        Provider,
        Bookings,
        &[
            "{customer} asks whether you do {service} on {when} for {price}.",
            "{customer} writes: {message}",
            "You have time to answer until {due}.",
        ],
    )
    .titled("A better price is asked for: {service}", "Answer"),
    kind(
        Action(names::ACCEPT_QUOTE),
        Provider,
        Bookings,
        &["{customer} takes your price of {price}. {service} is agreed for {when}."],
    )
    .titled("Your price is accepted: {service}", "See the booking"),
    kind(
        Action(names::DECLINE_QUOTE),
        Provider,
        Bookings,
        &[
            "{customer} does not take your price for {service} on {when}.",
            "The reason: {message}",
            "The time is free again.",
        ],
    )
    .titled("Your price is declined: {service}", "See the booking"),
    kind(
        Action(names::WITHDRAW),
        Provider,
        Bookings,
        &[
            "{customer} has withdrawn the request for {service} on {when}.",
            "The reason: {message}",
            "There is nothing for you to do. The time is free again.",
        ],
    )
    .titled("Withdrawn: {service}", "See the booking"),
    kind(
        Action(names::EXPIRE_REQUEST),
        Customer,
        Bookings,
        &[
            "Your request for {service} on {when} was not settled in time, so it has ended by itself.",
            "No time is held and nothing is to pay. Others may be free at that time.",
        ],
    )
    .titled("Expired: {service}", "See the booking"),
    kind(
        Action(names::EXPIRE_REQUEST),
        Provider,
        Bookings,
        &["The request of {customer} for {service} on {when} was not settled in time. The time is free again."],
    )
    .titled("Expired: {service}", "See the booking"),
    kind(
        Reminder(ReminderKind::AnswerHalf),
        Provider,
        Reminders,
        &[
            "{customer} is waiting for your answer about {service} on {when}.",
            "Half of the time is over. You can answer until {due}.",
        ],
    )
    .titled("Waiting for your answer: {service}", "Answer the request"),
    kind(
        Reminder(ReminderKind::AnswerNearlyOver),
        Provider,
        Reminders,
        &["{customer} is still waiting. The request for {service} on {when} expires on {due} if you do not answer."],
    )
    .titled("Last chance to answer: {service}", "Answer the request")
    .urgent(),
    kind(Action(names::PROPOSE_CHANGE), Customer, Changes, PROPOSED)
        .titled("Another time proposed: {service}", "Answer")
        .urgent(),
    kind(Action(names::PROPOSE_CHANGE), Provider, Changes, PROPOSED)
        .titled("Another time proposed: {service}", "Answer")
        .urgent(),
    kind(Action(names::ACCEPT_CHANGE), Customer, Changes, MOVED).titled("Moved: {service}", "See the booking").urgent(),
    kind(Action(names::ACCEPT_CHANGE), Provider, Changes, MOVED).titled("Moved: {service}", "See the booking").urgent(),
    kind(Action(names::DECLINE_CHANGE), Customer, Changes, NOT_MOVED)
        .titled("Your new time is declined: {service}", "See the booking"),
    kind(Action(names::DECLINE_CHANGE), Provider, Changes, NOT_MOVED)
        .titled("Your new time is declined: {service}", "See the booking"),
    kind(Action(names::WITHDRAW_CHANGE), Customer, Changes, TAKEN_BACK)
        .titled("The new time is taken back: {service}", "See the booking"),
    kind(Action(names::WITHDRAW_CHANGE), Provider, Changes, TAKEN_BACK)
        .titled("The new time is taken back: {service}", "See the booking"),
    kind(Action(names::LAPSE_CHANGE), Customer, Changes, LAPSED)
        .titled("The new time has lapsed: {service}", "See the booking"),
    kind(Action(names::LAPSE_CHANGE), Provider, Changes, LAPSED)
        .titled("The new time has lapsed: {service}", "See the booking"),
];

const PROPOSED: &[&str] = &[
    "{other} would like to move {service} from {when} to {new_when}.",
    "{other} writes: {message}",
    "You can answer until {change_due}. Until you say yes, the old time stands.",
];
const MOVED: &[&str] = &["{other} agrees: {service} is now on {when}."];
const NOT_MOVED: &[&str] =
    &["{other} cannot make the time you proposed. {service} stays on {when}.", "{other} writes: {message}"];
const TAKEN_BACK: &[&str] = &["{other} has taken the proposed time back. {service} stays on {when}."];
const LAPSED: &[&str] = &["Nobody answered about the proposed time, so it has lapsed. {service} stays on {when}."];
