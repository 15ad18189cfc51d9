//! The service and the place as they were when the booking was made.

use serde::{Deserialize, Serialize};

use crate::domain::place::{Area, Place};
use crate::domain::price::PriceTerms;

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
    #[serde(rename = "buffer_before")]
    pub buffer_before_minutes: i64,
    /// Minutes kept free after it.
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
