//! The people of a simulated marketplace, and what they book.

use super::random::Random;
use super::step::By;
use super::store::{Customer, Provider, Store};
use crate::booking::machine::aggregate::{NewBooking, Party, Service};
use crate::booking::machine::{Actor, Booking, Role, history};
use crate::domain::place::{Area, Place, Point};
use crate::domain::price::PriceTerms;
use crate::money::Currency;
use crate::time::Timestamp;

/// Providers of one world, few enough to compete for. The first takes no bookings.
const PROVIDERS: u64 = 16;
/// Customers of one world. The first never confirmed their e-mail address, the second has no profile.
const CUSTOMERS: u64 = 40;
const DAY_MINUTES: i64 = 24 * 60;
const ZONE: &str = "Pacific/Auckland";
const PLACE: Point = Point { lat_e6: -41_293_000, lng_e6: 174_775_000 };

/// Puts the accounts into a store.
pub fn people(store: &mut Store) {
    for number in 0..CUSTOMERS {
        let customer = Customer { email_verified: number != 0, profile_complete: number != 1 };
        store.customers.insert(customer_id(number), customer);
    }
    for number in 0..PROVIDERS {
        store.customers.insert(provider_id(number), Customer { email_verified: true, profile_complete: true });
        store.providers.insert(provider_id(number), Provider { active: number != 0, works });
    }
}

/// The id of a world's booking.
pub fn booking_id(world: u64, number: u32) -> String {
    format!("{world:016x}{number:08x}")
}

/// A booking as somebody drafts it, perhaps for the time of another.
pub fn draft(world: u64, number: u32, pick: u64, like: Option<&Booking>, now: Timestamp) -> Booking {
    let mut random = Random::new(pick);
    let provider = if random.one_in(40) { 0 } else { 1 + random.below(PROVIDERS - 1) };
    let (customer, provider) = match random.below(50) {
        0 => (provider_id(provider), provider),
        // Regulars, who ask too often.
        1..=3 => (customer_id(2), 1),
        _ => (customer_id(random.below(CUSTOMERS)), provider),
    };
    let starts_at = start(&mut random, now);
    let customer = Party { id: customer, name: "Aroha".into() };
    let mut new = NewBooking {
        id: booking_id(world, number),
        reference: format!("GS-{number:06}"),
        customer: customer.clone(),
        provider: Party { id: provider_id(provider), name: "Hemi".into() },
        service: service(&mut random),
        place: Place { label: "Te Aro".into(), point: PLACE, region: "NZ-WGN".into() },
        details: "It drips.".into(),
        photos: Vec::new(),
        zone: ZONE.into(),
        currency: if random.one_in(3) { Currency::Aud } else { Currency::Nzd },
        starts_at,
        ends_at: starts_at.plus_minutes(30 * random.between(1, 8)),
    };
    if let Some(other) = like {
        new.provider = other.provider.clone();
        (new.starts_at, new.ends_at) = (other.state.starts_at, other.state.ends_at);
    }
    let actor = Actor { role: Role::Customer, id: customer.id, name: customer.name };
    let mut booking = history::draft(new, &actor, now);
    booking.start_code = random.one_in(3).then(|| format!("{:04}", random.between(1, 10_000)));
    booking
}

/// The role's person in a booking.
pub fn actor(booking: &Booking, role: Role) -> Actor {
    let person = |id: &str, name: &str| Actor { role, id: id.into(), name: name.into() };
    match (role, booking.party(role)) {
        (_, Some(party)) => person(&party.id, &party.name),
        (Role::System, None) => Actor::system(),
        (_, None) => person(&format!("{:024x}", 0xada), "Ada"),
    }
}

/// Who acts in a booking; nobody, if they have no business there.
pub fn actor_of(booking: &Booking, by: By) -> Option<Actor> {
    match by {
        By::Role(role) => Some(actor(booking, role)),
        By::AdminWithInterest => Some(Actor { role: Role::Admin, ..actor(booking, Role::Provider) }),
        By::Stranger => {
            let id = format!("{:024x}", 0xbad);
            booking.role_of(&id, false).map(|role| Actor { role, id, name: "Nobody".into() })
        }
    }
}

fn start(random: &mut Random, now: Timestamp) -> Timestamp {
    if random.one_in(30) {
        return quarter(now.plus_minutes(random.between(15, 6 * 60)));
    }
    let midnight = now.0.div_euclid(DAY_MINUTES * 60_000) * DAY_MINUTES * 60_000 - 12 * 60 * 60_000;
    let day = Timestamp(midnight).plus_minutes(DAY_MINUTES * random.between(1, 12));
    // Most work begins on the hour; some is wanted when nobody works.
    let minutes = if random.one_in(25) { random.between(0, 7 * 60) } else { 60 * random.between(7, 17) };
    quarter(day.plus_minutes(minutes + 15 * random.between(0, 2)))
}

fn quarter(at: Timestamp) -> Timestamp {
    const QUARTER_MILLIS: i64 = 15 * 60_000;
    Timestamp(at.0.div_euclid(QUARTER_MILLIS) * QUARTER_MILLIS)
}

fn service(random: &mut Random) -> Service {
    let cents = random.between(2_000, 60_000);
    let price = match random.below(4) {
        0 => PriceTerms::Hourly { rate_cents: cents },
        1 => PriceTerms::OnQuote,
        _ => PriceTerms::Fixed { amount_cents: cents },
    };
    let elsewhere = Point { lat_e6: -33_870_000, lng_e6: 151_210_000 };
    Service {
        id: format!("{:024x}", 0x5e),
        title: "Fix a leaking tap".into(),
        price,
        buffer_before_minutes: 15 * random.between(0, 3),
        buffer_after_minutes: 15 * random.between(0, 3),
        lead_time_minutes: 60 * random.between(0, 6),
        notice_minutes: 60 * random.between(1, 48),
        instant: !random.one_in(3),
        holds_requests: !random.one_in(4),
        answer_hours: random.between(2, 73),
        area: random.one_in(40).then_some(Area { center: elsewhere, radius_km: 50 }),
        regions: Vec::new(),
    }
}

/// From seven to eight in the evening, twelve hours ahead of Greenwich.
fn works(from: Timestamp, to: Timestamp) -> bool {
    let minute = (from.0 / 60_000 + 12 * 60).rem_euclid(DAY_MINUTES);
    minute >= 7 * 60 && minute + to.minutes_since(from) <= 20 * 60
}

fn customer_id(number: u64) -> String {
    format!("{:024x}", 0xc000 + number)
}

fn provider_id(number: u64) -> String {
    format!("{:024x}", 0xa000 + number)
}
