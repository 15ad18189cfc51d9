//! The work itself: before it, at it, done, confirmed; and what ends an agreed booking before it.

use super::Group::{Bookings, Reminders};
use super::Occasion::{Action, Reminder};
use super::{Kind, always, kind};
use crate::booking::machine::Role::{Customer, Provider};
use crate::booking::machine::clocks::{ReminderKind, SILENCE_HOURS};
use crate::booking::machine::guards::DISPUTE_HOURS;
use crate::booking::machine::names;
use crate::domain::limit::sentence;

pub(super) const KINDS: &[Kind] = &[
    kind(
        Reminder(ReminderKind::StartingSoon),
        Customer,
        Reminders,
        &[
            "{provider} comes on {when} for {service}.",
            "The place: {place}.",
            "If you cannot make it, say so as early as you can: the later, the higher the fee.",
        ],
    )
    .titled("Soon: {service}", "See the booking"),
    kind(
        Reminder(ReminderKind::StartingSoon),
        Provider,
        Reminders,
        &["You are at {customer}'s on {when} for {service}.", "The place: {place}."],
    )
    .titled("Soon: {service}", "See the booking"),
    kind(Action(names::START), Customer, Bookings, &["{provider} has begun with {service}."])
        .titled("Started: {service}", "See the booking"),
    kind(
        Action(names::CONFIRM_START),
        Provider,
        Bookings,
        &["{customer} has confirmed that you have begun with {service}."],
    )
    .titled("Started: {service}", "See the booking"),
    kind(
        Reminder(ReminderKind::IsItDone),
        Customer,
        Reminders,
        &[
            "{service} was planned for {when}, and nobody has said yet that it is done.",
            "Is it done? Then confirm it. If {provider} did not come or something is wrong, say so.",
        ],
    )
    .titled("Is it done? {service}", "Say how it went"),
    kind(
        Reminder(ReminderKind::IsItDone),
        Provider,
        Reminders,
        &[
            "{service} at {customer}'s was planned for {when}, and nobody has said yet that it is done.",
            "If it is, mark it as done: that is how you are paid.",
        ],
    )
    .titled("Is it done? {service}", "Say how it went"),
    kind(
        Action(names::FINISH),
        Customer,
        Bookings,
        &[
            "{provider} says that {service} is done.",
            "The final amount is {final_amount}, less than was agreed.",
            "{provider} writes: {message}",
            "Please look at it and confirm, ask for a fix, or say what is wrong. If you do nothing, it completes by \
             itself on {due}.",
        ],
    )
    .titled("Please confirm: {service}", "Look and confirm"),
    kind(
        Action(names::REQUEST_FIX),
        Provider,
        Bookings,
        &["{customer} asks you to put something right about {service}.", "{customer} writes: {message}"],
    )
    .titled("A fix is asked for: {service}", "See the booking"),
    kind(
        Action(names::MARK_UNATTENDED),
        Customer,
        Bookings,
        &[
            "Nobody has said how {service} on {when} went, so we ask you: was the work done?",
            "If you do nothing, it completes by itself on {due}.",
        ],
    )
    .titled("Please confirm: {service}", "Say how it went"),
    kind(
        Action(names::MARK_UNATTENDED),
        Provider,
        Bookings,
        &[
            "Nobody has said how {service} on {when} went, so {customer} is asked to confirm it.",
            "If nobody objects, it completes by itself on {due}.",
        ],
    )
    .titled("Waiting for confirmation: {service}", "See the booking"),
    kind(
        Action(names::CONFIRM),
        Provider,
        Bookings,
        &["{customer} has confirmed {service}.", "{kept} goes to you.", "{review}"],
    )
    .titled("Completed: {service}", "See the booking"),
    kind(
        Action(names::AUTO_COMPLETE),
        Customer,
        Bookings,
        &[
            NOT_OBJECTED,
            "{kept} goes to {provider}.",
            sentence!("Something is wrong after all? You can still open a dispute within ", DISPUTE_HOURS, " hours."),
            "{review}",
        ],
    )
    .titled("Completed: {service}", "See the booking"),
    kind(Action(names::AUTO_COMPLETE), Provider, Bookings, &[NOT_OBJECTED, "{kept} goes to you.", "{review}"])
        .titled("Completed: {service}", "See the booking"),
    always(
        Action(names::CANCEL),
        Customer,
        &[
            "{provider} has cancelled {service} on {when}.",
            "The reason: {message}",
            "You pay nothing. {refund} goes back to you.",
            "We are sorry. Others may be free at that time.",
        ],
    )
    .titled("Cancelled: {service}", "See the booking")
    .urgent(),
    always(
        Action(names::CANCEL),
        Provider,
        &[
            "{customer} has cancelled {service} on {when}.",
            "The reason: {message}",
            "A fee of {fee} goes to you.",
            "{refund} goes back to {customer}.",
            "The time is free again.",
        ],
    )
    .titled("Cancelled: {service}", "See the booking")
    .urgent(),
    always(
        Action(names::CANCEL_AS_ADMIN),
        Customer,
        &[
            "The GigSta team has cancelled {service} on {when}.",
            "The reason: {message}",
            "You pay nothing. {refund} goes back to you.",
        ],
    )
    .titled("Cancelled: {service}", "See the booking")
    .urgent(),
    always(
        Action(names::CANCEL_AS_ADMIN),
        Provider,
        &[
            "The GigSta team has cancelled {service} for {customer} on {when}.",
            "The reason: {message}",
            "{refund} goes back to {customer}.",
        ],
    )
    .titled("Cancelled: {service}", "See the booking")
    .urgent(),
];

const NOT_OBJECTED: &str = sentence!("Nobody objected within ", SILENCE_HOURS, " hours, so {service} is completed.");
