//! One simulated marketplace: its store, its people and its processes, and what has been promised to whom.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::coverage::Coverage;
use super::laws::{self, Broken, Calendars, Held, law};
use super::market;
use super::step::{Step, What};
use super::store::{Fault, Lease, Refusal, Store};
use crate::booking::machine::guards::SLOT_TAKEN;
use crate::booking::machine::outbox::OutboxEntry;
use crate::booking::machine::{Booking, Role, Table, Transition};
use crate::booking::model::Command;
use crate::time::Timestamp;

mod finish;
mod perform;
mod work;

macro_rules! counts {
    ($($name:ident)*) => {
        /// What happened, in numbers; `minutes` are those of virtual time.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is named after what is counted")]
        pub struct Counts { $(pub $name: u64),* }

        impl Counts {
            /// Adds what happened elsewhere.
            pub fn add(&mut self, other: &Counts) {
                $(self.$name += other.$name;)*
            }
        }
    };
}

counts! {
    bookings commands done by_clock denied repeated stale lost_slots bad_input
    turned_away listings effects effects_again reminders lost_leases crashes stalls jumps minutes
}

/// A process between deciding and writing.
#[derive(Clone, Debug)]
struct InFlight {
    before: Arc<Booking>,
    row: &'static str,
    transition: Transition,
    command: Option<Command>,
    /// The worker's token, if it is one.
    token: Option<i64>,
}

/// A process that has stopped in the middle.
#[derive(Clone, Debug)]
enum Stopped {
    Writing(Box<InFlight>),
    Settling(Box<(Lease, work::Left)>),
}

/// A marketplace in virtual time.
#[derive(Clone, Debug)]
pub struct World {
    /// What is stored.
    pub store: Store,
    /// What has been reached.
    pub coverage: Coverage,
    /// What has happened.
    pub counts: Counts,
    number: u64,
    table: Table<'static>,
    skew_minutes: i64,
    stopped: BTreeMap<u32, Stopped>,
    calendars: Calendars,
    /// The hashes of events whose actors got an answer.
    promised: BTreeMap<String, BTreeMap<i64, String>>,
    /// Which command of which booking made which version.
    made: BTreeMap<(String, String), i64>,
    /// What has to be done outside.
    owed: BTreeSet<String>,
    /// Reminders that some worker found due. It may have stopped before anybody knew, so they are not owed.
    planned: BTreeSet<String>,
    /// What has been done outside, by key, and how often it was asked for.
    outside: BTreeMap<String, u64>,
}

impl World {
    /// An empty marketplace with its people.
    pub fn new(number: u64, table: Table<'static>, fault: Option<Fault>) -> Self {
        let mut store = Store::new(table);
        store.fault = fault;
        market::people(&mut store);
        Self {
            store,
            coverage: Coverage::of(table),
            counts: Counts::default(),
            number,
            table,
            skew_minutes: 0,
            stopped: BTreeMap::new(),
            calendars: Calendars::default(),
            promised: BTreeMap::new(),
            made: BTreeMap::new(),
            owed: BTreeSet::new(),
            planned: BTreeSet::new(),
            outside: BTreeMap::new(),
        }
    }

    /// Its number.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Lets one thing happen. What cannot happen, because what it needs is not there, does not.
    ///
    /// # Errors
    /// A law that is broken by it.
    pub fn play(&mut self, step: &Step) -> Held {
        let now = step.at.plus_minutes(-self.skew_minutes);
        match step.what {
            What::Draft { booking, pick, like } => self.draft(booking, pick, like, now),
            What::Act(act) => self.act(step.number, &act, now),
            What::Look { booking, by } => self.look(booking, by, now),
            What::Resume { number } => self.resume(number),
            What::Work { breaks } => self.work(step.number, breaks, now),
            What::Skew { minutes } => {
                self.counts.jumps += u64::from(minutes != 0);
                self.skew_minutes = minutes;
                Ok(())
            }
        }
    }

