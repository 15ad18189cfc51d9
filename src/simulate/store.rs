//! A model of the store: the same questions and the same answers as `booking::store`, in memory and without time of its own.
//! `tests/it/store_contract.rs` holds the two against each other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::booking::machine::guards::{MAX_CODE_TRIES, MAX_OPEN_REQUESTS};
use crate::booking::machine::{Booking, Facts, Status, TABLE, Table, Transition, asks_for_slot, next_due};
use crate::booking::model::{Command, QueuedEntry, Work};
use crate::booking::slots;
use crate::time::Timestamp;

mod claims;
mod model;
mod work;

pub use claims::Claim;
pub use model::{Customer, Fault, Loaded, Provider, Refusal, Stored};
pub use work::Lease;

/// The whole of what is stored.
#[derive(Clone, Debug)]
pub struct Store {
    /// Those who book, by account.
    pub customers: BTreeMap<String, Customer>,
    /// Those who work, by account.
    pub providers: BTreeMap<String, Provider>,
    /// What it does wrong, in a test of the laws.
    pub fault: Option<Fault>,
    table: Table<'static>,
    bookings: BTreeMap<String, Stored>,
    claims: BTreeMap<String, Claim>,
    /// Open requests by customer and provider.
    open: BTreeMap<(String, String), BTreeSet<String>>,
    due: BTreeSet<(Timestamp, String)>,
    wakes: BTreeSet<(Timestamp, String)>,
}

impl Store {
    /// An empty store for bookings of a table.
    pub fn new(table: Table<'static>) -> Self {
        Self {
            customers: BTreeMap::new(),
            providers: BTreeMap::new(),
            fault: None,
            table,
            bookings: BTreeMap::new(),
            claims: BTreeMap::new(),
            open: BTreeMap::new(),
            due: BTreeSet::new(),
            wakes: BTreeSet::new(),
        }
    }

    /// Everything stored under an id.
    pub fn stored(&self, id: &str) -> Option<&Stored> {
        self.bookings.get(id)
    }

    /// Every booking, in the order of ids.
    pub fn all(&self) -> impl Iterator<Item = &Stored> {
        self.bookings.values()
    }

    /// Writes a fresh draft; false, and nothing, if there is a booking of that id.
    pub fn insert_draft(&mut self, booking: Booking, command: Option<Command>) -> bool {
        if self.bookings.contains_key(&booking.id) {
            return false;
        }
        let stored = Stored {
            booking: Arc::new(booking),
            commands: command.into_iter().collect(),
            outbox: Vec::new(),
            wake_at: None,
            work: Work::default(),
            code_tries: 0,
            next_due: None,
        };
        let (id, at) = (stored.booking.id.clone(), written_at(&stored.booking));
        self.bookings.insert(id.clone(), stored);
        self.index(&id);
        self.set_wake(&id, Some(at));
        true
    }

    /// The booking with its facts, as the real store answers.
    pub fn load(&self, id: &str, now: Timestamp) -> Option<Loaded> {
        let Stored { booking, commands, code_tries, .. } = self.bookings.get(id)?;
        let free = !asks_for_slot(TABLE, booking) || !self.is_taken(slots::booked(booking).iter(), id, now);
        let inside_area = booking.service.covers(&booking.place);
        let code_tries_left = *code_tries < MAX_CODE_TRIES;
        let mut facts = Facts { inside_area, slot_free: free, code_tries_left, ..Facts::good() };
        if booking.state.status == Status::Draft {
            self.add_people(booking, &mut facts);
        }
        Some(Loaded { booking: booking.clone(), commands: commands.clone(), facts })
    }

    /// Whether nobody else holds the time from `starts_at` on for as long as the booking is planned.
    pub fn new_time_free(&self, booking: &Booking, starts_at: Timestamp, now: Timestamp) -> bool {
        !self.is_taken(slots::needed_from(booking, starts_at).iter(), &booking.id, now)
    }

