//! The booking machine: one pure table decides who may do what now, why not, what it costs, what
//! follows, and what happens by itself. Values in, values out: no clock, no database, no web.
//!
//! A new action is one more row in [`table`].

pub mod aggregate;
pub mod case;
pub mod clocks;
pub mod diagram;
pub mod effects;
pub mod event;
pub mod fields;
pub mod guards;
pub mod history;
pub mod inputs;
pub mod names;
pub mod outbox;
pub mod policy;
pub mod reading;
pub mod row;
pub mod service;
pub mod state;
pub mod table;
pub mod terms;
pub mod updates;

#[cfg(test)]
pub(crate) mod tests;

pub use aggregate::{Actor, Booking, Facts, NewBooking, State};
pub use case::{Case, Denial};
pub use inputs::Inputs;
pub use reading::FieldError;
pub use row::Row;
pub use table::{TABLE, Table};

use aggregate::Split;
use event::{Event, Source};
use outbox::{Addressee, OutboxEntry, OutboxKind};
use row::Edge;

pub use crate::booking::role::{self, Role};
pub use crate::booking::status::{self, Status};
use crate::time::Timestamp;

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

/// An action as the person asking may see it.
#[derive(Clone, Debug)]
pub struct AvailableAction<'t> {
    /// Its row: name, label, inputs, whether it is critical.
    pub row: &'t Row,
    /// The sentence the history would get.
    pub note: String,
    /// Why not; empty when it is possible.
    pub denials: Vec<Denial>,
    /// The status it leads to.
    pub to: Status,
    /// Until when it stays possible, if something ends it.
    pub deadline: Option<Timestamp>,
    /// What it would do, while it is possible.
    pub preview: Option<Preview>,
}

impl AvailableAction<'_> {
    /// Whether it can be done now.
    pub fn available(&self) -> bool {
        self.denials.is_empty()
    }
}

/// What an action would cost and whom it would notify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// How the price would end up, when the action decides that.
    pub split: Option<Split>,
    /// Whether the provider's reliability would fall.
    pub strikes: bool,
    /// Who would be notified.
    pub notifies: Vec<Addressee>,
}

/// Decides one action: the transition, or every reason against it.
pub fn decide(ask: &Ask) -> Result<Transition, Vec<Denial>> {
    let edge = find_edge(ask)?;
    let missing = ask.row.inputs.iter().filter(|input| input.required && !ask.inputs.has(input.field));
    let missing = missing.map(|input| Denial {
        code: "missing_input",
        message: format!("{} is missing.", input.field.label()),
        retry_at: None,
        field: Some(input.field.name()),
    });
    let guards = ask.row.guards.iter().chain(edge.guards);
    let denials: Vec<Denial> = missing.chain(guards.filter_map(|guard| guard.check(&ask.case()))).collect();
    if denials.is_empty() { Ok(transition(ask, edge)) } else { Err(denials) }
}

/// Everything the actor could do with the booking where it stands, possible now or not.
///
/// Defined by [`decide`]: an action is available exactly if it would execute.
pub fn get_available_booking_actions<'t>(
    table: Table<'t>,
    booking: &Booking,
    actor: &Actor,
    facts: &Facts,
    now: Timestamp,
) -> Vec<AvailableAction<'t>> {
    let offer = |row: &'t Row| {
        let inputs = Inputs::example(row, booking, now);
        let ask = Ask { booking, actor, row, inputs: &inputs, facts, now };
        let edge = find_edge(&ask).ok()?;
        let decided = decide(&ask);
        Some(AvailableAction {
            row,
            note: note(row, actor),
            to: edge.to.unwrap_or(booking.state.status),
            deadline: deadline(table, &ask, edge),
            preview: decided.as_ref().ok().map(|transition| preview(&ask, transition)),
            denials: decided.err().unwrap_or_default(),
        })
    };
    table.rows().iter().filter_map(offer).collect()
}

/// What the clock does next with the booking: the earliest row that only the clock takes.
pub fn next_due(table: Table, booking: &Booking) -> Option<(&'static str, Timestamp)> {
    let watches = |row: &&Row| row.edges.iter().any(|edge| edge.from.contains(&booking.state.status));
    let due = |row: &Row| Some((row.action_name, row.clock?.due(booking)?));
    table.rows().iter().filter(watches).filter_map(due).min_by_key(|(_, at)| *at)
}

fn find_edge<'t>(ask: &Ask<'t>) -> Result<&'t Edge, Vec<Denial>> {
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
    let mut state = booking.state.clone();
    for update in row.updates {
        update.apply(&mut state, &ask.case());
    }
    state.status = edge.to.unwrap_or(state.status);
    let version = booking.version + 1;
    let event = Event {
        seq: version,
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
    let outbox = effects::outbox(row.effects, row.action_name, &ask.case(), &state, version);
    Transition { state, event: event.seal(), outbox }
}

fn note(row: &Row, actor: &Actor) -> String {
    row.note.replace("{role}", actor.role.name())
}

fn deadline(table: Table, ask: &Ask, edge: &Edge) -> Option<Timestamp> {
    let guards = ask.row.guards.iter().chain(edge.guards);
    let closes = guards.filter_map(|guard| guard.window(ask.booking, ask.row.clock)?.closes);
    let clock = next_due(table, ask.booking).map(|(_, at)| at);
    closes.chain(clock).filter(|at| *at > ask.now).min()
}

fn preview(ask: &Ask, after: &Transition) -> Preview {
    let decided = after.state.split.filter(|_| after.state.split != ask.booking.state.split);
    let reported = after.state.no_show.as_ref().filter(|_| ask.booking.state.no_show.is_none());
    // What a ruling or an offer costs is what the person types, so there is nothing to say before.
    let typed = ask.row.inputs.iter().any(|input| input.field == inputs::Field::RefundAmount);
    Preview {
        split: decided.or(reported.map(|report| report.split)).filter(|_| !typed),
        strikes: after.outbox.iter().any(|entry| entry.kind == OutboxKind::Strike),
        notifies: after
            .outbox
            .iter()
            .filter(|entry| entry.kind == OutboxKind::Notice)
            .filter_map(|entry| entry.to.clone())
            .collect(),
    }
}
