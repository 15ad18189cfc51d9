//! Where work is done: points, places, and the area a service covers.

use serde::{Deserialize, Serialize};

/// A point on the globe, in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Latitude, south negative.
    pub lat_e6: i32,
    /// Longitude, west negative.
    pub lng_e6: i32,
}

/// A circle in which a provider works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its centre.
    pub center: Point,
    /// Its radius.
    pub radius_km: u32,
}

impl Area {
    /// Whether the point lies inside, by great-circle distance on a sphere of 6371 km (the mean radius, IUGG).
    pub fn contains(&self, point: Point) -> bool {
        let radians = |e6: i32| f64::from(e6).to_radians() / 1e6;
        let (lat_a, lat_b) = (radians(self.center.lat_e6), radians(point.lat_e6));
        let (d_lat, d_lng) = (lat_b - lat_a, radians(point.lng_e6) - radians(self.center.lng_e6));
        let h = (d_lat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (d_lng / 2.0).sin().powi(2);
        2.0 * 6371.0 * h.sqrt().min(1.0).asin() <= f64::from(self.radius_km)
    }
}

/// Where the work is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// As people write it: `12 Cuba Street, Te Aro, Wellington`.
    pub label: String,
    /// On the map.
    pub point: Point,
    /// The code of its region in the gazetteer, such as `NZ-WGN`; empty if nobody said.
    #[serde(default)]
    pub region: String,
}
