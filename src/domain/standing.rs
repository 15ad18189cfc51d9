//! How far a provider is: the statuses of an application.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Where somebody stands on the way to being a provider, in the order in which an admin wants to see them.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ProviderStatus {
    /// Step 3: waiting for an admin.
    Pending,
    /// An admin asked for something more.
    MoreAsked,
    /// May publish and receive requests.
    Approved,
    /// May receive no new requests; running bookings go on.
    Suspended,
    /// An admin said no.
    Rejected,
    /// Step 1: who they are.
    Details,
    /// Step 2: how they are paid.
    Payout,
}

impl ProviderStatus {
    /// Every status.
    pub const ALL: &[ProviderStatus] = Self::VARIANTS;

    /// Its name in addresses and in the database.
    pub fn name(self) -> &'static str {
        self.into()
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
        name.parse().ok()
    }
}
