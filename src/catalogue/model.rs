//! What MongoDB stores about services.

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

use crate::booking::machine::aggregate::Service;
use crate::domain::place::{Area, Place, Point};
use crate::domain::price::PriceTerms;
use crate::domain::rating::{Rating, Reliability};
use crate::money::Currency;
use crate::time::Timestamp;

pub use crate::domain::photo::Photo;

/// The collection of services.
pub const SERVICES: &str = "services";

/// How far a service is along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ServiceStatus {
    /// Being written; only its provider sees it.
    Draft,
    /// Offered.
    Active,
    /// No longer offered; its bookings go on.
    Archived,
}

impl ServiceStatus {
    /// Its name in the database.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// Where a service is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reach {
    /// Within a distance of its base.
    Radius {
        /// Kilometres.
        km: u32,
    },
    /// In whole regions.
    Regions {
        /// Their codes in the gazetteer, such as `NZ-WGN`.
        codes: Vec<String>,
    },
    /// Everywhere, because nobody has to come.
    Remote,
}

/// A point as MongoDB's 2dsphere index wants it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GeoPoint {
    /// Always `Point`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Longitude, then latitude, in degrees.
    pub coordinates: [f64; 2],
}

impl From<Point> for GeoPoint {
    fn from(point: Point) -> Self {
        let degrees = |e6: i32| f64::from(e6) / 1e6;
        Self { kind: "Point".into(), coordinates: [degrees(point.lng_e6), degrees(point.lat_e6)] }
    }
}

/// A service as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceDocument {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: ObjectId,
    /// Its address below `/services/`, unique, never changed once it was active.
    pub slug: String,
    /// Whose it is: the id of the account and of the provider.
    pub provider_id: ObjectId,
    /// The provider's trading name, copied so that a search needs no join.
    pub provider_name: String,
    /// What people search for.
    pub title: String,
    /// What it is, in plain text.
    pub description: String,
    /// The slug of a second-level category.
    pub category: String,
    /// Its price.
    pub price: PriceTerms,
    /// What the price is in.
    pub currency: Currency,
    /// The fixed price or the hourly rate in cents, to sort and filter by; nothing on quote.
    pub price_cents: Option<i64>,
    /// How long it is booked for, in minutes.
    pub minutes: i64,
    /// Minutes kept free before.
    #[serde(rename = "buffer_before")]
    pub buffer_before_minutes: i64,
    /// Minutes kept free after.
    #[serde(rename = "buffer_after")]
    pub buffer_after_minutes: i64,
    /// Least minutes between sending a request and its start.
    #[serde(rename = "lead_time")]
    pub lead_time_minutes: i64,
    /// Minutes before the start from which the customer can no longer propose another time.
    #[serde(rename = "notice")]
    pub notice_minutes: i64,
    /// Whether it can be booked without asking.
    pub instant: bool,
    /// Whether an open request already holds the provider's time.
    pub holds_requests: bool,
    /// Whether the provider asks the customer for a code when the work starts.
    #[serde(default)]
    pub start_code: bool,
    /// Hours the provider gives themselves to answer (2 to 72).
    pub answer_hours: i64,
    /// Where it is offered.
    pub reach: Reach,
    /// Where the provider sets out from.
    pub base: Place,
    /// The same, for the index.
    pub location: GeoPoint,
    /// The provider's IANA zone.
    pub zone: String,
    /// In order; the first is the cover.
    pub photos: Vec<Photo>,
    /// How far it is along.
    pub status: ServiceStatus,
    /// Whether it can be found and asked for: active, and its provider approved and taking requests.
    pub listed: bool,
    /// Its provider's stars.
    pub rating: Rating,
    /// How its provider keeps what was agreed.
    #[serde(default)]
    pub reliability: Reliability,
    /// Grows by one with each change.
    pub version: i64,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl ServiceDocument {
    /// What a booking keeps of it, so that later edits change nothing there.
    pub fn snapshot(&self) -> Service {
        let (area, regions) = match &self.reach {
            Reach::Radius { km } => (Some(Area { center: self.base.point, radius_km: *km }), Vec::new()),
            Reach::Regions { codes } => (None, codes.clone()),
            Reach::Remote => (None, Vec::new()),
        };
        Service {
            id: self.id.to_hex(),
            title: self.title.clone(),
            price: self.price,
            buffer_before_minutes: self.buffer_before_minutes,
            buffer_after_minutes: self.buffer_after_minutes,
            lead_time_minutes: self.lead_time_minutes,
            notice_minutes: self.notice_minutes,
            instant: self.instant,
            holds_requests: self.holds_requests,
            answer_hours: self.answer_hours,
            area,
            regions,
        }
    }
}
