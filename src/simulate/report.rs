//! What a simulation came to, in words and figures.

use std::fmt::Write;
use std::time::Duration;

use super::step::{By, Step, What};
use super::{ENOUGH, Failure, Outcome, Plan};
use crate::booking::machine::Table;

/// The report of a simulation that took `wall` of real time.
pub fn text(plan: &Plan, outcome: &Outcome, wall: Duration) -> String {
    let counts = &outcome.counts;
    let seconds = wall.as_secs_f64().max(0.001);
    #[expect(clippy::cast_precision_loss, reason = "these are shown rounded")]
    let (minutes, commands) = (counts.minutes as f64, (counts.commands + counts.by_clock) as f64);
    let mut out = String::new();
    let reached = |counts: &mut dyn Iterator<Item = &u64>| {
        let (all, none) = counts.fold((0, 0), |(all, none), count| (all + 1, none + u32::from(*count == 0)));
        format!("{} of {all}", all - none)
    };
    _ = writeln!(out, "seed {}, {} bookings", plan.seed, counts.bookings);
    _ = writeln!(
        out,
        "time      {:.1} years in {seconds:.1} s: {:.0} times as fast",
        minutes / 60.0 / 24.0 / 365.25,
        minutes * 60.0 / seconds
    );
    _ = writeln!(
        out,
        "commands  {} and {} by the clock, {:.0} a second: {} done, {} denied, {} stale, {} repeated, {} lost their time, {} bad input, {} turned away",
        counts.commands,
        counts.by_clock,
        commands / seconds,
        counts.done,
        counts.denied,
        counts.stale,
        counts.repeated,
        counts.lost_slots,
        counts.bad_input,
        counts.turned_away
    );
    _ = writeln!(
        out,
        "faults    {} crashes, {} stalls, {} lost leases, {} jumps of the clock",
        counts.crashes, counts.stalls, counts.lost_leases, counts.jumps
    );
    _ = writeln!(
        out,
        "effects   {} done, {} asked for again, {} reminders; {} listings looked through",
        counts.effects, counts.effects_again, counts.reminders, counts.listings
    );
    _ = writeln!(
        out,
        "coverage  {} cells (status, action, actor), {} denial codes",
        reached(&mut outcome.coverage.cells.values()),
        reached(&mut outcome.coverage.codes.values())
    );
    if counts.bookings < ENOUGH {
        _ = writeln!(out, "          (of fewer than {ENOUGH} bookings nothing is expected)");
    }
    for name in outcome.missing() {
        _ = writeln!(out, "NOT REACHED  {name}");
    }
    match &outcome.failure {
        None => _ = writeln!(out, "laws      all held"),
        Some(failure) => out.push_str(&broken(plan, failure)),
    }
    out
}

fn broken(plan: &Plan, failure: &Failure) -> String {
    let Failure { world, broken, steps, script } = failure;
    let mut out = String::new();
    _ = writeln!(out, "BROKEN    {}", broken.law);
    _ = writeln!(out, "          booking {} in world {world}: {}", broken.booking, broken.what);
    _ = writeln!(out, "          again: gigsta simulate --seed {} --bookings {}", plan.seed, plan.bookings);
    _ = writeln!(out, "          the shortest history found, {} of {steps} steps:", script.len());
    for step in script {
        _ = writeln!(out, "          {}", line(plan.table, step));
    }
    out
}

fn line(table: Table, step: &Step) -> String {
    let what = match step.what {
        What::Draft { booking, .. } => format!("booking {booking} is drafted"),
        What::Act(act) => {
            let by = match act.by {
                By::Role(role) => role.name(),
                By::AdminWithInterest => "admin who is the provider",
                By::Stranger => "stranger",
            };
            let action = table.rows().get(act.row).map_or("?", |row| row.action_name);
            let key = if act.command == step.number { String::new() } else { format!(", key of {}", act.command) };
            let behind = if act.behind > 0 { format!(", {} behind", act.behind) } else { String::new() };
            format!("booking {}: {by} {action}{key}{behind}, {:?}", act.booking, act.fate)
        }
        What::Look { booking, .. } => format!("booking {booking} is looked at"),
        What::Resume { number } => format!("what stopped in {number} goes on"),
        What::Work { breaks: None } => "a worker works".into(),
        What::Work { breaks: Some((point, fate)) } => format!("a worker works, {point:?}: {fate:?}"),
        What::Skew { minutes } => format!("the clock shows {minutes} minutes less"),
    };
    format!("{:>5}  {}  {what}", step.number, step.at.rfc3339())
}
