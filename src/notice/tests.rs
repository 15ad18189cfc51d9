//! Every notice, from every situation that the machine knows.

mod quiet;
mod text;
mod truth;

use crate::booking::machine::clocks::reminders;
use crate::booking::machine::outbox::{Addressee, OutboxEntry, OutboxKind, OutboxStatus};
use crate::booking::machine::tests::support::{World, every_situation};
use crate::booking::machine::{Role, TABLE, next_due};
use crate::notice::truth as truths;

/// A notice, and the world it was made in.
struct News {
    world: World,
    entry: OutboxEntry,
}

impl News {
    /// What its readers are to the booking.
    fn readers(&self) -> Vec<Role> {
        match &self.entry.to {
            Some(Addressee::Admins) => vec![Role::Admin],
            Some(_) => truths::reader(&self.world.booking, &self.entry).into_iter().collect(),
            None => vec![Role::Customer, Role::Provider],
        }
    }
}

fn is_notified(entry: &OutboxEntry) -> bool {
    matches!(entry.kind, OutboxKind::Notice | OutboxKind::Reminder | OutboxKind::InviteReviews)
}

/// Whatever anybody, the clock included, can do in any situation, and the notices that follow.
fn everything_that_happens() -> Vec<News> {
    let mut news = Vec::new();
    for (_, world) in every_situation() {
        let start = world.start();
        let instants = [-26 * 60, -150, -30, 20, 74 * 60].map(|minutes| start.plus_minutes(minutes));
        // The clocks strike at their own instants.
        let due = next_due(TABLE, &world.booking).map(|(_, at)| at);
        let later = instants.into_iter().chain(due).filter(|at| *at > world.now);
        for now in std::iter::once(world.now).chain(later) {
            let world = world.clone().at(now);
            for (role, row) in Role::ALL.into_iter().flat_map(|role| TABLE.rows().iter().map(move |row| (role, row))) {
                if let Ok(done) = world.try_act(role, row.action_name) {
                    let entries = done.outbox.clone();
                    let after = World { booking: done.applied_to(&world.booking), ..world.clone() };
                    let notified = entries.into_iter().filter(is_notified);
                    news.extend(notified.map(|entry| News { world: after.clone(), entry }));
                }
            }
        }
        let remind = |reminder: &crate::booking::machine::clocks::Reminder| {
            let booking = &world.booking;
            let to = |role: &Role| booking.party(*role).map_or(Addressee::Admins, |party| party.id.as_str().into());
            let entry = |role: &Role| OutboxEntry {
                key: format!("{}:reminder:{}", booking.id, reminder.kind.name()),
                kind: OutboxKind::Reminder,
                to: Some(to(role)),
                action_name: reminder.kind.name().into(),
                at: reminder.at,
                status: OutboxStatus::Pending,
            };
            let world = world.clone().at(reminder.at);
            reminder.to.iter().map(|role| News { world: world.clone(), entry: entry(role) }).collect::<Vec<_>>()
        };
        news.extend(reminders(&world.booking).iter().flat_map(remind));
    }
    news
}
