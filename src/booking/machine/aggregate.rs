//! The booking as the rules see it: who and what was fixed when it was made, its state, and its history.

use serde::{Deserialize, Serialize};

use super::event::Event;
use crate::money::{Currency, Money};
use crate::time::Timestamp;

pub use super::service::Service;
pub use super::state::{Change, CompletedBy, Dispute, Evidence, Hold, NoShow, Offer, Quote, Review, Split, State};
pub use crate::booking::role::Role;
pub use crate::domain::photo::Photo;
pub use crate::domain::place::{Area, Place, Point};
pub use crate::domain::price::PriceTerms;

/// Who acts on a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Their part in this booking.
    pub role: Role,
    /// The account, empty for the clock.
    pub id: String,
    /// The name as it stands in the history.
    pub name: String,
}

impl Actor {
    /// The clock.
    pub fn system() -> Self {
        Self { role: Role::System, id: String::new(), name: "GigSta".into() }
    }
}

/// One of the two people, with the name they had when the booking was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The account's id.
    pub id: String,
    /// The name shown.
    pub name: String,
}

/// What a booking is made from.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the same fields as Booking and State, described there")]
pub struct NewBooking {
    pub id: String,
    pub reference: String,
    pub customer: Party,
    pub provider: Party,
    pub service: Service,
    pub place: Place,
    pub details: String,
    pub photos: Vec<Photo>,
    pub zone: String,
    pub currency: Currency,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

/// A booking: what never changes, the state, and the history whose fold the state is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// 24 hexadecimal digits.
    pub id: String,
    /// What people call it: `GS-7K3F9Q`.
    pub reference: String,
    /// Who books.
    pub customer: Party,
    /// Who does the work.
    pub provider: Party,
    /// What was booked.
    pub service: Service,
    /// Where.
    pub place: Place,
    /// What the customer wrote about the job.
    pub details: String,
    /// What the job looks like.
    pub photos: Vec<Photo>,
    /// The IANA zone of the place.
    pub zone: String,
    /// What all its amounts are in.
    pub currency: Currency,
    /// The four digits that the provider asks the customer for at the start, if the service wants that. Only the customer
    /// may see them.
    pub start_code: Option<String>,
    /// When the draft was made.
    pub created_at: Timestamp,
    /// The number of events in the history.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// Append-only; `seq` runs from 1 to `version`.
    pub history: Vec<Event>,
}

impl Booking {
    /// What the account is to this booking; `None` if it has no business here.
    pub fn role_of(&self, account: &str, is_admin: bool) -> Option<Role> {
        if account == self.customer.id {
            Some(Role::Customer)
        } else if account == self.provider.id {
            Some(Role::Provider)
        } else {
            is_admin.then_some(Role::Admin)
        }
    }

    /// The party with that role, if the role is a party.
    pub fn party(&self, role: Role) -> Option<&Party> {
        match role {
            Role::Customer => Some(&self.customer),
            Role::Provider => Some(&self.provider),
            Role::Admin | Role::System => None,
        }
    }

    /// Planned minutes of work, at least one.
    pub fn planned_minutes(&self) -> i64 {
        self.state.ends_at.minutes_since(self.state.starts_at).max(1)
    }

    /// The service's own price for the planned time; none when it is on quote.
    pub fn listed_price(&self) -> Option<Money> {
        match self.service.price {
            PriceTerms::Fixed { amount_cents } => Some(Money::new(amount_cents, self.currency)),
            PriceTerms::Hourly { rate_cents } => {
                Some(Money::new(rate_cents, self.currency).ratio(self.planned_minutes(), 60))
            }
            PriceTerms::OnQuote => None,
        }
    }
}

/// What a booking does not hold itself, loaded before the rules are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The customer's e-mail address is verified.
    pub email_verified: bool,
    /// The customer's profile is complete.
    pub profile_complete: bool,
    /// The provider is approved and active.
    pub provider_active: bool,
    /// The place lies inside the service's area.
    pub inside_area: bool,
    /// The provider works at the booked time.
    pub within_hours: bool,
    /// Nobody else holds the booked time.
    pub slot_free: bool,
    /// Nobody else holds the time that is being proposed.
    pub new_time_free: bool,
    /// The code for the start may still be tried.
    pub code_tries_left: bool,
    /// Open requests of this customer with this provider, this one not counted.
    pub open_requests: u32,
}

impl Facts {
    /// The facts under which nothing outside the booking stands in the way.
    pub const fn good() -> Self {
        Self {
            email_verified: true,
            profile_complete: true,
            provider_active: true,
            inside_area: true,
            within_hours: true,
            slot_free: true,
            new_time_free: true,
            code_tries_left: true,
            open_requests: 0,
        }
    }
}
