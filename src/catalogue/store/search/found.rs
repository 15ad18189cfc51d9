//! What a search reads of what it finds.

use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use crate::catalogue::model::Reach;
use crate::domain::photo::Photo;
use crate::domain::price::PriceTerms;
use crate::domain::rating::{Rating, Reliability};
use crate::money::Currency;

/// What a search reads of a service.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields of ServiceDocument are described there")]
pub struct FoundService {
    #[serde(rename = "_id")]
    pub id: ObjectId,
    pub slug: String,
    pub provider_id: ObjectId,
    pub provider_name: String,
    pub title: String,
    pub category: String,
    pub price: PriceTerms,
    pub currency: Currency,
    pub minutes: i64,
    #[serde(rename = "buffer_before")]
    pub buffer_before_minutes: i64,
    #[serde(rename = "buffer_after")]
    pub buffer_after_minutes: i64,
    #[serde(rename = "lead_time")]
    pub lead_time_minutes: i64,
    pub instant: bool,
    pub reach: Reach,
    pub rating: Rating,
    #[serde(default)]
    pub reliability: Reliability,
    /// The region of its base.
    pub region: Option<String>,
    /// The cover.
    pub photo: Option<Photo>,
    /// From its base to the place asked for.
    pub metres: Option<f64>,
    /// The zone in which its times are shown.
    pub zone: String,
}
