//! One action decided: what it does, or every reason against it.

use super::aggregate::{Actor, Booking, Facts, State};
use super::case::{Case, Denial};
use super::event::{Event, Source};
use super::inputs::Inputs;
use super::outbox::OutboxEntry;
use super::row::{Edge, Row};
use super::{effects, history};
use crate::booking::role::Role;
use crate::time::Timestamp;

/// The most events of a booking after which its parties can still move it. The counts of the table end long before; this holds
/// whatever the table says, so that a booking always fits into one document of MongoDB (16 MB).
pub const MAX_EVENTS: usize = 150;
/// How many more there can be until admins cannot move it either.
pub const MAX_EVENTS_FOR_ADMINS: usize = 50;

/// A question to the machine: may this actor do this, with these inputs, now?
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// The booking as it stands.
    pub booking: &'a Booking,
    /// Who asks.
    pub actor: &'a Actor,
    /// For which action.
    pub row: &'a Row,
    /// With what.
    pub inputs: &'a Inputs,
    /// What the booking does not hold itself.
    pub facts: &'a Facts,
    /// The instant of asking.
    pub now: Timestamp,
}

impl<'a> Ask<'a> {
    /// The same without the row, as its guards, updates and effects look at it.
    pub fn case(&self) -> Case<'a> {
        let Ask { booking, actor, row, inputs, facts, now } = *self;
        Case { booking, actor, clock: row.clock, inputs, facts, now }
    }
}

/// What an action does, as data: written by one update of the booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The whole new state.
    pub state: State,
    /// The event for the history; its `seq` is the new version.
    pub event: Event,
    /// What is to be done outside.
    pub outbox: Vec<OutboxEntry>,
}

impl Transition {
    /// The booking after it.
    pub fn applied_to(self, booking: &Booking) -> Booking {
        let mut history = booking.history.clone();
        let version = self.event.seq;
        history.push(self.event);
        Booking { version, state: self.state, history, ..booking.clone() }
    }
}

/// Decides one action: the transition, or every reason against it.
pub fn decide(ask: &Ask) -> Result<Transition, Vec<Denial>> {
    permit(ask).map(|edge| transition(ask, edge))
}

/// The edge that the action takes, if nothing stands against it; otherwise every reason.
pub(super) fn permit<'t>(ask: &Ask<'t>) -> Result<&'t Edge, Vec<Denial>> {
    let edge = find_edge(ask)?;
    let missing = ask.row.inputs.iter().filter(|input| input.required && !ask.inputs.has(input.field));
    let missing = missing.map(|input| Denial {
        code: "missing_input",
        message: format!("{} is missing.", input.field.label()),
        retry_at: None,
        field: Some(input.field.name()),
    });
    let guards = ask.row.guards.iter().chain(edge.guards);
    let denials = missing.chain(guards.filter_map(|guard| guard.check(&ask.case())));
    let denials: Vec<Denial> = denials.chain(history_full(ask)).collect();
    if denials.is_empty() { Ok(edge) } else { Err(denials) }
}

/// Why nothing more fits into the history for whoever asks. A clock is never denied, so every booking comes to its end.
fn history_full(ask: &Ask) -> Option<Denial> {
    let most = match ask.actor.role {
        Role::System => return None,
        Role::Admin => MAX_EVENTS + MAX_EVENTS_FOR_ADMINS,
        Role::Customer | Role::Provider => MAX_EVENTS,
    };
    let full = ask.booking.history.len() >= most;
    full.then(|| Denial::new("history_full", format!("This booking has moved {most} times, the most for one booking.")))
}

/// The edge on which the actor takes the action from where the booking stands.
pub(super) fn find_edge<'t>(ask: &Ask<'t>) -> Result<&'t Edge, Vec<Denial>> {
    let status = ask.booking.state.status;
    let (row, role) = (ask.row, ask.actor.role);
    let edges: Vec<&Edge> = row.edges.iter().filter(|edge| edge.from.contains(&status)).collect();
    let mine = edges.iter().find(|edge| edge.by.iter().any(|who| who.is(role, ask.booking)));
    if let Some(edge) = mine {
        return Ok(edge);
    }
    let denial = |code, message| Denial { code, message, retry_at: None, field: None };
    let stranger = edges.first().and_then(|edge| edge.by.first()).map(|who| who.denial());
    Err(vec![match stranger {
        Some((code, message)) => denial(code, message.into()),
        None => {
            let label = if row.button_label.is_empty() { row.action_name } else { row.button_label };
            let message = format!("\"{label}\" is not possible: the booking is {}.", status.label().to_lowercase());
            denial("wrong_status", message)
        }
    }])
}

fn transition(ask: &Ask, edge: &Edge) -> Transition {
    let Ask { booking, actor, row, inputs, now, .. } = *ask;
    let Outcome { state, outbox } = outcome(ask, edge);
    let event = Event {
        seq: booking.version + 1,
        at: now,
        action_name: row.action_name.into(),
        actor: actor.role,
        actor_id: (actor.role != Role::System).then(|| actor.id.clone()),
        actor_name: actor.name.clone(),
        from: Some(booking.state.status),
        to: state.status,
        note: note(row, actor),
        message: inputs.message().map(Into::into),
        changes: history::diff(Some(&booking.state), &state),
        source: match actor.role {
            Role::System => Source::Timer,
            Role::Admin => Source::Admin,
            Role::Customer | Role::Provider => Source::Web,
        },
        hash: String::new(),
        prev_hash: booking.history.last().map_or(String::new(), |event| event.hash.clone()),
    };
    Transition { state, event: event.seal(), outbox }
}

/// What a transition leads to, without the event that proves it.
pub(super) struct Outcome {
    /// The whole new state.
    pub state: State,
    /// What is to be done outside.
    pub outbox: Vec<OutboxEntry>,
}

/// What the action leads to on this edge.
pub(super) fn outcome(ask: &Ask, edge: &Edge) -> Outcome {
    let Ask { booking, row, .. } = *ask;
    let mut state = booking.state.clone();
    for update in row.updates {
        update.apply(&mut state, &ask.case());
    }
    state.status = edge.to.unwrap_or(state.status);
    let outbox = effects::outbox(row.effects, row.action_name, &ask.case(), &state, booking.version + 1);
    Outcome { state, outbox }
}

/// The sentence of the history.
pub(super) fn note(row: &Row, actor: &Actor) -> String {
    row.note.replace("{role}", actor.role.name())
}
