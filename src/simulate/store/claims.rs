//! What is claimed of the providers' time.

use std::collections::BTreeMap;

use super::Store;
use super::model::{Fault, Refusal};
use crate::booking::slots::{self, Moves};
use crate::time::Timestamp;

/// Who holds a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The booking or draft.
    pub booking: String,
    /// Whether it is agreed, or only asked for.
    pub firm: bool,
    /// Until when it counts, if a draft holds it.
    pub until: Option<Timestamp>,
}

impl Store {
    /// Every claim, by cell.
    pub fn claims(&self) -> &BTreeMap<String, Claim> {
        &self.claims
    }

    /// Holds cells for a draft until an instant, in place of what it held before.
    ///
    /// # Errors
    /// [`Refusal::SlotTaken`] when somebody else has one of them; then the draft holds what it held.
    pub fn hold(&mut self, draft: &str, cells: &[String], until: Timestamp, now: Timestamp) -> Result<(), Refusal> {
        if self.is_taken(cells.iter(), draft, now) {
            return Err(Refusal::SlotTaken);
        }
        self.release(draft);
        let claim = || Claim { booking: draft.to_owned(), firm: false, until: Some(until) };
        self.claims.extend(cells.iter().map(|cell| (cell.clone(), claim())));
        Ok(())
    }

    /// Gives back what a draft holds. What its booking has claimed meanwhile stays.
    pub fn release(&mut self, draft: &str) -> usize {
        let before = self.claims.len();
        self.claims.retain(|_, claim| claim.booking != draft || claim.until.is_none());
        before - self.claims.len()
    }

    /// Gives back holds whose time is over and claims for bookings that do not hold them: how many of each.
    pub fn sweep(&mut self, now: Timestamp) -> (usize, usize) {
        let before = self.claims.len();
        self.claims.retain(|_, claim| claim.until.is_none_or(|until| until > now));
        let expired = before - self.claims.len();
        let holds = |claim: &Claim, cell: &str| {
            let stored = self.bookings.get(&claim.booking);
            stored.is_some_and(|stored| slots::claims(&stored.booking).contains_key(cell))
        };
        self.claims.retain(|cell, claim| claim.until.is_some() || holds(claim, cell));
        (expired, before - expired - self.claims.len())
    }

    /// Takes and gives back what a transition says.
    pub(super) fn write_moves(&mut self, id: &str, moves: Moves) {
        for cell in moves.remove {
            if self.is_mine(&cell, id) && self.fault != Some(Fault::KeepsClaims) {
                self.claims.remove(&cell);
            }
        }
        for (cell, firm) in moves.insert {
            self.claims.insert(cell, Claim { booking: id.to_owned(), firm, until: None });
        }
        for (cell, firm) in moves.update {
            if let Some(claim) = self.claims.get_mut(&cell).filter(|claim| claim.booking == id) {
                claim.firm = firm;
            }
        }
    }

    /// Whether somebody else holds one of the cells.
    pub(super) fn is_taken<'c>(&self, mut cells: impl Iterator<Item = &'c String>, mine: &str, now: Timestamp) -> bool {
        let live = |claim: &Claim| claim.booking != mine && claim.until.is_none_or(|until| until > now);
        self.fault != Some(Fault::IgnoresClaims) && cells.any(|cell| self.claims.get(cell).is_some_and(live))
    }

    pub(super) fn is_mine(&self, cell: &str, id: &str) -> bool {
        self.claims.get(cell).is_some_and(|claim| claim.booking == id)
    }
}
