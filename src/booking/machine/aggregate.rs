//! The booking as the rules see it: what was fixed when it was made, and the state that actions move.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::history::Event;
use super::policy::Policy;
use super::status::Status;
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// What somebody is to one booking. Worked out per booking, never per account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the four words are the domain's own")]
pub enum Role {
    Customer,
    Provider,
    Admin,
    System,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 4] = [Role::Customer, Role::Provider, Role::Admin, Role::System];

    /// The word for it: `customer`.
    pub fn name(self) -> &'static str {
        match self {
            Role::Customer => "customer",
            Role::Provider => "provider",
            Role::Admin => "admin",
            Role::System => "system",
        }
    }

    /// The opposite party; none for an admin and the clock.
    pub fn other_party(self) -> Option<Role> {
        match self {
            Role::Customer => Some(Role::Provider),
            Role::Provider => Some(Role::Customer),
            Role::Admin | Role::System => None,
        }
    }
}

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

/// How a service is priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PriceTerms {
    /// One price for the job, in cents.
    Fixed {
        /// Cents.
        amount: i64,
    },
    /// A rate, agreed as an estimate of hours x rate.
    Hourly {
        /// Cents an hour.
        rate: i64,
    },
    /// The provider names a price after reading the request.
    OnQuote,
}

/// A point on the globe, in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Latitude, south negative.
    pub lat_e6: i32,
    /// Longitude, west negative.
    pub lng_e6: i32,
}

/// A circle in which a provider works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its centre.
    pub center: Point,
    /// Its radius.
    pub radius_km: u32,
}

impl Area {
    /// Whether the point lies inside, by great-circle distance on a sphere of 6371 km (the mean radius, IUGG).
    pub fn contains(&self, point: Point) -> bool {
        let radians = |e6: i32| f64::from(e6).to_radians() / 1e6;
        let (lat_a, lat_b) = (radians(self.center.lat_e6), radians(point.lat_e6));
        let (d_lat, d_lng) = (lat_b - lat_a, radians(point.lng_e6) - radians(self.center.lng_e6));
        let h = (d_lat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (d_lng / 2.0).sin().powi(2);
        2.0 * 6371.0 * h.sqrt().min(1.0).asin() <= f64::from(self.radius_km)
    }
}

/// Where the work is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// As people write it: `12 Cuba Street, Te Aro, Wellington`.
    pub label: String,
    /// On the map.
    pub point: Point,
}

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
    pub buffer_before: i64,
    /// Minutes kept free after it.
    pub buffer_after: i64,
    /// Least minutes between sending a request and its start.
    pub lead_time: i64,
    /// Minutes before the start from which the customer can no longer propose another time.
    pub notice: i64,
    /// Whether it can be booked without asking.
    pub instant: bool,
    /// Whether an open request already holds the provider's time.
    pub holds_requests: bool,
    /// Hours the provider gives themselves to answer (2 to 72).
    pub answer_hours: i64,
    /// Where it is offered; everywhere when there is none.
    pub area: Option<Area>,
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
    /// The IANA zone of the place.
    pub zone: String,
    /// What all its amounts are in.
    pub currency: Currency,
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
            PriceTerms::Fixed { amount } => Some(Money::new(amount, self.currency)),
            PriceTerms::Hourly { rate } => Some(Money::new(rate, self.currency).ratio(self.planned_minutes(), 60)),
            PriceTerms::OnQuote => None,
        }
    }
}

/// How firmly the booked time is held in the provider's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// Anybody may book it.
    Free,
    /// Held while the request is open.
    Soft,
    /// Agreed.
    Firm,
}

/// A price named by one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Who named it.
    pub by: Role,
    /// The price.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
}

/// An open proposal of another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Who proposed it.
    pub by: Role,
    /// The new start.
    pub starts_at: Timestamp,
    /// The new end.
    pub ends_at: Timestamp,
    /// When it was proposed.
    pub at: Timestamp,
}

/// A report that the other side did not come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoShow {
    /// Who reported it; the other side is the accused.
    pub by: Role,
    /// When.
    pub at: Timestamp,
    /// What is kept and given back if nobody contests it.
    pub split: Split,
    /// When the clock settled it.
    pub settled_at: Option<Timestamp>,
}

