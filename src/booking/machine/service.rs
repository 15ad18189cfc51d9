//! The service and the place as they were when the booking was made.

use serde::{Deserialize, Serialize};

/// How a service is priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PriceTerms {
    /// One price for the job, in cents.
    Fixed {
        /// Cents.
        amount: i64,
    },
    /// A rate, agreed as an estimate of hours x rate.
    Hourly {
        /// Cents an hour.
        rate: i64,
    },
    /// The provider names a price after reading the request.
    OnQuote,
}

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

/// A photo of a service or of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Its id in the store of files.
    pub id: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// The width of its largest size, in pixels.
    #[serde(default)]
    pub width: u32,
    /// The height of its largest size, in pixels.
    #[serde(default)]
    pub height: u32,
}

/// The service as it was when the booking was made: later edits of it change nothing here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The service's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its price.
    pub price: PriceTerms,
    /// Minutes kept free before the booking.
    pub buffer_before: i64,
    /// Minutes kept free after it.
    pub buffer_after: i64,
    /// Least minutes between sending a request and its start.
    pub lead_time: i64,
    /// Minutes before the start from which the customer can no longer propose another time.
    pub notice: i64,
    /// Whether it can be booked without asking.
    pub instant: bool,
    /// Whether an open request already holds the provider's time.
    pub holds_requests: bool,
    /// Hours the provider gives themselves to answer (2 to 72).
    pub answer_hours: i64,
    /// Where it is offered; everywhere when there is neither this nor a region.
    pub area: Option<Area>,
    /// The codes of the regions in which it is offered, instead of a circle.
    #[serde(default)]
    pub regions: Vec<String>,
}

impl Service {
    /// Whether it is offered at that place.
    pub fn covers(&self, place: &Place) -> bool {
        let inside = self.area.is_none_or(|area| area.contains(place.point));
        inside && (self.regions.is_empty() || self.regions.contains(&place.region))
    }
}
