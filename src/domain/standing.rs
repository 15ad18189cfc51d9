//! How far a provider is: the statuses of an application.

use serde::{Deserialize, Serialize};

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
