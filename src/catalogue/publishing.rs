//! Whether a provider can publish services.

use crate::domain::standing::ProviderStatus;
use crate::provider::model::Provider;

/// Why a provider cannot publish, with what to do; nothing if they can.
pub fn why_not(provider: &Provider) -> Option<&'static str> {
    if provider.takes_requests() {
        return None;
    }
    Some(match provider.status {
        ProviderStatus::Details | ProviderStatus::Payout => {
            "First finish becoming a GigSta: \"Become a GigSta\" at the end of the page goes on where you stopped."
        }
        ProviderStatus::Pending => "We are looking at your details. As soon as you are approved you can publish.",
        ProviderStatus::MoreAsked => {
            "We have asked you for something more. Answer at \"Become a GigSta\", then publish."
        }
        ProviderStatus::Rejected => {
            "We could not approve you, so nothing of yours is shown. The reason is in our mail."
        }
        ProviderStatus::Suspended => {
            "You are suspended, so nothing of yours is shown. Write to us if you think we erred."
        }
        ProviderStatus::Approved => "You take no requests at the moment. Switch them on at \"My work\", then publish.",
    })
}
