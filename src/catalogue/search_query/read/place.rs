//! The place of a search: a town by its name or its number, or a position.

use crate::catalogue::search_query::address;
use crate::catalogue::search_query::query::{Spot, Where};
use crate::domain::place::{Area, Point};
use crate::domain::places::{self, Locality};
use crate::ui::form::Form;

/// A town is meant although others have its name if it has that many times their people.
const DOMINANT: u32 = 20;
/// How many towns are offered when it is not clear which one is meant.
const OFFERED: usize = 8;
/// Further than this from every town, in kilometres, nobody offers anything.
const MAX_DISTANCE_KM: u32 = 500;

/// The place that was chosen, typed, or sent by the browser.
pub(super) fn place(form: &mut Form) -> Where {
    // What is chosen of the towns on offer counts more than what was typed before.
    let chosen = form.get("town").to_owned();
    if !chosen.is_empty() {
        form.set("place", chosen).set("town", "");
    }
    let typed = form.get("place").to_owned();
    if typed.is_empty() {
        return near(form);
    }
    // Somebody who names a place means that, wherever they are.
    form.set("near", "");
    let place = match town(&typed) {
        Ok(spot) => Where::At(spot),
        Err(choices) if choices.is_empty() => Where::Unknown,
        Err(choices) => Where::OneOf(choices),
    };
    match &place {
        Where::At(spot) => _ = form.set("place", spot.town.label()),
        Where::OneOf(_) => {
            form.problem("place", "which_place", "Several places are called so. Choose the one you mean.");
        }
        _ => form.problem("place", "unknown_place", "We do not know that place. Check the spelling, or choose a town."),
    }
    place
}

/// The town that was typed or chosen by its number; otherwise those that it could be.
fn town(typed: &str) -> Result<Spot, Vec<&'static Locality>> {
    let spot = |town: &'static Locality, others| Ok(Spot { town, point: town.point, near: false, others });
    if let Some(town) = typed.parse().ok().and_then(places::find) {
        return spot(town, Vec::new());
    }
    if let Some(town) = places::resolve(typed) {
        return spot(town, Vec::new());
    }
    let mut found = places::suggest(typed, 50);
    let name = places::plain(typed.split(',').next().unwrap_or_default());
    let exact: Vec<_> = found.iter().copied().filter(|town| places::plain(town.name) == name).collect();
    if !exact.is_empty() {
        found = exact;
    }
    match found.as_slice() {
        [only] => spot(only, Vec::new()),
        [first, second, ..] if first.people / DOMINANT > second.people && first.name == second.name => {
            spot(first, found.iter().skip(1).copied().take(3).collect())
        }
        _ => Err(found.into_iter().take(OFFERED).collect()),
    }
}

fn near(form: &mut Form) -> Where {
    let typed = form.get("near").to_owned();
    if typed.is_empty() {
        return Where::Anywhere;
    }
    let place = position(&typed);
    match &place {
        Some(spot) => _ = form.set("near", address::coordinates(spot.point)),
        None => {
            form.set("near", "");
            let message = "This position is not in New Zealand or Australia. Type a town or suburb instead.";
            form.problem("place", "bad_position", message);
        }
    }
    place.map_or(Where::Anywhere, Where::At)
}

fn position(typed: &str) -> Option<Spot> {
    let (lat, lng) = typed.split_once(',')?;
    let (lat, lng): (f64, f64) = (lat.trim().parse().ok()?, lng.trim().parse().ok()?);
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lng) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "latitude and longitude are bounded above")]
    let point = Point { lat_e6: (lat * 1e6).round() as i32, lng_e6: (lng * 1e6).round() as i32 };
    let (town, _) =
        places::all().iter().map(|town| (town, closeness(town.point, point))).min_by_key(|(_, far)| *far)?;
    let reachable = Area { center: town.point, radius_km: MAX_DISTANCE_KM }.contains(point);
    reachable.then_some(Spot { town, point, near: true, others: Vec::new() })
}

/// Grows with the distance; exact enough to find which town is closest, and right across the date line.
fn closeness(a: Point, b: Point) -> i64 {
    let lat = i64::from(a.lat_e6) - i64::from(b.lat_e6);
    let lng = (i64::from(a.lng_e6) - i64::from(b.lng_e6)).rem_euclid(360_000_000);
    let lng = lng.min(360_000_000 - lng);
    // A degree of longitude is about four fifths of one of latitude here.
    let lng = lng * 4 / 5;
    (lat / 10).pow(2) + (lng / 10).pow(2)
}
