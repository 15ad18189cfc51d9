//! What people type: mostly sense, now and then not. New fields are filled in as the machine's own example does.

use std::collections::BTreeMap;

use super::random::Random;
use crate::booking::machine::inputs::{Field, Input, Kind};
use crate::booking::machine::{Booking, Inputs, Row};
use crate::money::Money;
use crate::time::Timestamp;

/// Raw inputs for a row, by field name.
pub fn typed(row: &Row, booking: &Booking, now: Timestamp, pick: u64) -> BTreeMap<String, String> {
    let mut random = Random::new(pick);
    let example = Inputs::example(row, booking, now);
    let mut raw = BTreeMap::new();
    for Input { field, required } in row.inputs.iter().copied() {
        let left_out = random.one_in(if required { 80 } else { 2 });
        let text = match field.kind() {
            Kind::Money => amount(field, booking, &mut random),
            Kind::Time => start(booking, now, &mut random),
            Kind::Stars => random.between(1, 6).to_string(),
            Kind::Text => format!("Because it rains {}", random.below(100)),
            Kind::Choice if random.one_in(4) => random.pick(field.choices()).map_or("", |(value, _)| value).into(),
            // Whatever else there will be: as in the example, sometimes wrong, and nothing where it has nothing.
            #[allow(unreachable_patterns, reason = "there may be more kinds one day")]
            _ => match example.text(field) {
                None => continue,
                // Some were given a wrong one and believe it.
                Some(text) if text.ends_with(['1', '3', '5', '7', '9']) || random.one_in(8) => "0000".into(),
                Some(text) => text.into(),
            },
        };
        if !left_out {
            raw.insert(field.name().into(), text);
        }
    }
    raw
}

fn amount(field: Field, booking: &Booking, random: &mut Random) -> String {
    let agreed = booking.state.price.map_or(10_000, |price| price.amount);
    let cents = match random.below(8) {
        _ if field == Field::Amount => random.between(1, 60_000),
        0 => agreed + 1,
        1 => agreed,
        2 => 0,
        _ => random.between(0, agreed + 1),
    };
    Money::new(cents, booking.currency).plain()
}

fn start(booking: &Booking, now: Timestamp, random: &mut Random) -> String {
    const QUARTER_MILLIS: i64 = 15 * 60_000;
    let near = booking.state.starts_at;
    let at = match random.below(10) {
        0 => near,
        1 => now.plus_minutes(random.between(-300, 120)),
        2 => now.plus_hours(24 * 400),
        // Close by, where neighbours are.
        3..=5 => near.plus_minutes(15 * random.between(-24, 24)),
        _ => now.plus_minutes(15 * random.between(12, 4 * 24 * 6)),
    };
    Timestamp(at.0.div_euclid(QUARTER_MILLIS) * QUARTER_MILLIS).rfc3339()
}
