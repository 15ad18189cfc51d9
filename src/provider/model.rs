//! What MongoDB stores about providers.

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

use super::event::ProviderEvent;
use super::feed::Feeds;
use super::free::Calendar;
use super::onboarding::{MAX_EVENTS, Standing};
use super::week::{Busy, DayException, Week};
use crate::domain::business_number;
use crate::domain::country::Country;
use crate::domain::place::Place;
use crate::domain::rating::{Rating, Reliability};
use crate::domain::standing::ProviderStatus;
use crate::time::Timestamp;

/// The collection of providers.
pub const PROVIDERS: &str = "providers";

/// A provider as it is stored. Its id is the account's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provider {
    /// The account's id.
    #[serde(rename = "_id")]
    pub id: ObjectId,
    /// The name of the business.
    pub trading_name: String,
    /// What they say about themselves, in plain text.
    pub about: String,
    /// The business's phone, with country code.
    pub phone: String,
    /// NZBN or ABN, digits only.
    pub business_number: String,
    /// The business address.
    pub base: Option<Place>,
    /// The IANA zone of their week.
    pub zone: String,
    /// How they are paid; `direct` until payments arrive.
    pub payout: Option<String>,
    /// Where they stand.
    pub status: ProviderStatus,
    /// Whether they themselves take requests at the moment.
    pub active: bool,
    /// Their ordinary week.
    pub week: Week,
    /// The days that are not like the others, in order.
    pub exceptions: Vec<DayException>,
    /// What is taken by other calendars, in order, none touching another.
    pub busy: Vec<Busy>,
    /// Those calendars.
    #[serde(default)]
    pub feeds: Feeds,
    /// Their stars.
    pub rating: Rating,
    /// How they keep what was agreed.
    #[serde(default)]
    pub reliability: Reliability,
    /// Grows by one with each change.
    pub version: i64,
    /// When they began.
    pub created_at: Timestamp,
    /// What became of their application, append-only.
    #[serde(default)]
    pub history: Vec<ProviderEvent>,
}

impl Provider {
    /// Where they stand, as far as the rules ask.
    pub fn standing(&self) -> Standing {
        let country = self.base.as_ref().and_then(|base| Country::of_region(&base.region));
        let number = |country| business_number::check(country, &self.business_number).is_ok();
        Standing {
            status: Some(self.status),
            details_complete: !self.trading_name.is_empty() && !self.phone.is_empty() && self.base.is_some(),
            number_valid: country.is_some_and(number),
            payout_chosen: self.payout.is_some(),
            active: self.active,
            is_full: self.history.len() >= MAX_EVENTS,
        }
    }

    /// When they work.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { week: &self.week, exceptions: &self.exceptions, busy: &self.busy, zone: &self.zone }
    }

    /// Whether they may be asked: approved, and taking requests.
    pub fn takes_requests(&self) -> bool {
        self.status == ProviderStatus::Approved && self.active
    }
}
