//! People who come to a booking: what they do there, and when somebody comes again.

use std::cmp::Reverse;

use super::{Driver, Wake};
use crate::booking::machine::guards::Guard;
use crate::booking::machine::{Booking, Role, Row, Status, next_due};
use crate::simulate::laws::Broken;
use crate::simulate::market;
use crate::simulate::step::{Act, By, Fate, What};
use crate::simulate::world::World;
use crate::time::Timestamp;

/// After so many visits people leave a booking to the clock, and a dispute to an admin.
const VISITS: u32 = 32;

impl Driver {
    /// Somebody comes to a booking, looks or acts, and somebody comes again later.
    pub(super) fn visit(&mut self, world: &mut World, at: Timestamp, number: u32, nth: u32) -> Result<(), Broken> {
        let id = market::booking_id(world.number(), number);
        let Some(booking) = world.store.stored(&id).map(|stored| stored.booking.clone()) else { return Ok(()) };
        let Some(choice) = self.choose(&booking, number, nth) else { return Ok(()) };
        // Some insist on what they tried before.
        let insists = nth < VISITS && self.random.one_in(4);
        let (by, row) = self.last.get(&number).copied().filter(|_| insists).unwrap_or(choice);
        self.last.insert(number, (by, row));
        if self.random.one_in(24) {
            self.play(world, at, What::Look { booking: number, by })?;
        }
        let fate = match self.random.below(40) {
            0 => Fate::DiesBeforeWriting,
            1 => Fate::DiesBeforeAnswering,
            2 | 3 => Fate::Stalls,
            _ => Fate::Fine,
        };
        let behind = if self.random.one_in(40) { self.random.between(1, 3) } else { 0 };
        // Now and then somebody takes the key of another form.
        let reused = self.random.one_in(60);
        let command = if reused { self.steps.saturating_sub(1 + number % 7) } else { self.steps };
        let act = Act { booking: number, by, row, pick: self.random.number(), behind, command, fate };
        let this = self.steps;
        self.play(world, at, What::Act(act))?;
        if fate == Fate::Stalls {
            self.wake_in(at, 0, 90, Wake::Resume(this));
        }
        if fate != Fate::Fine || self.random.one_in(30) {
            // Without an answer it is sent again; some press twice anyhow.
            let place = u32::try_from(self.unanswered.len()).unwrap_or(u32::MAX);
            self.unanswered.push(Act { fate: Fate::Fine, ..act });
            self.wake_in(at, 0, 30, Wake::Again(place));
        }
        let next = self.next_visit(&booking, at);
        self.wakes.push(Reverse((next, self.steps, Wake::Visit { booking: number, nth: nth + 1 })));
        Ok(())
    }

    /// Who does what: mostly something that the table allows in this status, rarely what ends the booking.
    fn choose(&mut self, booking: &Booking, number: u32, nth: u32) -> Option<(By, usize)> {
        let rows = self.table.rows();
        let status = booking.state.status;
        let tired = nth >= VISITS;
        let mut choices: Vec<(u64, (By, usize))> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            for edge in row.edges.iter().filter(|edge| edge.from.contains(&status)) {
                for role in [Role::Customer, Role::Provider, Role::Admin] {
                    if edge.by.iter().any(|who| who.is(role, booking)) {
                        let ends = row.is_critical || edge.to.is_some_and(|to| to != status && closes(to));
                        // Everybody has something that they do again and again.
                        let favourite = usize::try_from(number).unwrap_or(0) % rows.len() == at;
                        let weight = if ends { 1 } else { 6 } * if favourite { 12 } else { 1 };
                        let weight = if role == Role::Admin { weight } else { weight * 4 };
                        choices.push((weight, (By::Role(role), at)));
                    }
                }
            }
        }
        if tired {
            // Only an admin can end what has no clock.
            choices.retain(|(_, (by, _))| *by == By::Role(Role::Admin));
            let ends = booking.state.is_final() || next_due(self.table, booking).is_some();
            return if ends { None } else { self.random.weighted(&choices).copied() };
        }
        // What is over is left alone sooner.
        if booking.state.is_final() && self.random.one_in(if choices.is_empty() { 2 } else { 8 }) {
            return None;
        }
        let is_possible = |row: &Row| row.edges.iter().any(|edge| edge.from.contains(&status));
        let possible: Vec<usize> = (0..rows.len()).filter(|at| is_possible(&rows[*at])).collect();
        let anything = self.random.below(u64::try_from(rows.len()).unwrap_or(1));
        let anything = usize::try_from(anything).unwrap_or(0);
        let anything = self.random.pick(&possible).copied().filter(|_| self.random.one_in(2)).unwrap_or(anything);
        match self.random.below(40) {
            0 => Some((By::Stranger, anything)),
            1 => Some((By::AdminWithInterest, anything)),
            2..=4 => self.random.pick(&Role::ALL).map(|role| (By::Role(*role), anything)),
            _ => self.random.weighted(&choices).copied().or(Some((By::Role(Role::Customer), anything))),
        }
    }

    /// When somebody comes again: soon, or around an instant at which a rule changes its mind.
    fn next_visit(&mut self, booking: &Booking, at: Timestamp) -> Timestamp {
        let soon = at.plus_minutes(self.random.between(1, 100));
        let kind = self.random.below(10);
        let status = booking.state.status;
        let possible = self.table.rows().iter().filter(|row| row.edges.iter().any(|edge| edge.from.contains(&status)));
        let windows = possible.flat_map(|row| {
            let guards = row.guards.iter().chain(row.edges.iter().flat_map(|edge| edge.guards));
            guards.filter_map(|guard| guard.window(booking, row.clock).map(|window| (*guard == Guard::Due, window)))
        });
        let edges = windows.flat_map(|(due, window)| match kind {
            0..=3 => [None, None],
            // Mostly people come when something becomes possible.
            4..=7 => [window.opens.filter(|_| !due), None],
            _ => [window.opens, window.closes],
        });
        let mut edges: Vec<Timestamp> = edges.flatten().filter(|edge| *edge > at.plus_minutes(-10)).collect();
        edges.sort_unstable();
        edges.dedup();
        let Some(edge) = self.random.pick(&edges).copied() else { return soon };
        edge.plus_minutes(self.random.between(-20, 30)).max(at.plus_minutes(1))
    }
}

/// Whether a booking in that status is over.
fn closes(status: Status) -> bool {
    matches!(status, Status::Cancelled | Status::Completed | Status::Declined | Status::Expired)
}