/// An offer to end a dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Who offers.
    pub by: Role,
    /// What the customer would get back.
    pub refund: Money,
    /// When.
    pub at: Timestamp,
}

/// An open or ended dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Who opened it.
    pub by: Role,
    /// When.
    pub at: Timestamp,
    /// Offers so far; the last one is open.
    pub offers: Vec<Offer>,
}

/// How the agreed price ends up: the two always sum to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// What the provider keeps: the pay, or the fee of a cancellation.
    pub kept: Money,
    /// What the customer gets back.
    pub refund: Money,
}

/// What completed the booking. Only the clock's word can be disputed afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompletedBy {
    /// The customer confirmed.
    Customer,
    /// Nobody answered in time.
    Clock,
    /// Both agreed on a split.
    Settlement,
    /// An admin ruled.
    Ruling,
}

/// One side's review of the other, sealed until published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// 1 to 5.
    pub stars: u8,
    /// What they wrote.
    pub text: Option<String>,
    /// When it was written or last edited.
    pub at: Timestamp,
    /// The reviewed side's public answer.
    pub reply: Option<String>,
}

/// Everything that actions move. All of it is rebuilt from the history alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it; the types above carry the detail")]
pub struct State {
    pub status: Status,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// How the provider's calendar holds the booked time.
    pub hold: Hold,
    /// The price on the table, then the agreed one.
    pub price: Option<Money>,
    pub quotes: Vec<Quote>,
    pub change: Option<Change>,
    /// Changes proposed so far, by the proposer's role name.
    pub changes_proposed: BTreeMap<String, u32>,
    /// Frozen when the booking was accepted.
    pub policy: Option<Policy>,
    /// The earliest start that was already inside the fee window when the booking was moved.
    pub fee_anchor: Option<Timestamp>,
    pub requested_at: Option<Timestamp>,
    pub accepted_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub done_at: Option<Timestamp>,
    /// Nobody said the work was done; the clock did.
    pub unattended: bool,
    pub final_amount: Option<Money>,
    pub fixes: u32,
    pub fix_asked_at: Option<Timestamp>,
    pub no_show: Option<NoShow>,
    /// No-show reports so far, by the reporter's role name.
    pub no_shows_reported: BTreeMap<String, u32>,
    pub dispute: Option<Dispute>,
    pub completed_at: Option<Timestamp>,
    pub completed_by: Option<CompletedBy>,
    pub split: Option<Split>,
    /// Reviews by their author's role name.
    pub reviews: BTreeMap<String, Review>,
    pub reviews_published_at: Option<Timestamp>,
}

impl State {
    /// The state of a fresh draft.
    pub fn draft(starts_at: Timestamp, ends_at: Timestamp) -> Self {
        Self {
            status: Status::Draft,
            starts_at,
            ends_at,
            hold: Hold::Free,
            price: None,
            quotes: Vec::new(),
            change: None,
            changes_proposed: BTreeMap::new(),
            policy: None,
            fee_anchor: None,
            requested_at: None,
            accepted_at: None,
            started_at: None,
            done_at: None,
            unattended: false,
            final_amount: None,
            fixes: 0,
            fix_asked_at: None,
            no_show: None,
            no_shows_reported: BTreeMap::new(),
            dispute: None,
            completed_at: None,
            completed_by: None,
            split: None,
            reviews: BTreeMap::new(),
            reviews_published_at: None,
        }
    }

    /// Whether nothing can move the work any more: completed, declined, expired, cancelled, or a settled no-show.
    pub fn is_final(&self) -> bool {
        match self.status {
            Status::Completed | Status::Declined | Status::Expired | Status::Cancelled => true,
            Status::NoShow => self.no_show.as_ref().is_some_and(|report| report.settled_at.is_some()),
            _ => false,
        }
    }

    /// The open offer of a dispute.
    pub fn open_offer(&self) -> Option<&Offer> {
        self.dispute.as_ref().and_then(|dispute| dispute.offers.last())
    }

    /// How many quotes one side has named.
    pub fn quotes_by(&self, role: Role) -> usize {
        self.quotes.iter().filter(|quote| quote.by == role).count()
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
    /// Nobody else holds the booked time.
    pub slot_free: bool,
    /// Nobody else holds the time that is being proposed.
    pub new_time_free: bool,
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
            slot_free: true,
            new_time_free: true,
            open_requests: 0,
        }
    }
}
