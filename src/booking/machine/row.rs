//! The shape of one row of the table: an action is data, and a new action is one more row.

use super::aggregate::{Booking, Role};
use super::clocks::Clock;
use super::effects::Effect;
use super::fields::Input;
use super::guards::Guard;
use super::updates::Update;
use crate::booking::status::Status;

/// One action of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The name that travels and is stored.
    pub action_name: &'static str,
    /// What the button says; empty for what only the clock does.
    pub button_label: &'static str,
    /// The sentence for the history; `{role}` becomes the actor's role.
    pub note: &'static str,
    /// Whether it ends or risks something, so that it is confirmed first.
    pub is_critical: bool,
    /// Who may take it from where to where.
    pub edges: &'static [Edge],
    /// What must hold; every failing one is reported.
    pub guards: &'static [Guard],
    /// What the person gives.
    pub inputs: &'static [Input],
    /// What it changes beside the status.
    pub updates: &'static [Update],
    /// What happens outside afterwards.
    pub effects: &'static [Effect],
    /// When the clock takes it.
    pub clock: Option<Clock>,
}

impl Row {
    /// Whether an agreed booking stands otherwise in people's calendars after it: agreed, at another time, or cancelled.
    pub fn changes_appointment(&self) -> bool {
        let agrees_or_ends = |edge: &Edge| matches!(edge.to, Some(Status::Accepted | Status::Cancelled));
        self.updates.contains(&Update::MoveToChange) || self.edges.iter().any(agrees_or_ends)
    }

    /// Whether it may count against the provider's reliability, as [`Effect::Strike`] decides.
    pub fn may_strike(&self) -> bool {
        self.effects.contains(&Effect::Strike)
    }

    /// Whether it records that.
    pub fn records(&self, update: Update) -> bool {
        self.updates.contains(&update)
    }
}

/// A row with nothing in it, for rows to be written with only what they have.
pub const EMPTY: Row = Row {
    action_name: "",
    button_label: "",
    note: "",
    is_critical: false,
    edges: &[],
    guards: &[],
    inputs: &[],
    updates: &[],
    effects: &[],
    clock: None,
};

/// One way through a row.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The statuses it leads from.
    pub from: &'static [Status],
    /// Where to; `None` stays.
    pub to: Option<Status>,
    /// Who may go it.
    pub by: &'static [Who],
    /// Guards of this way only.
    pub guards: &'static [Guard],
}

/// A way between statuses without guards of its own.
pub const fn edge(by: &'static [Who], from: &'static [Status], to: Status) -> Edge {
    Edge { from, to: Some(to), by, guards: &[] }
}

/// A way that leaves the status as it is.
pub const fn stay(by: &'static [Who], from: &'static [Status]) -> Edge {
    Edge { from, to: None, by, guards: &[] }
}

/// Who may take a path: a role, or a part that the booking's own state gives somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Who books.
    Customer,
    /// Who does the work.
    Provider,
    /// The marketplace.
    Admin,
    /// The clock.
    System,
    /// Who proposed the open change.
    Proposer,
    /// Who is asked about the open change.
    Asked,
    /// The customer, if they hold a code for the start.
    CodeHolder,
    /// Who reported the no-show.
    Reporter,
    /// Who is said not to have come.
    Accused,
    /// Who is offered a settlement.
    Offered,
    /// Who has written a review here.
    Reviewer,
    /// Who has a public review about them here.
    Reviewed,
}

impl Who {
    /// Whether somebody in `role` is meant.
    pub fn is(self, role: Role, booking: &Booking) -> bool {
        let state = &booking.state;
        let proposer = state.change.as_ref().map(|change| change.by);
        let reporter = state.no_show.as_ref().map(|report| report.by);
        let is_other = |party: Option<Role>| party.is_some() && party == role.other_party();
        match self {
            Who::Customer => role == Role::Customer,
            Who::Provider => role == Role::Provider,
            Who::Admin => role == Role::Admin,
            Who::System => role == Role::System,
            Who::Proposer => proposer == Some(role),
            Who::Asked => is_other(proposer),
            Who::CodeHolder => role == Role::Customer && booking.start_code.is_some(),
            Who::Reporter => reporter == Some(role),
            Who::Accused => is_other(reporter),
            Who::Offered => is_other(state.open_offer().map(|offer| offer.by)),
            Who::Reviewer => state.reviews.contains_key(role.name()),
            Who::Reviewed => role.other_party().is_some_and(|author| state.public_review(author).is_some()),
        }
    }

    /// The denial of somebody who is not meant: its code and its words.
    pub fn denial(self) -> (&'static str, &'static str) {
        match self {
            Who::Customer => ("customer_only", "Only the customer can do this."),
            Who::Provider => ("provider_only", "Only the provider can do this."),
            Who::Admin => ("admin_only", "Only an admin can do this."),
            Who::System => ("system_only", "This happens by itself."),
            Who::Proposer => ("no_change_of_yours", "You have no open proposal."),
            Who::Asked => ("no_change_open", "Nobody has proposed another time to you."),
            Who::CodeHolder => ("no_start_code", "No code was agreed on for the start, so the provider starts alone."),
            Who::Reporter => ("no_report_of_yours", "You have not reported a no-show."),
            Who::Accused => ("not_accused", "Nobody has reported you as a no-show."),
            Who::Offered => ("no_offer_open", "Nobody has offered you a settlement."),
            Who::Reviewer => ("no_review_of_yours", "You have not written a review."),
            Who::Reviewed => ("no_review_published", "There is no published review about you."),
        }
    }
}