    /// Takes one of the tries of the code for the start that are left, before it is compared. Says whether there was one.
    pub fn take_code_try(&mut self, id: &str) -> bool {
        let left = self.bookings.get_mut(id).filter(|stored| stored.code_tries < MAX_CODE_TRIES);
        left.is_some_and(|stored| {
            stored.code_tries += 1;
            true
        })
    }

    /// Writes a transition if the booking still has the version it was decided on and its time is free: all or nothing.
    ///
    /// # Errors
    /// [`Refusal`] says which, and that nothing was written.
    pub fn apply(
        &mut self,
        before: &Booking,
        transition: Transition,
        command: Option<Command>,
    ) -> Result<Arc<Booking>, Refusal> {
        let after = self.write(before, transition, command)?;
        // Somebody has to look at what follows from it.
        let wake_at = Some(written_at(&after)).filter(|_| self.fault != Some(Fault::ForgetsWakes));
        self.set_wake(&before.id, wake_at);
        Ok(after)
    }

    fn write(
        &mut self,
        before: &Booking,
        transition: Transition,
        command: Option<Command>,
    ) -> Result<Arc<Booking>, Refusal> {
        let current = self.bookings.get(&before.id).ok_or(Refusal::Stale)?;
        if current.booking.version != before.version && self.fault != Some(Fault::IgnoresVersions) {
            return Err(Refusal::Stale);
        }
        let mut outbox = transition.outbox.clone();
        let after = Arc::new(transition.applied_to(before));
        let moves = slots::moves(before, &after);
        let at = written_at(&after);
        if self.is_taken(moves.insert.keys(), &before.id, at) {
            return Err(Refusal::SlotTaken);
        }
        if self.fault == Some(Fault::LosesWrites) && after.version % 3 == 0 {
            return Ok(after);
        }
        if self.fault == Some(Fault::ForgetsEntries) {
            outbox.pop();
        }
        self.write_moves(&before.id, moves);
        if let Some(stored) = self.bookings.get_mut(&before.id) {
            stored.booking = after.clone();
            stored.outbox.extend(outbox.into_iter().map(QueuedEntry::from));
            stored.commands.extend(command.filter(|_| self.fault != Some(Fault::ForgetsCommands)));
        }
        self.index(&before.id);
        Ok(after)
    }

    /// What the store's own indexes say of a booking, made anew.
    fn index(&mut self, id: &str) {
        let Some(stored) = self.bookings.get_mut(id) else { return };
        if let Some((_, at)) = stored.next_due {
            self.due.remove(&(at, id.to_owned()));
        }
        stored.next_due = next_due(self.table, &stored.booking);
        if let Some((_, at)) = stored.next_due {
            self.due.insert((at, id.to_owned()));
        }
        let booking = &stored.booking;
        let open = self.open.entry((booking.customer.id.clone(), booking.provider.id.clone())).or_default();
        match booking.state.status {
            Status::Requested | Status::Quoted => open.insert(id.to_owned()),
            _ => open.remove(id),
        };
    }

    fn add_people(&self, booking: &Booking, facts: &mut Facts) {
        let (customer, provider) = (self.customers.get(&booking.customer.id), self.providers.get(&booking.provider.id));
        let (from, to) = (booking.state.starts_at, booking.state.ends_at);
        let open = self.open.get(&(booking.customer.id.clone(), booking.provider.id.clone()));
        let others = open.map_or(0, |open| open.iter().filter(|id| **id != booking.id).count());
        facts.email_verified = customer.is_some_and(|customer| customer.email_verified);
        facts.profile_complete = customer.is_some_and(|customer| customer.profile_complete);
        facts.provider_active = customer.is_some() && provider.is_some_and(|provider| provider.active);
        facts.within_hours = customer.is_some() && provider.is_some_and(|provider| (provider.works)(from, to));
        facts.open_requests = u32::try_from(others).unwrap_or(u32::MAX).min(MAX_OPEN_REQUESTS);
    }
}

fn written_at(booking: &Booking) -> Timestamp {
    booking.history.last().map_or(booking.created_at, |event| event.at)
}
