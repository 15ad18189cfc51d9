//! The table itself. One more action is one more row.

use super::{Guard, MessageRule, Row};
use crate::domain::standing::ProviderStatus::*;

/// A row with nothing in it, for rows to be written with only what they have.
const EMPTY: Row = Row {
    action_name: "",
    button_label: "",
    note: "",
    is_critical: false,
    by_admin: false,
    paths: &[],
    guards: &[],
    message: MessageRule::Nothing,
    sets_active: None,
};

const WHOLE: &[Guard] = &[Guard::DetailsComplete, Guard::NumberValid, Guard::PayoutChosen];
const WHOLE_AND_NOT_OWN: &[Guard] = &[Guard::DetailsComplete, Guard::NumberValid, Guard::PayoutChosen, Guard::NotOwn];
/// What whoever takes something away has to give.
pub(super) const REASON: MessageRule = MessageRule::Needed("Reason");

/// The table, in the order in which a provider meets them. One more action is one more row.
pub static ROWS: &[Row] = &[
    Row {
        action_name: "choose_provider",
        button_label: "Become a GigSta",
        note: "Application begun",
        paths: &[(&[None], Some(Details))],
        ..EMPTY
    },
    Row {
        action_name: "save_details",
        button_label: "Save and go on",
        note: "Details given",
        paths: &[(&[Some(Details)], Some(Payout)), (&[Some(Payout), Some(MoreAsked), Some(Rejected)], None)],
        ..EMPTY
    },
    Row {
        action_name: "save_payout",
        button_label: "Save and go on",
        note: "Payout chosen",
        paths: &[(&[Some(Payout), Some(MoreAsked), Some(Rejected)], None)],
        ..EMPTY
    },
    Row {
        action_name: "submit",
        button_label: "Send application",
        note: "Application sent",
        paths: &[(&[Some(Payout), Some(Rejected)], Some(Pending))],
        guards: WHOLE,
        ..EMPTY
    },
    Row {
        action_name: "answer_more",
        button_label: "Send answer",
        note: "Question answered",
        paths: &[(&[Some(MoreAsked)], Some(Pending))],
        guards: WHOLE,
        message: MessageRule::Needed("Your answer"),
        ..EMPTY
    },
    Row {
        action_name: "approve",
        button_label: "Approve",
        note: "Application approved",
        by_admin: true,
        paths: &[(&[Some(Pending)], Some(Approved))],
        guards: WHOLE_AND_NOT_OWN,
        ..EMPTY
    },
    Row {
        action_name: "ask_more",
        button_label: "Ask for more",
        note: "Something more asked for",
        by_admin: true,
        paths: &[(&[Some(Pending)], Some(MoreAsked))],
        guards: &[Guard::NotOwn],
        message: MessageRule::Needed("Your question"),
        ..EMPTY
    },
    Row {
        action_name: "reject",
        button_label: "Reject",
        note: "Application rejected",
        is_critical: true,
        by_admin: true,
        paths: &[(&[Some(Pending), Some(MoreAsked)], Some(Rejected))],
        guards: &[Guard::NotOwn],
        message: REASON,
        ..EMPTY
    },
    Row {
        action_name: "suspend",
        button_label: "Suspend",
        note: "Suspended",
        is_critical: true,
        by_admin: true,
        paths: &[(&[Some(Approved)], Some(Suspended))],
        guards: &[Guard::NotOwn],
        message: REASON,
        ..EMPTY
    },
    Row {
        action_name: "reinstate",
        button_label: "Reinstate",
        note: "Reinstated",
        by_admin: true,
        paths: &[(&[Some(Suspended)], Some(Approved))],
        guards: &[Guard::NotOwn],
        ..EMPTY
    },
    Row {
        action_name: "save_profile",
        button_label: "Save",
        note: "Profile changed",
        paths: &[(&[Some(Approved), Some(Suspended)], None)],
        ..EMPTY
    },
    Row {
        action_name: "pause",
        button_label: "Pause requests",
        note: "Requests paused",
        paths: &[(&[Some(Approved)], None)],
        guards: &[Guard::Active],
        sets_active: Some(false),
        ..EMPTY
    },
    Row {
        action_name: "resume",
        button_label: "Take requests again",
        note: "Requests taken again",
        paths: &[(&[Some(Approved)], None)],
        guards: &[Guard::Paused],
        sets_active: Some(true),
        ..EMPTY
    },
];
