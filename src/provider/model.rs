//! What MongoDB stores about providers.

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

use super::business_number;
use super::feed::Feeds;
use super::free::Calendar;
use super::history::ProviderEvent;
use super::onboarding::Standing;
use super::week::{Busy, DayException, Week};
use crate::account::country::Country;
use crate::booking::machine::aggregate::Place;
use crate::catalogue::model::{Rating, Reliability};
use crate::time::Timestamp;

/// The collection of providers.
pub const PROVIDERS: &str = "providers";

/// Where somebody stands on the way to being a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderStatus {
    /// Step 1: who they are.
    Details,
    /// Step 2: how they are paid.
    Payout,
    /// Step 3: waiting for an admin.
    Pending,
    /// An admin asked for something more.
    MoreAsked,
    /// May publish and receive requests.
    Approved,
    /// An admin said no.
    Rejected,
    /// May receive no new requests; running bookings go on.
    Suspended,
}

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

impl ProviderStatus {
    /// Every status, in the order in which an admin wants to see them.
    pub const ALL: [ProviderStatus; 7] = [
        ProviderStatus::Pending,
        ProviderStatus::MoreAsked,
        ProviderStatus::Approved,
        ProviderStatus::Suspended,
        ProviderStatus::Rejected,
        ProviderStatus::Details,
        ProviderStatus::Payout,
    ];

    /// Its name in addresses and in the database.
    pub fn name(self) -> &'static str {
        match self {
            ProviderStatus::Details => "details",
            ProviderStatus::Payout => "payout",
            ProviderStatus::Pending => "pending",
            ProviderStatus::MoreAsked => "more_asked",
            ProviderStatus::Approved => "approved",
            ProviderStatus::Rejected => "rejected",
            ProviderStatus::Suspended => "suspended",
        }
    }

    /// The same in words.
    pub fn label(self) -> &'static str {
        match self {
            ProviderStatus::Details => "Giving details",
            ProviderStatus::Payout => "Not sent yet",
            ProviderStatus::Pending => "Waiting for approval",
            ProviderStatus::MoreAsked => "More asked for",
            ProviderStatus::Approved => "Approved",
            ProviderStatus::Rejected => "Not approved",
            ProviderStatus::Suspended => "Suspended",
        }
    }

    /// The status of that name, if there is one.
    pub fn from_name(name: &str) -> Option<ProviderStatus> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
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
