//! The end of a run: what is left is finished, and all that was promised has to be there.

use super::World;
use crate::booking::machine::history;
use crate::booking::slots;
use crate::simulate::laws::{self, Broken, Held, law};
use crate::time::Timestamp;
use crate::worker::plan;

impl World {
    /// Lets the workers finish what is left, then looks at everything once more.
    ///
    /// # Errors
    /// A law that is broken.
    pub fn finish(&mut self, from: Timestamp) -> Held {
        let mut now = from;
        self.skew_minutes = 0;
        // Leases of stopped processes have expired by then. A booking has few clocks, so this ends.
        for _ in 0..100_000 {
            let Some(at) = self.store.wakes_at() else { break };
            now = now.max(at).plus_minutes(5);
            self.work(u32::MAX, None, now)?;
        }
        let mut claimed = 0;
        for stored in self.store.all() {
            let booking = &stored.booking;
            let verified = history::verify(booking);
            law(verified.is_ok(), "the state is the fold of its history", booking, || format!("{verified:?}"))?;
            laws::claimed(&self.store, booking)?;
            claimed += slots::claims(booking).len();
            let waits = stored.outbox.first();
            law(waits.is_none(), "every entry of the outbox is done", booking, || format!("{waits:?}"))?;
            let missed = plan::reminders_ahead(booking, &stored.work.reminded).next();
            law(missed.is_none(), "every reminder is sent", booking, || format!("{missed:?}"))?;
            law(stored.next_due.is_none(), "every clock strikes", booking, || format!("{:?}", stored.next_due))?;
            self.kept(booking)?;
        }
        let whole = |holds: bool, law: &'static str, what: String| {
            if holds { Ok(()) } else { Err(Broken { law, booking: String::new(), what }) }
        };
        let spare = self.store.claims().iter().find(|(_, claim)| {
            let holder = self.store.stored(&claim.booking);
            holder.is_none_or(|stored| slots::claims(&stored.booking).is_empty())
        });
        let none_spare = claimed == self.store.claims().len();
        whole(none_spare, "no cell is claimed that nobody holds", format!("for instance {spare:?}"))?;
        let lost = self.owed.iter().find(|key| !self.outside.contains_key(*key));
        whole(lost.is_none(), "every entry of the outbox is done", format!("{lost:?}"))
    }
}
