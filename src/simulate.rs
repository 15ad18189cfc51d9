//! The whole marketplace in virtual time: customers, providers, admins, workers and a clock that jumps, over a model of the
//! store, with processes that die or stall between any two steps. Everything follows from a seed.
//!
//! What decides is the real thing: the table, `decide`, `next_due`, the slots, the history, the worker's plan. Only the
//! database is a model, which `tests/it/store_contract.rs` holds against the real one.

pub mod coverage;
pub mod driver;
pub mod laws;
pub mod market;
pub mod random;
pub mod report;
pub mod shrink;
pub mod step;
pub mod store;
pub mod typed;
pub mod world;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use self::coverage::Coverage;
use self::driver::Driver;
use self::laws::Broken;
use self::random::Random;
use self::step::Step;
use self::store::Fault;
use self::world::{Counts, World};
use crate::booking::machine::Table;

pub use report::text;

/// Bookings in one world. Worlds know nothing of each other, so that they can be played at once.
const WORLD: u64 = 500;
/// With so many bookings everything that the table allows has to be reached.
pub const ENOUGH: u64 = 20_000;

/// What to simulate.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// What everything follows from.
    pub seed: u64,
    /// How many bookings.
    pub bookings: u64,
    /// How many worlds are played at once. The outcome does not depend on it.
    pub threads: usize,
    /// The rules.
    pub table: Table<'static>,
    /// What the store does wrong, in a test of the laws.
    pub fault: Option<Fault>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was reached.
    pub coverage: Coverage,
    /// What happened.
    pub counts: Counts,
    /// The law that broke, and the shortest script found that breaks it.
    pub failure: Option<Failure>,
}

/// A law that broke.
#[derive(Clone, Debug)]
pub struct Failure {
    /// In which world.
    pub world: u64,
    /// Which law, and what was seen.
    pub broken: Broken,
    /// How many steps had been played in that world.
    pub steps: usize,
    /// The shortest script found.
    pub script: Vec<Step>,
}

impl Outcome {
    /// The names of what should have been reached and was not; nothing is asked of a run that is too small.
    pub fn missing(&self) -> Vec<String> {
        if self.counts.bookings < ENOUGH { Vec::new() } else { self.coverage.missing() }
    }

    /// Whether all went well.
    pub fn passed(&self) -> bool {
        self.failure.is_none() && self.missing().is_empty()
    }
}

impl Plan {
    fn world(&self, number: u64) -> World {
        World::new(number, self.table, self.fault)
    }

    fn driver(&self, number: u64, keeps_script: bool) -> Driver {
        let bookings = self.bookings.saturating_sub(number * WORLD).min(WORLD);
        let seed = Random::new(self.seed ^ number.wrapping_mul(0x2545_f491_4f6c_dd1d)).number();
        Driver::new(seed, u32::try_from(bookings).unwrap_or(u32::MAX), self.table, keeps_script)
    }
}

/// Simulates. The same plan has the same outcome, on any number of threads.
pub fn run(plan: &Plan) -> Outcome {
    let worlds = plan.bookings.div_ceil(WORLD);
    let (next, broken) = (AtomicU64::new(0), AtomicU64::new(u64::MAX));
    let outcome = Outcome { coverage: Coverage::of(plan.table), counts: Counts::default(), failure: None };
    let whole = Mutex::new(outcome);
    let play = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            // The first broken world is the one that is reported.
            if number >= worlds || number > broken.load(Ordering::Relaxed) {
                return;
            }
            let mut world = plan.world(number);
            if plan.driver(number, false).run(&mut world).is_err() {
                broken.fetch_min(number, Ordering::Relaxed);
            }
            let mut whole = whole.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            whole.coverage.add(world.coverage);
            whole.counts.add(&world.counts);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..plan.threads.max(1) {
            scope.spawn(play);
        }
    });
    let mut outcome = whole.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let first = broken.into_inner();
    outcome.failure = (first < worlds).then(|| failure(plan, first)).flatten();
    outcome
}

/// Plays a broken world once more, and looks for the shortest script that breaks it.
fn failure(plan: &Plan, number: u64) -> Option<Failure> {
    let fresh = || plan.world(number);
    let (broken, script) = plan.driver(number, true).run(&mut fresh()).err()?;
    let steps = script.len();
    let (script, broken) = shrink::shrink(&fresh, script, &broken);
    Some(Failure { world: number, broken, steps, script })
}

#[cfg(test)]
mod tests;
