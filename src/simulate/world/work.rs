//! A worker, as `worker::step` is one: the same points, the same plan, the same leases.

use super::{InFlight, Stopped, World};
use crate::booking::machine::{Actor, Ask, Booking, Facts, Inputs, decide, next_due};
use crate::booking::model::{QueuedEntry, Work};
use crate::booking::store::work::ALARM_AFTER;
use crate::simulate::laws::{self, Broken, Held, law};
use crate::simulate::step::{Fate, Point};
use crate::simulate::store::Lease;
use crate::time::Timestamp;
use crate::worker::plan;

/// The most bookings that a worker looks at in one step.
const MOST: usize = 50;

/// What a worker writes when it has done what was due.
#[derive(Clone, Debug)]
pub(super) struct Left {
    version: i64,
    outbox: Vec<QueuedEntry>,
    work: Work,
    wake_at: Option<Timestamp>,
}

/// Whether the worker goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goes {
    On,
    Away,
}

impl World {
    /// A worker does what is due, until nothing is, or until it breaks off in the first booking it leased.
    pub(super) fn work(&mut self, number: u32, breaks: Option<(Point, Fate)>, now: Timestamp) -> Held {
        for _ in 0..MOST {
            let Some(lease) = self.store.lease(now) else { break };
            if self.work_on(number, &lease, breaks, now)? == Goes::Away {
                match breaks {
                    Some((_, Fate::Stalls)) => self.counts.stalls += 1,
                    _ => self.counts.crashes += 1,
                }
                break;
            }
        }
        Ok(())
    }

    fn work_on(
        &mut self,
        number: u32,
        lease: &Lease,
        breaks: Option<(Point, Fate)>,
        now: Timestamp,
    ) -> Result<Goes, Broken> {
        let ends = |point: Point| match breaks {
            Some((at, Fate::Stalls | Fate::DiesBeforeWriting | Fate::DiesBeforeAnswering)) if at == point => Goes::Away,
            _ => Goes::On,
        };
        let stalls = matches!(breaks, Some((_, Fate::Stalls)));
        if ends(Point::Leased) == Goes::Away {
            return Ok(Goes::Away);
        }
        let (mut booking, mut outbox) = (lease.booking.clone(), lease.outbox.clone());
        let mut work = lease.work.clone();
        if let Some(flight) = self.strike(lease, now)? {
            let effects = flight.transition.outbox.clone();
            if ends(Point::Decided) == Goes::Away {
                if stalls {
                    self.stopped.insert(number, Stopped::Writing(Box::new(flight)));
                }
                return Ok(Goes::Away);
            }
            let Some(after) = self.write(flight)? else { return Ok(Goes::On) };
            booking = after;
            outbox.extend(effects.into_iter().map(QueuedEntry::from));
            if ends(Point::Applied) == Goes::Away {
                return Ok(Goes::Away);
            }
        }
        let due: Vec<_> =
            plan::reminders_ahead(&booking, &work.reminded).filter(|reminder| reminder.at <= now).collect();
        for reminder in due {
            let entries = plan::entries(&booking, &reminder);
            self.counts.reminders += 1;
            self.planned.extend(entries.iter().map(|entry| entry.key.clone()));
            outbox.extend(entries.into_iter().map(QueuedEntry::from));
            work.reminded.push(plan::mark(&reminder));
        }
        let mut left = Vec::new();
        for queued in outbox {
            if !queued.is_due(now) {
                left.push(queued);
            } else if matches!(breaks, Some((_, Fate::IsRefused))) && queued.tries < ALARM_AFTER {
                left.push(queued.failed("Nobody is there.".into(), now, number));
            } else {
                self.deliver(&booking, &queued)?;
            }
            if ends(Point::Delivered) == Goes::Away {
                return Ok(Goes::Away);
            }
        }
        let wake_at = plan::wake_at(self.table, &booking, &work.reminded, &left);
        let work = Work { failures: 0, error: None, lease: lease.token, reminded: work.reminded };
        let left = Left { version: booking.version, outbox: left, work, wake_at };
        if ends(Point::Settling) == Goes::Away {
            if stalls {
                self.stopped.insert(number, Stopped::Settling(Box::new((lease.clone(), left))));
            }
            return Ok(Goes::Away);
        }
        self.settle(lease, left);
        Ok(Goes::On)
    }

    pub(super) fn settle(&mut self, lease: &Lease, left: Left) {
        let Left { version, outbox, work, wake_at } = left;
        let settled = self.store.settle(lease, version, outbox, work, wake_at);
        self.counts.lost_leases += u64::from(!settled);
    }

    /// What the clock does with a leased booking, decided and not written.
    fn strike(&mut self, lease: &Lease, now: Timestamp) -> Result<Option<InFlight>, Broken> {
        let booking = lease.booking.clone();
        let row = next_due(self.table, &booking).filter(|(_, at)| *at <= now);
        let Some(row) = row.and_then(|(action, _)| self.table.row(action)) else { return Ok(None) };
        let (actor, inputs, facts) = (Actor::system(), Inputs::default(), Facts::good());
        let ask = Ask { booking: &booking, actor: &actor, row, inputs: &inputs, facts: &facts, now };
        let decided = decide(&ask);
        laws::listed(&laws::offer(&ask, &facts), &ask, &decided)?;
        laws::on_time(&booking, row, now)?;
        let transition = decided.map_err(|denials| Broken {
            law: "what is due executes",
            booking: booking.id.clone(),
            what: format!("{}: {denials:?}", row.action_name),
        })?;
        let (row, token) = (row.action_name, Some(lease.token));
        Ok(Some(InFlight { before: booking, row, transition, command: None, token }))
    }

    /// One entry is done outside, where its key is known if it was done before.
    fn deliver(&mut self, booking: &Booking, queued: &QueuedEntry) -> Held {
        let entry = &queued.entry;
        let owed = self.owed.contains(&entry.key) || self.planned.contains(&entry.key);
        law(owed, "nothing is done outside that no action asked for", booking, || format!("{entry:?}"))?;
        if plan::is_outlived(booking, entry) {
            return Ok(());
        }
        let times = self.outside.entry(entry.key.clone()).or_default();
        *times += 1;
        self.counts.effects += u64::from(*times == 1);
        self.counts.effects_again += u64::from(*times > 1);
        Ok(())
    }
}
