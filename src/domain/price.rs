//! How a service is priced.

use serde::{Deserialize, Serialize};

/// How a service is priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PriceTerms {
    /// One price for the job, in cents.
    Fixed {
        /// Cents.
        #[serde(rename = "amount")]
        amount_cents: i64,
    },
    /// A rate, agreed as an estimate of hours x rate.
    Hourly {
        /// Cents an hour.
        #[serde(rename = "rate")]
        rate_cents: i64,
    },
    /// The provider names a price after reading the request.
    OnQuote,
}
