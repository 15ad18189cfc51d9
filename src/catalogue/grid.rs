//! Squares on the map, so that what lies around a place is a few values of an index in any order. Pure.

use super::model::Reach;
use crate::domain::place::Point;

/// How many squares there are along a degree: each is 37 km high, and 24 to 37 km wide where people live here.
const PER_DEGREE: i64 = 3;
/// How many squares there are around the world.
const COLUMNS: i64 = 360 * PER_DEGREE;
/// The square of what is offered everywhere. It comes after all others in an index.
pub const EVERYWHERE: i64 = 1_000_000;
const _: () = assert!(EVERYWHERE > 180 * PER_DEGREE * COLUMNS, "it is no square on the map");
/// A degree along a meridian on MongoDB's sphere is 111.32 km; a little less finds a little too much.
const KM_PER_DEGREE: f64 = 111.0;

/// The square in which a service is looked for.
pub fn cell(base: Point, reach: &Reach) -> i64 {
    match reach {
        Reach::Remote => EVERYWHERE,
        Reach::Radius { .. } | Reach::Regions { .. } => {
            let degrees = |e6: i32| f64::from(e6) / 1e6;
            number(row(degrees(base.lat_e6)), column(degrees(base.lng_e6)))
        }
    }
}

/// Every square that a circle touches, and perhaps a few more.
pub fn around(middle: Point, radius_km: u32) -> Vec<i64> {
    let radius = (f64::from(radius_km) / KM_PER_DEGREE).to_radians();
    let [lat, lng] = [middle.lat_e6, middle.lng_e6].map(|e6| (f64::from(e6) / 1e6).to_radians());
    // Where the circle is widest, seen from the poles.
    let widest = (lat.sin() / radius.cos()).clamp(-1.0, 1.0).asin();
    let rows = row((lat - radius).to_degrees())..=row((lat + radius).to_degrees());
    let cells = rows.flat_map(|row| {
        let edge = |row: i64| (row as f64 / PER_DEGREE as f64 - 90.0).to_radians();
        let at = widest.clamp(edge(row), edge(row + 1));
        let cosine = (radius.cos() - lat.sin() * at.sin()) / (lat.cos() * at.cos());
        let half = cosine.clamp(-1.0, 1.0).acos();
        let columns = column((lng - half).to_degrees())..=column((lng + half).to_degrees());
        columns.map(move |column| number(row, column))
    });
    cells.collect()
}

#[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
fn row(lat_degrees: f64) -> i64 {
    ((lat_degrees + 90.0) * PER_DEGREE as f64).floor() as i64
}

#[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
fn column(lng_degrees: f64) -> i64 {
    ((lng_degrees + 180.0) * PER_DEGREE as f64).floor() as i64
}

/// Beyond the date line lie the squares of its other side.
fn number(row: i64, column: i64) -> i64 {
    row * COLUMNS + column.rem_euclid(COLUMNS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::place::Area;

    #[test]
    fn a_circle_across_the_date_line_has_squares_on_both_sides() {
        let middle = Point { lat_e6: -17_000_000, lng_e6: 179_900_000 };
        let there = Point { lat_e6: -17_000_000, lng_e6: -179_800_000 };
        let square = |point| cell(point, &Reach::Radius { km: 1 });
        let found = around(middle, 50);
        assert!(found.contains(&square(middle)) && found.contains(&square(there)), "{found:?}");
    }

    #[test]
    fn the_widest_circle_has_fewer_squares_than_mongodb_merges_in_order() {
        for lat_e6 in [-12_000_000, -34_000_000, -41_000_000, -47_000_000] {
            let squares = around(Point { lat_e6, lng_e6: 170_000_000 }, 200).len();
            assert!(squares < 200, "{lat_e6}: {squares}");
        }
    }

    proptest! {
        #[test]
        fn whatever_lies_in_the_circle_lies_in_one_of_its_squares(
            lat_e6 in -48_000_000..-9_000_000_i32, lng_e6 in 112_000_000..180_000_000_i32,
            north_e6 in -2_000_000..2_000_000_i32, east_e6 in -3_000_000..3_000_000_i32, radius_km in 1..=200_u32,
        ) {
            let middle = Point { lat_e6, lng_e6 };
            let lng = (i64::from(lng_e6) + i64::from(east_e6) + 180_000_000).rem_euclid(360_000_000) - 180_000_000;
            let base = Point { lat_e6: lat_e6 + north_e6, lng_e6: i32::try_from(lng).unwrap() };
            if (Area { center: middle, radius_km }).contains(base) {
                let cell = cell(base, &Reach::Radius { km: 1 });
                prop_assert!(around(middle, radius_km).contains(&cell));
            }
        }
    }
}
