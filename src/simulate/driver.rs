//! What people and processes do next: chosen by chance, weighted towards the instants at which the rules change.

mod visit;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::laws::Broken;
use super::random::Random;
use super::step::{Act, By, Fate, Point, Step, What};
use super::world::World;
use crate::booking::machine::Table;
use crate::time::Timestamp;

/// The simulated time begins at noon in Auckland on 6 December 2026.
pub const NOON: Timestamp = Timestamp(1_796_511_600_000);
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
