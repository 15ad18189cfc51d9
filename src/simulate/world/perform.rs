//! Commands and pages, as `booking::perform` treats them.

use super::{InFlight, Stopped, World};
use crate::booking::machine::guards::Guard;
use crate::booking::machine::{Ask, Booking, Inputs, Row, decide, get_available_booking_actions};
use crate::booking::model::Command;
use crate::simulate::laws::{self, Held};
use crate::simulate::market;
use crate::simulate::step::{Act, By, Fate};
use crate::simulate::typed::typed;
use crate::time::Timestamp;

impl World {
    /// A command arrives: load, decide, write once, answer.
    pub(super) fn act(&mut self, number: u32, act: &Act, now: Timestamp) -> Held {
        let id = market::booking_id(self.number, act.booking);
        let Some(row) = self.table.rows().get(act.row) else { return Ok(()) };
        let Some(mut loaded) = self.store.load(&id, now) else { return Ok(()) };
        self.counts.commands += 1;
        let booking = loaded.booking.clone();
        self.kept(&booking)?;
        let Some(actor) = market::actor_of(&booking, act.by) else {
            self.counts.turned_away += 1;
            return Ok(());
        };
        let command_id = format!("command-{}", act.command);
        let digest = format!("{} {} {}", actor.id, row.action_name, act.pick);
        if let Some(done) = loaded.commands.iter().find(|command| command.command_id == command_id) {
            self.counts.repeated += 1;
            // The same again is answered from the booking as it is; something else under the same key is refused.
            if done.digest == digest {
                self.promise(&booking);
            }
            return Ok(());
        }
        let raw = typed(row, &booking, now, act.pick);
        // A program may leave out what a form would ask for; then the rules decide.
        let bare = act.pick.is_multiple_of(97);
        let mut inputs = match Inputs::parse(row, &raw, &booking) {
            _ if bare => Inputs::default(),
            Ok(inputs) => inputs,
            Err(_) => {
                self.counts.bad_input += 1;
                return Ok(());
            }
        };
        if act.behind > 0 {
            self.counts.stale += 1;
            return Ok(());
        }
        let seen = loaded.facts.clone();
        if let Some(starts_at) = inputs.starts_at.filter(|_| checks_new_time(row, &booking)) {
            loaded.facts.new_time_free = self.store.new_time_free(&booking, starts_at, now);
        }
        if let Some(known) = inputs.knowing_the_code(row, &booking) {
            // The code is compared only where nothing else stands in the way, and not before the try is counted.
            let ask = Ask { booking: &booking, actor: &actor, row, inputs: &known, facts: &loaded.facts, now };
            if decide(&ask).is_ok() {
                loaded.facts.code_tries_left = self.store.take_code_try(&id);
            } else {
                inputs = known;
            }
        }
        let ask = Ask { booking: &booking, actor: &actor, row, inputs: &inputs, facts: &loaded.facts, now };
        let decided = decide(&ask);
        // A listing costs as much as a decision, so one in four is compared.
        if act.pick.is_multiple_of(4) {
            laws::listed(&laws::offer(&ask, &seen), &ask, &decided)?;
        }
        let transition = match decided {
            Ok(transition) => transition,
            Err(denials) => {
                self.counts.denied += 1;
                for denial in &denials {
                    self.coverage.deny(denial.code);
                }
                return Ok(());
            }
        };
        laws::on_time(&booking, row, now)?;
        let command = Some(Command { command_id, digest, version: booking.version + 1 });
        let flight = InFlight { before: booking, row: row.action_name, transition, command, token: None };
        match act.fate {
            Fate::DiesBeforeWriting => self.counts.crashes += 1,
            Fate::Stalls => {
                self.counts.stalls += 1;
                self.stopped.insert(number, Stopped::Writing(Box::new(flight)));
            }
            Fate::DiesBeforeAnswering => {
                self.counts.crashes += 1;
                self.write(flight)?;
            }
            Fate::Fine | Fate::IsRefused => {
                if let Some(after) = self.write(flight)? {
                    self.promise(&after);
                }
            }
        }
        Ok(())
    }

    /// Somebody opens a booking's page: what is listed there as available would all execute.
    pub(super) fn look(&mut self, number: u32, by: By, now: Timestamp) -> Held {
        let Some(loaded) = self.store.load(&market::booking_id(self.number, number), now) else { return Ok(()) };
        let (booking, facts) = (&loaded.booking, &loaded.facts);
        let Some(actor) = market::actor_of(booking, by) else {
            self.counts.turned_away += 1;
            return Ok(());
        };
        self.counts.listings += 1;
        let listed = get_available_booking_actions(self.table, booking, &actor, facts, now);
        for row in self.table.rows() {
            let inputs = Inputs::example(row, booking, now);
            let ask = Ask { booking, actor: &actor, row, inputs: &inputs, facts, now };
            laws::listed(&listed, &ask, &decide(&ask))?;
        }
        Ok(())
    }
}

fn checks_new_time(row: &Row, booking: &Booking) -> bool {
    let is_possible = row.edges.iter().any(|edge| edge.from.contains(&booking.state.status));
    is_possible && row.guards.contains(&Guard::NewTimeFree)
}
