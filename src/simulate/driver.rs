//! What people and processes do next: chosen by chance, weighted towards the instants at which the rules change.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::laws::Broken;
use super::market;
use super::random::Random;
use super::step::{Act, By, Fate, Point, Step, What};
use super::world::World;
use crate::booking::machine::guards::Guard;
use crate::booking::machine::{Booking, Role, Row, Status, Table, next_due};
use crate::time::Timestamp;

/// The simulated time begins at noon in Auckland on 6 December 2026.
pub const NOON: Timestamp = Timestamp(1_796_511_600_000);
/// After so many visits people leave a booking to the clock, and a dispute to an admin.
const VISITS: u32 = 32;
/// The longest that nobody works, in minutes.
const MAX_SLEEP_MINUTES: i64 = 6 * 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wake {
    Arrival(u32),
    Visit { booking: u32, nth: u32 },
    Again(u32),
    Resume(u32),
    Worker(u8),
    Clock,
}

/// Plays a world from its first booking until nothing is left to happen.
#[derive(Debug)]
pub struct Driver {
    random: Random,
    wakes: BinaryHeap<Reverse<(Timestamp, u32, Wake)>>,
    /// Commands whose answer never came, to be sent again.
    unanswered: Vec<Act>,
    /// Everything that has happened, if somebody wants to know.
    script: Option<Vec<Step>>,
    steps: u32,
    bookings: u32,
    /// What was last tried on each booking.
    last: BTreeMap<u32, (By, usize)>,
    table: Table<'static>,
}

impl Driver {
    /// A driver for so many bookings.
    pub fn new(seed: u64, bookings: u32, table: Table<'static>, keeps_script: bool) -> Self {
        let mut driver = Self {
            random: Random::new(seed),
            wakes: BinaryHeap::new(),
            unanswered: Vec::new(),
            script: keeps_script.then(Vec::new),
            steps: 0,
            bookings,
            last: BTreeMap::new(),
            table,
        };
        driver.wake(NOON, Wake::Arrival(0));
        driver.wake(NOON, Wake::Clock);
        driver.wake(NOON, Wake::Worker(0));
        driver.wake(NOON, Wake::Worker(1));
        driver
    }

    /// Runs the world to its end. Also gives the script, if it was kept.
    ///
    /// # Errors
    /// The law that broke, with what was played until then.
    pub fn run(mut self, world: &mut World) -> Result<Vec<Step>, (Broken, Vec<Step>)> {
        let mut now = NOON;
        while let Some(Reverse((at, _, wake))) = self.wakes.pop() {
            now = at;
            if let Err(broken) = self.happen(world, at, wake) {
                return Err((broken, self.script.unwrap_or_default()));
            }
        }
        world.counts.minutes = u64::try_from(now.minutes_since(NOON)).unwrap_or(0);
        match world.finish(now) {
            Ok(()) => Ok(self.script.unwrap_or_default()),
            Err(broken) => Err((broken, self.script.unwrap_or_default())),
        }
    }

    fn happen(&mut self, world: &mut World, at: Timestamp, wake: Wake) -> Result<(), Broken> {
        match wake {
            Wake::Arrival(booking) => {
                let pick = self.random.number();
                // Some want what somebody else wants.
                let before = u32::try_from(self.random.between(1, 4)).unwrap_or(1);
                let like = booking.checked_sub(before).filter(|_| self.random.one_in(5));
                self.play(world, at, What::Draft { booking, pick, like })?;
                self.wake_in(at, 0, 60, Wake::Visit { booking, nth: 0 });
                if booking + 1 < self.bookings {
                    self.wake_in(at, 1, 60, Wake::Arrival(booking + 1));
                }
                Ok(())
            }
            Wake::Visit { booking, nth } => self.visit(world, at, booking, nth),
            Wake::Again(place) => {
                let act = usize::try_from(place).ok().and_then(|place| self.unanswered.get(place).copied());
                act.map_or(Ok(()), |act| self.play(world, at, What::Act(act)))
            }
            Wake::Resume(number) => self.play(world, at, What::Resume { number }),
            Wake::Worker(worker) => self.work(world, at, worker),
            Wake::Clock => {
                let minutes = if self.random.one_in(2) { self.random.between(1, 61) } else { 0 };
                self.play(world, at, What::Skew { minutes })?;
                if self.is_busy() {
                    self.wake_in(at, 30, 12 * 60, Wake::Clock);
                } else {
                    self.play(world, at, What::Skew { minutes: 0 })?;
                }
                Ok(())
            }
        }
    }

    /// Somebody comes to a booking, looks or acts, and somebody comes again later.
    fn visit(&mut self, world: &mut World, at: Timestamp, number: u32, nth: u32) -> Result<(), Broken> {
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

    fn work(&mut self, world: &mut World, at: Timestamp, worker: u8) -> Result<(), Broken> {
        let wakes_at = world.store.wakes_at();
        if wakes_at.is_some_and(|wakes| wakes <= at) {
            let points = [Point::Leased, Point::Decided, Point::Applied, Point::Delivered, Point::Settling];
            let fates = [Fate::DiesBeforeWriting, Fate::Stalls, Fate::IsRefused];
            let breaks = self.random.one_in(12);
            let breaks = breaks.then(|| Some((*self.random.pick(&points)?, *self.random.pick(&fates)?))).flatten();
            let this = self.steps;
            self.play(world, at, What::Work { breaks })?;
            if matches!(breaks, Some((_, Fate::Stalls))) {
                // Before or after its lease has run out.
                let seconds = self.random.between(1, 120);
                self.wakes.push(Reverse((Timestamp(at.0 + seconds * 1000), self.steps, Wake::Resume(this))));
            }
        }
        let next = world.store.wakes_at().unwrap_or(at);
        if self.is_busy() || world.store.wakes_at().is_some() {
            let sleep = if self.random.one_in(6) { MAX_SLEEP_MINUTES } else { 15 };
            let next = next.max(at).min(at.plus_minutes(MAX_SLEEP_MINUTES));
            self.wake_in(next, 0, sleep, Wake::Worker(worker));
        }
        Ok(())
    }

    fn play(&mut self, world: &mut World, at: Timestamp, what: What) -> Result<(), Broken> {
        let step = Step { at, number: self.steps, what };
        self.steps += 1;
        if let Some(script) = &mut self.script {
            script.push(step);
        }
        world.play(&step)
    }

    /// Whether people are still to come.
    fn is_busy(&self) -> bool {
        self.wakes.iter().any(|Reverse((_, _, wake))| matches!(wake, Wake::Arrival(_) | Wake::Visit { .. }))
    }

    fn wake_in(&mut self, at: Timestamp, least: i64, bound: i64, wake: Wake) {
        let minutes = self.random.between(least, bound);
        self.wake(at.plus_minutes(minutes), wake);
    }

    fn wake(&mut self, at: Timestamp, wake: Wake) {
        self.wakes.push(Reverse((at, self.steps, wake)));
    }
}

/// Whether a booking in that status is over.
fn closes(status: Status) -> bool {
    matches!(status, Status::Cancelled | Status::Completed | Status::Declined | Status::Expired)
}