    /// What was promised about a booking still stands.
    fn kept(&self, booking: &Booking) -> Held {
        let Some(promises) = self.promised.get(&booking.id) else { return Ok(()) };
        let stands = |(version, hash): &(&i64, &String)| {
            let event = usize::try_from(**version - 1).ok().and_then(|at| booking.history.get(at));
            event.is_some_and(|event| event.hash == **hash)
        };
        let lost = promises.iter().find(|promise| !stands(promise));
        law(lost.is_none(), "what was acknowledged is never lost", booking, || format!("version {lost:?}"))
    }

    fn draft(&mut self, number: u32, pick: u64, like: Option<u32>, now: Timestamp) -> Held {
        let like = like.and_then(|like| self.store.stored(&market::booking_id(self.number, like)));
        let like = like.map(|stored| &*stored.booking);
        let booking = market::draft(self.number, number, pick, like, now);
        self.counts.bookings += u64::from(self.store.insert_draft(booking, None));
        Ok(())
    }

    /// Writes what was decided, and looks at all that this has changed.
    fn write(&mut self, flight: InFlight) -> Result<Option<Arc<Booking>>, Broken> {
        let InFlight { before, row, transition, command, token } = flight;
        let (role, entries) = (transition.event.actor, transition.outbox.clone());
        let current = self.store.stored(&before.id).map(|stored| stored.booking.clone());
        let leased = self.store.stored(&before.id).map(|stored| stored.work.lease);
        let written = match token {
            Some(token) => self.store.apply_leased(&before, transition, token),
            None => self.store.apply(&before, transition, command.clone()),
        };
        match written {
            Ok(after) => {
                self.counts.done += 1;
                self.counts.by_clock += u64::from(role == Role::System);
                self.coverage.reach(before.state.status, row, role);
                let read = current.as_ref().is_some_and(|current| current.version == before.version);
                law(read, "nothing is written over what was not read", &after, || format!("{row}: {current:?}"))?;
                laws::moved(self.table, &before, &after)?;
                self.calendars.note(&after)?;
                self.owes(&after, entries, command)?;
                Ok(Some(after))
            }
            Err(refusal) => {
                let lost = token.is_some() && token != leased;
                let moved = lost || current.is_none_or(|current| current.version != before.version);
                let fair = (refusal == Refusal::Stale) == moved;
                law(fair, "a write is refused for its reason only", &before, || format!("{row}: {refusal:?}"))?;
                match refusal {
                    Refusal::Stale => self.counts.stale += 1,
                    Refusal::SlotTaken => {
                        self.counts.lost_slots += 1;
                        self.coverage.deny(SLOT_TAKEN);
                    }
                }
                Ok(None)
            }
        }
    }

    /// Notes what the marketplace owes since a write, and that it is all stored.
    fn owes(&mut self, after: &Booking, entries: Vec<OutboxEntry>, command: Option<Command>) -> Held {
        for entry in entries {
            let stored = self.store.stored(&after.id);
            let kept = stored.is_some_and(|stored| stored.outbox.iter().any(|queued| queued.entry == entry));
            law(kept, "every entry of the outbox is written with its action", after, || format!("{entry:?}"))?;
            let new = self.owed.insert(entry.key.clone());
            law(new, "no two entries have one key", after, || entry.key.clone())?;
        }
        if let Some(Command { command_id, version, .. }) = command {
            let made = self.made.insert((after.id.clone(), command_id.clone()), version);
            law(made.is_none(), "one command has at most one effect", after, || {
                format!("{command_id} made versions {made:?} and {version}")
            })?;
        }
        laws::claimed(&self.store, after)
    }

    /// Somebody gets the answer that what the booking's version says has been done.
    fn promise(&mut self, booking: &Booking) {
        let last = booking.history.last().map(|event| (event.seq, event.hash.clone()));
        self.promised.entry(booking.id.clone()).or_default().extend(last);
    }

    fn resume(&mut self, number: u32) -> Held {
        match self.stopped.remove(&number) {
            Some(Stopped::Writing(flight)) => {
                let asked = flight.token.is_none();
                if let Some(after) = self.write(*flight)?.filter(|_| asked) {
                    self.promise(&after);
                }
                Ok(())
            }
            Some(Stopped::Settling(left)) => {
                let (lease, left) = *left;
                self.settle(&lease, left);
                Ok(())
            }
            None => Ok(()),
        }
    }
}
