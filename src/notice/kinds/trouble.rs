//! When somebody does not come, or people disagree. All of it is about money, so nobody can end these mails.

use super::Occasion::{Action, Reminder};
use super::{Kind, always};
use crate::booking::machine::Role::{Admin, Customer, Provider};
use crate::booking::machine::clocks::{CONTEST_HOURS, DISPUTE_ALARM_DAYS, DISPUTE_DUE_DAYS, ReminderKind};
use crate::booking::machine::names;
use crate::domain::limit::sentence;

pub(super) const KINDS: &[Kind] = &[
    always(Action(names::REPORT_NO_SHOW), Customer, REPORTED)
        .titled("You are reported as not there: {service}", "Answer")
        .urgent(),
    always(Action(names::REPORT_NO_SHOW), Provider, REPORTED)
        .titled("You are reported as not there: {service}", "Answer")
        .urgent(),
    always(Action(names::UNDO_NO_SHOW), Customer, UNDONE)
        .titled("The report is taken back: {service}", "See the booking")
        .urgent(),
    always(Action(names::UNDO_NO_SHOW), Provider, UNDONE)
        .titled("The report is taken back: {service}", "See the booking")
        .urgent(),
    always(
        Action(names::SETTLE_NO_SHOW),
        Customer,
        &[NOT_CONTESTED, "{kept} goes to {provider}.", "{refund} goes back to you."],
    )
    .titled("Settled: {service}", "See the booking"),
    always(
        Action(names::SETTLE_NO_SHOW),
        Provider,
        &[NOT_CONTESTED, "{kept} goes to you.", "{refund} goes back to {customer}."],
    )
    .titled("Settled: {service}", "See the booking"),
    always(Action(names::OPEN_DISPUTE), Customer, DISPUTED).titled("A dispute is open: {service}", "Read and answer"),
    always(Action(names::OPEN_DISPUTE), Provider, DISPUTED).titled("A dispute is open: {service}", "Read and answer"),
    always(
        Action(names::OPEN_DISPUTE),
        Admin,
        &[
            "{opener} has opened a dispute about {service} ({reference}) between {customer} and {provider}.",
            "The reason: {message}",
            sentence!("It should be ruled on within ", DISPUTE_DUE_DAYS, " days if the two do not settle it."),
        ],
    )
    .titled("New dispute: {reference}", "Read both stories"),
    always(Action(names::ADD_EVIDENCE), Customer, EVIDENCE)
        .titled("More about the dispute: {service}", "Read and answer"),
    always(Action(names::ADD_EVIDENCE), Provider, EVIDENCE)
        .titled("More about the dispute: {service}", "Read and answer"),
    always(
        Action(names::OFFER_SETTLEMENT),
        Customer,
        &[
            "{provider} offers to end the dispute about {service}: you would get {offered} back.",
            "{provider} writes: {message}",
            "You can accept it or make an offer of your own.",
        ],
    )
    .titled("A settlement is offered: {service}", "Look at the offer"),
    always(
        Action(names::OFFER_SETTLEMENT),
        Provider,
        &[
            "{customer} offers to end the dispute about {service}: {offered} would go back to {customer}.",
            "{customer} writes: {message}",
            "You can accept it or make an offer of your own.",
        ],
    )
    .titled("A settlement is offered: {service}", "Look at the offer"),
    always(
        Action(names::ACCEPT_SETTLEMENT),
        Customer,
        &[
            "{provider} accepts. The dispute about {service} is over.",
            "{kept} goes to {provider}.",
            "{refund} goes back to you.",
            "{review}",
        ],
    )
    .titled("Settled: {service}", "See the booking"),
    always(
        Action(names::ACCEPT_SETTLEMENT),
        Provider,
        &[
            "{customer} accepts. The dispute about {service} is over.",
            "{kept} goes to you.",
            "{refund} goes back to {customer}.",
            "{review}",
        ],
    )
    .titled("Settled: {service}", "See the booking"),
    always(
        Action(names::ACCEPT_SETTLEMENT),
        Admin,
        &[
            "{customer} and {provider} have settled their dispute about {service} ({reference}).",
            "{kept} goes to {provider}.",
            "{refund} goes back to {customer}.",
            "There is nothing left to rule on.",
        ],
    )
    .titled("Dispute settled: {reference}", "See the booking"),
    always(
        Action(names::RULE_FOR_PROVIDER),
        Customer,
        &[
            "The GigSta team has looked at the dispute about {service} and ruled that {provider} is paid.",
            "The reason: {message}",
            "{kept} goes to {provider}.",
            "{refund} goes back to you.",
            "{review}",
        ],
    )
    .titled("The ruling: {service}", "Read the ruling"),
    always(
        Action(names::RULE_FOR_PROVIDER),
        Provider,
        &[
            "The GigSta team has looked at the dispute about {service} and ruled that you are paid.",
            "The reason: {message}",
            "{kept} goes to you.",
            "{refund} goes back to {customer}.",
            "{review}",
        ],
    )
    .titled("The ruling: {service}", "Read the ruling"),
    always(
        Action(names::RULE_FOR_CUSTOMER),
        Customer,
        &[
            "The GigSta team has looked at the dispute about {service} and ruled that you get your money back.",
            "The reason: {message}",
            "{refund} goes back to you.",
        ],
    )
    .titled("The ruling: {service}", "Read the ruling"),
    always(
        Action(names::RULE_FOR_CUSTOMER),
        Provider,
        &[
            "The GigSta team has looked at the dispute about {service} and ruled that {customer} gets the money back.",
            "The reason: {message}",
            "{refund} goes back to {customer}.",
        ],
    )
    .titled("The ruling: {service}", "Read the ruling"),
    always(
        Reminder(ReminderKind::DisputeAlarm),
        Admin,
        &[
            "The dispute about {service} ({reference}) between {customer} and {provider} has been open for seven days.",
            "A ruling is due within seven more.",
        ],
    )
    .titled(sentence!("Dispute open for ", DISPUTE_ALARM_DAYS, " days: {reference}"), "Read both stories"),
    always(
        Reminder(ReminderKind::DisputeDue),
        Admin,
        &[
            sentence!(
                "The dispute about {service} ({reference}) between {customer} and {provider} has been open for ",
                DISPUTE_DUE_DAYS,
                " days.",
            ),
            "A ruling is due today.",
        ],
    )
    .titled("Ruling due: {reference}", "Rule now"),
];

// The first alarm says "seven days" and "seven more".
const _: () = assert!(DISPUTE_ALARM_DAYS == 7 && DISPUTE_DUE_DAYS == 2 * DISPUTE_ALARM_DAYS);

const NOT_CONTESTED: &str = sentence!(
    "Nobody contested within ",
    CONTEST_HOURS,
    " hours that {absent} did not come to {service} on {when}, so it is settled."
);
const REPORTED: &[&str] = &[
    "{other} reports that you did not come to {service} on {when}.",
    "{other} writes: {message}",
    "If that is not so, open a dispute until {due}. If you do nothing, it is settled then.",
    "It would be settled like this: {proposed}",
];
const UNDONE: &[&str] =
    &["{other} has taken back the report that you did not come. {service} on {when} stands as it was agreed."];
const DISPUTED: &[&str] = &[
    "{other} is not content with {service} and has opened a dispute.",
    "{other} writes: {message}",
    "No money moves until it is settled. Tell your side and, if you like, offer a settlement. If you do not agree, the \
     GigSta team reads both stories and rules.",
];
const EVIDENCE: &[&str] =
    &["{other} has added something to the dispute about {service}. Read it, and add what you know."];
