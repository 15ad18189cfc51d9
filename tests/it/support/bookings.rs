//! Bookings for the tests, moved by the real machine.

use std::collections::BTreeMap;

use gigsta::account::model::Account;
use gigsta::booking::machine::aggregate::{NewBooking, Party, Service};
use gigsta::booking::machine::{Actor, Ask, Booking, Facts, Inputs, Role, TABLE, Transition, decide, history};
use gigsta::booking::store::{self, ApplyError};
use gigsta::domain::place::{Place, Point};
use gigsta::domain::price::PriceTerms;
use gigsta::domain::rating::{Rating, Reliability};
use gigsta::domain::standing::ProviderStatus;
use gigsta::money::Currency;
use gigsta::provider::feed::Feeds;
use gigsta::provider::model::Provider;
use gigsta::provider::week::Span;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use gigsta::web::viewer::Viewer;
use mongodb::bson::oid::ObjectId;

/// Noon in Auckland on 6 December 2026, a Sunday in summer.
pub const NOON: Timestamp = Timestamp(1_796_511_600_000);

/// A service with a fixed price that holds the time of open requests.
pub fn service() -> Service {
    Service {
        id: ObjectId::new().to_hex(),
        title: "Lawn mowing".into(),
        price: PriceTerms::Fixed { amount_cents: 12_000 },
        buffer_before_minutes: 15,
        buffer_after_minutes: 15,
        lead_time_minutes: 120,
        notice_minutes: 24 * 60,
        instant: false,
        holds_requests: true,
        answer_hours: 24,
        area: None,
        regions: Vec::new(),
    }
}

/// Somebody new.
pub fn party(name: &str) -> Party {
    Party { id: ObjectId::new().to_hex(), name: name.into() }
}

/// A draft for two hours from `starts_at` on, not yet stored.
pub fn draft(customer: &Party, provider: &Party, service: Service, starts_at: Timestamp, now: Timestamp) -> Booking {
    let id = ObjectId::new().to_hex();
    let new = NewBooking {
        reference: format!("GS-{id}"),
        id,
        customer: customer.clone(),
        provider: provider.clone(),
        service,
        place: Place {
            label: "12 Cuba Street, Te Aro, Wellington".into(),
            point: Point { lat_e6: -41_293_000, lng_e6: 174_775_000 },
            region: "NZ-WGN".into(),
        },
        details: "Front and back 🌿".into(),
        photos: Vec::new(),
        zone: "Pacific/Auckland".into(),
        currency: Currency::Nzd,
        starts_at,
        ends_at: starts_at.plus_hours(2),
    };
    let actor = Actor { role: Role::Customer, id: customer.id.clone(), name: customer.name.clone() };
    history::draft(new, &actor, now)
}

/// What the machine decides, nothing outside standing in the way.
pub fn decided(booking: &Booking, role: Role, action: &str, inputs: &[(&str, &str)], now: Timestamp) -> Transition {
    let row = TABLE.row(action).unwrap();
    let raw: BTreeMap<String, String> = inputs.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
    let inputs = Inputs::parse(row, &raw, booking).unwrap();
    let actor = booking.party(role).map_or(Actor::system(), |party| {
        let (id, name) = (party.id.clone(), party.name.clone());
        Actor { role, id, name }
    });
    let ask = Ask { booking, actor: &actor, row, inputs: &inputs, facts: &Facts::good(), now };
    decide(&ask).unwrap()
}

/// Decides and writes.
pub async fn act(
    db: &Db,
    booking: &Booking,
    role: Role,
    action: &str,
    inputs: &[(&str, &str)],
    now: Timestamp,
) -> Result<Booking, ApplyError> {
    store::apply(db, booking, decided(booking, role, action, inputs, now), None).await
}

/// A stored request of a new customer, sent now, for two hours two days ahead.
pub async fn requested(db: &Db, provider: &Party, service: Service, starts_at: Timestamp) -> Booking {
    let draft = draft(&party("Aroha"), provider, service, starts_at, NOON);
    store::insert_draft(db, &draft, None).await.unwrap();
    act(db, &draft, Role::Customer, "request", &[], NOON).await.unwrap()
}

/// Somebody who asks.
pub fn viewer(id: &str, is_admin: bool) -> Viewer {
    Viewer { id: id.into(), name: "Somebody".into(), is_admin, zone: "Pacific/Auckland".into(), provider: None }
}

/// The account as a party of bookings.
pub fn party_of(account: &Account) -> Party {
    Party { id: account.id.to_hex(), name: account.name.clone() }
}

/// A provider of that id who works every day from seven to seven on Auckland's wall.
pub fn provider_of(party: &Party) -> Provider {
    Provider {
        id: ObjectId::parse_str(&party.id).unwrap(),
        trading_name: party.name.clone(),
        about: String::new(),
        phone: "+64 21 555 0100".into(),
        business_number: String::new(),
        base: None,
        zone: "Pacific/Auckland".into(),
        payout: Some("direct".into()),
        status: ProviderStatus::Approved,
        active: true,
        week: std::array::from_fn(|_| vec![Span { from_minute: 7 * 60, to_minute: 19 * 60 }]),
        exceptions: Vec::new(),
        busy: Vec::new(),
        feeds: Feeds::default(),
        rating: Rating::default(),
        reliability: Reliability::default(),
        version: 1,
        history: Vec::new(),
        created_at: NOON,
    }
}
