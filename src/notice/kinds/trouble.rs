//! When somebody does not come, or people disagree. All of it is about money, so nobody can end these mails.

use super::{Kind, always};
use crate::booking::machine::Role::{Admin, Customer, Provider};
use crate::booking::machine::names;

pub(super) const KINDS: &[Kind] = &[
    always(names::REPORT_NO_SHOW, Customer, REPORTED)
        .titled("You are reported as not there: {service}", "Answer")
        .urgent(),
    always(names::REPORT_NO_SHOW, Provider, REPORTED)
        .titled("You are reported as not there: {service}", "Answer")
        .urgent(),
    always(names::UNDO_NO_SHOW, Customer, UNDONE)
        .titled("The report is taken back: {service}", "See the booking")
        .urgent(),
    always(names::UNDO_NO_SHOW, Provider, UNDONE)
        .titled("The report is taken back: {service}", "See the booking")
        .urgent(),
    always(
        names::SETTLE_NO_SHOW,
        Customer,
        &[
            "Nobody contested within 24 hours that {absent} did not come to {service} on {when}, so it is settled.",
            "{kept} goes to {provider}.",
            "{refund} goes back to you.",
        ],
    )
    .titled("Settled: {service}", "See the booking"),
    always(
        names::SETTLE_NO_SHOW,
        Provider,
        &[
            "Nobody contested within 24 hours that {absent} did not come to {service} on {when}, so it is settled.",
            "{kept} goes to you.",
            "{refund} goes back to {customer}.",
        ],
    )
    .titled("Settled: {service}", "See the booking"),
    always(names::OPEN_DISPUTE, Customer, DISPUTED).titled("A dispute is open: {service}", "Read and answer"),
    always(names::OPEN_DISPUTE, Provider, DISPUTED).titled("A dispute is open: {service}", "Read and answer"),
    always(
        names::OPEN_DISPUTE,
        Admin,
        &[
            "{opener} has opened a dispute about {service} ({reference}) between {customer} and {provider}.",
            "The reason: {message}",
            "It should be ruled on within 14 days if the two do not settle it.",
        ],
    )
    .titled("New dispute: {reference}", "Read both stories"),
    always(names::ADD_EVIDENCE, Customer, EVIDENCE).titled("More about the dispute: {service}", "Read and answer"),
    always(names::ADD_EVIDENCE, Provider, EVIDENCE).titled("More about the dispute: {service}", "Read and answer"),
    always(
        names::OFFER_SETTLEMENT,
        Customer,
        &[
            "{provider} offers to end the dispute about {service}: you would get {offered} back.",
            "{provider} writes: {message}",
            "You can accept it or make an offer of your own.",
        ],
    )
    .titled("A settlement is offered: {service}", "Look at the offer"),
    always(
        names::OFFER_SETTLEMENT,
        Provider,
        &[
            "{customer} offers to end the dispute about {service}: {offered} would go back to {customer}.",
            "{customer} writes: {message}",
            "You can accept it or make an offer of your own.",
        ],
    )
    .titled("A settlement is offered: {service}", "Look at the offer"),
    always(
        names::ACCEPT_SETTLEMENT,
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
        names::ACCEPT_SETTLEMENT,
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
        names::ACCEPT_SETTLEMENT,
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
        names::RULE_FOR_PROVIDER,
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
        names::RULE_FOR_PROVIDER,
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
        names::RULE_FOR_CUSTOMER,
        Customer,
        &[
            "The GigSta team has looked at the dispute about {service} and ruled that you get your money back.",
            "The reason: {message}",
            "{refund} goes back to you.",
        ],
    )
    .titled("The ruling: {service}", "Read the ruling"),
    always(
        names::RULE_FOR_CUSTOMER,
        Provider,
        &[
            "The GigSta team has looked at the dispute about {service} and ruled that {customer} gets the money back.",
            "The reason: {message}",
            "{refund} goes back to {customer}.",
        ],
    )
    .titled("The ruling: {service}", "Read the ruling"),
    always(
        "dispute_alarm",
        Admin,
        &[
            "The dispute about {service} ({reference}) between {customer} and {provider} has been open for seven days.",
            "A ruling is due within seven more.",
        ],
    )
    .titled("Dispute open for 7 days: {reference}", "Read both stories"),
    always(
        "dispute_due",
        Admin,
        &[
            "The dispute about {service} ({reference}) between {customer} and {provider} has been open for 14 days.",
            "A ruling is due today.",
        ],
    )
    .titled("Ruling due: {reference}", "Rule now"),
];

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
