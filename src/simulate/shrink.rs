//! From a run that broke a law to the shortest one found that still does.

use super::laws::Broken;
use super::step::{Step, What};
use super::world::World;
use crate::time::Timestamp;

/// So many steps are played at most in search of a shorter script.
const PATIENCE: usize = 3_000_000;

/// Plays a script in a world of its own, and says which law it breaks.
pub fn replay(fresh: &dyn Fn() -> World, script: &[Step]) -> Option<Broken> {
    let mut world = fresh();
    let broken = script.iter().find_map(|step| world.play(step).err());
    broken.or_else(|| world.finish(script.last().map_or(Timestamp(0), |step| step.at)).err())
}

/// Takes out of a script whatever is not needed to break the same law: first all but one booking's steps, then halves,
/// quarters and so on down to single steps, until nothing more can go or it has taken long enough.
pub fn shrink(fresh: &dyn Fn() -> World, script: Vec<Step>, broken: &Broken) -> (Vec<Step>, Broken) {
    let mut best = (script, broken.clone());
    let mut left = PATIENCE;
    let mut attempt = |script: Vec<Step>, best: &mut (Vec<Step>, Broken)| {
        if left == 0 {
            return false;
        }
        left = left.saturating_sub(script.len().max(1));
        let found = replay(fresh, &script).filter(|found| found.law == broken.law);
        found.is_some_and(|found| {
            *best = (script, found);
            true
        })
    };
    if let Some(number) = number_of(&broken.booking) {
        let own = best.0.iter().filter(|step| booking_of(step).is_none_or(|booking| booking == number));
        let own = own.copied().collect();
        attempt(own, &mut best);
    }
    let mut size = best.0.len().div_ceil(2);
    while size > 0 {
        let (mut at, mut shorter) = (0, false);
        while at < best.0.len() {
            let end = (at + size).min(best.0.len());
            let rest: Vec<Step> = best.0[..at].iter().chain(&best.0[end..]).copied().collect();
            if attempt(rest, &mut best) {
                shorter = true;
            } else {
                at += size;
            }
        }
        // One more round of single steps for as long as it helps.
        size = if size == 1 && shorter { 1 } else { size / 2 };
    }
    best
}

fn booking_of(step: &Step) -> Option<u32> {
    match step.what {
        What::Draft { booking, .. } | What::Look { booking, .. } => Some(booking),
        What::Act(act) => Some(act.booking),
        What::Resume { .. } | What::Work { .. } | What::Skew { .. } => None,
    }
}

/// The number of a booking in its world, which its id ends with.
fn number_of(id: &str) -> Option<u32> {
    u32::from_str_radix(id.get(16..)?, 16).ok()
}
