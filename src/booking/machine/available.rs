//! What somebody could do with a booking, and what happens to it by itself.

use super::aggregate::{Actor, Booking, Facts, Hold, Split};
use super::case::Denial;
use super::decide::{Ask, Outcome, find_edge, note, outcome, permit};
use super::fields::Field;
use super::guards::Guard;
use super::inputs::Inputs;
use super::outbox::{Addressee, OutboxKind};
use super::row::{Edge, Row};
use super::table::Table;
use crate::booking::status::Status;
use crate::time::Timestamp;

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

/// Whether an action of the booking's status asks if the booked time is free: only then does anybody have to look.
pub fn asks_for_slot(table: Table, booking: &Booking) -> bool {
    let asks = |guards: &[Guard]| guards.contains(&Guard::SlotFree);
    let asks_here = |row: &Row| {
        let mut here = row.edges.iter().filter(|edge| edge.from.contains(&booking.state.status));
        here.any(|edge| asks(row.guards) || asks(edge.guards))
    };
    booking.state.hold == Hold::Free && table.rows().iter().any(asks_here)
}

/// Everything the actor could do with the booking where it stands, possible now or not.
///
/// Defined by what [`decide`](super::decide()) asks too: an action is available exactly if it would execute.
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
        let permitted = permit(&ask);
        Some(AvailableAction {
            row,
            note: note(row, actor),
            to: edge.to.unwrap_or(booking.state.status),
            deadline: deadline(table, &ask, edge),
            preview: permitted.as_ref().ok().map(|edge| preview(&ask, &outcome(&ask, edge))),
            denials: permitted.err().unwrap_or_default(),
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

fn deadline(table: Table, ask: &Ask, edge: &Edge) -> Option<Timestamp> {
    let guards = ask.row.guards.iter().chain(edge.guards);
    let closes = guards.filter_map(|guard| guard.window(ask.booking, ask.row.clock)?.closes);
    let clock = next_due(table, ask.booking).map(|(_, at)| at);
    closes.chain(clock).filter(|at| *at > ask.now).min()
}

fn preview(ask: &Ask, after: &Outcome) -> Preview {
    let decided = after.state.split.filter(|_| after.state.split != ask.booking.state.split);
    let reported = after.state.no_show.as_ref().filter(|_| ask.booking.state.no_show.is_none());
    // What a ruling or an offer costs is what the person types, so there is nothing to say before.
    let typed = ask.row.inputs.iter().any(|input| input.field == Field::RefundAmount);
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
