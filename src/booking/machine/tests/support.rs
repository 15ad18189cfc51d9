//! A small world: one booking, a clock, and people who act on it.

use std::collections::BTreeMap;

use crate::booking::machine::aggregate::{Hold, Party, Service};
use crate::booking::machine::*;
use crate::domain::place::{Place, Point};
use crate::domain::price::PriceTerms;
use crate::money::Currency;
use crate::time::{self, Timestamp};

pub const ZONE: &str = "Pacific/Auckland";

/// Noon of a summer Saturday in Auckland.
pub fn noon() -> Timestamp {
    time::parse("2026-11-21T12:00", ZONE).unwrap()
}

pub fn service() -> Service {
    Service {
        id: "service".into(),
        title: "Fix a leaking tap".into(),
        price: PriceTerms::Fixed { amount_cents: 20_000 },
        buffer_before_minutes: 15,
        buffer_after_minutes: 30,
        lead_time_minutes: 180,
        notice_minutes: 24 * 60,
        instant: true,
        holds_requests: true,
        answer_hours: 24,
        area: None,
        regions: Vec::new(),
    }
}

pub fn actor(role: Role) -> Actor {
    let person = |id: &str, name: &str| Actor { role, id: id.into(), name: name.into() };
    match role {
        Role::Customer => person("customer", "Aroha"),
        Role::Provider => person("provider", "Hemi"),
        Role::Admin => person("admin", "Ada"),
        Role::System => Actor::system(),
    }
}

/// Inputs as somebody would type them for a row.
pub fn typed(row: &Row, booking: &Booking, now: Timestamp) -> BTreeMap<String, String> {
    let value = |name: &str| match name {
        "amount" => "150".to_owned(),
        "refund_amount" => "20".into(),
        "final_amount" => "0.50".into(),
        "starts_at" => {
            let clash = now.plus_hours(51) == booking.state.starts_at;
            now.plus_hours(if clash { 52 } else { 51 }).local_field(&booking.zone)
        }
        "stars" => "4".into(),
        "topic" => "poor_work".into(),
        "photos" => "0123456789abcdef0123456789abcdef".into(),
        "start_code" => booking.start_code.clone().unwrap_or_else(|| "0000".into()),
        "side" => reading::side_to_try(row, booking).name().into(),
        _ => "Because it rains".into(),
    };
    row.inputs.iter().map(|input| (input.field.name().into(), value(input.field.name()))).collect()
}

#[derive(Clone)]
pub struct World {
    pub booking: Booking,
    pub facts: Facts,
    pub now: Timestamp,
}

impl World {
    /// A draft for five days later, made at noon.
    pub fn draft() -> World {
        World::draft_of(service(), noon().plus_hours(120), ZONE)
    }

    pub fn draft_of(service: Service, starts_at: Timestamp, zone: &str) -> World {
        let party = |id: &str, name: &str| Party { id: id.into(), name: name.into() };
        let new = NewBooking {
            id: "0123456789abcdef01234567".into(),
            reference: "GS-TEST01".into(),
            customer: party("customer", "Aroha"),
            provider: party("provider", "Hemi"),
            service,
            place: Place {
                label: "Te Aro".into(),
                point: Point { lat_e6: -41_290_000, lng_e6: 174_770_000 },
                region: "NZ-WGN".into(),
            },
            details: "It drips.".into(),
            photos: Vec::new(),
            zone: zone.into(),
            currency: Currency::Nzd,
            starts_at,
            ends_at: starts_at.plus_hours(2),
        };
        let booking = history::draft(new, &actor(Role::Customer), noon());
        World { booking, facts: Facts::good(), now: noon() }
    }

    pub fn try_act(&self, role: Role, action: &str) -> Result<Transition, Vec<Denial>> {
        let row = TABLE.row(action).unwrap();
        self.try_with(role, action, &typed(row, &self.booking, self.now))
    }

    pub fn try_with(
        &self,
        role: Role,
        action: &str,
        raw: &BTreeMap<String, String>,
    ) -> Result<Transition, Vec<Denial>> {
        let row = TABLE.row(action).unwrap();
        let inputs = Inputs::parse(row, raw, &self.booking).expect("typed inputs are well-formed");
        let actor = actor(role);
        let (booking, facts, now) = (&self.booking, &self.facts, self.now);
        decide(&Ask { booking, actor: &actor, row, inputs: &inputs, facts, now })
    }

    pub fn act(mut self, role: Role, action: &str) -> World {
        let done = self.try_act(role, action).unwrap_or_else(|denials| panic!("{action}: {denials:?}"));
        self.booking = done.applied_to(&self.booking);
        self
    }

    pub fn with(mut self, role: Role, action: &str, field: &str, value: &str) -> World {
        let mut raw = typed(TABLE.row(action).unwrap(), &self.booking, self.now);
        raw.insert(field.into(), value.into());
        let done = self.try_with(role, action, &raw).unwrap_or_else(|denials| panic!("{action}: {denials:?}"));
        self.booking = done.applied_to(&self.booking);
        self
    }

    pub fn later(mut self, hours: i64) -> World {
        self.now = self.now.plus_hours(hours);
        self
    }

    pub fn at(mut self, now: Timestamp) -> World {
        self.now = now;
        self
    }

    pub fn start(&self) -> Timestamp {
        self.booking.state.starts_at
    }

    pub fn codes(&self, role: Role, action: &str) -> Vec<&'static str> {
        match self.try_act(role, action) {
            Ok(_) => vec![],
            Err(denials) => denials.iter().map(|denial| denial.code).collect(),
        }
    }
}

/// Bookings in every status and in every orthogonal situation that the table knows.
pub fn every_situation() -> Vec<(&'static str, World)> {
    use Role::*;
    let draft = World::draft();
    let requested = draft.clone().act(Customer, "request");
    let quoted = requested.clone().act(Provider, "quote");
    let accepted = requested.clone().later(1).act(Provider, "accept");
    let started = accepted.clone().at(accepted.start()).act(Provider, "start");
    let done = started.clone().later(2).act(Provider, "finish");
    let completed = done.clone().later(1).act(Customer, "confirm");
    let by_clock = done.clone().later(72).act(System, "auto_complete");
    let late = accepted.clone().at(accepted.start().plus_minutes(20));
    let no_show = late.clone().act(Provider, "report_no_show");
    let provider_absent = late.act(Customer, "report_no_show");
    let disputed = done.clone().later(1).act(Customer, "open_dispute");
    let on_quote = World::draft_of(
        Service { price: PriceTerms::OnQuote, instant: false, holds_requests: false, ..service() },
        noon().plus_hours(120),
        ZONE,
    );
    let mut with_code = accepted.clone();
    with_code.booking.start_code = Some("0472".into());
    vec![
        ("accepted, with a code for the start", with_code),
        ("disputed, with evidence", disputed.clone().act(Customer, "add_evidence").act(Provider, "add_evidence")),
        ("draft", draft.clone()),
        ("draft on quote", on_quote.clone()),
        ("requested", requested.clone()),
        ("requested on quote, not held", on_quote.act(Customer, "request")),
        ("requested, change by customer", requested.clone().act(Customer, "propose_change")),
        ("requested after a counter-offer", quoted.clone().act(Customer, "counter")),
        ("quoted", quoted.clone()),
        ("accepted", accepted.clone()),
        ("accepted, booked at once", draft.act(Customer, "book_instantly")),
        ("accepted, change by customer", accepted.clone().act(Customer, "propose_change")),
        ("accepted, change by provider", accepted.clone().act(Provider, "propose_change")),
        ("in progress", started),
        ("in progress for a fix", done.clone().act(Customer, "request_fix")),
        ("awaiting confirmation", done.clone()),
        ("unattended", accepted.clone().at(accepted.start().plus_hours(74)).act(System, "mark_unattended")),
        ("completed by customer", completed.clone()),
        ("completed by clock", by_clock.clone()),
        ("completed, one review", completed.clone().act(Customer, "review")),
        ("completed, both reviews", completed.clone().act(Customer, "review").act(Provider, "review")),
        (
            "completed, a review hidden",
            completed.clone().act(Customer, "review").act(Provider, "review").act(Admin, "hide_review"),
        ),
        ("completed, reviews closed", completed.later(24 * 14).act(System, "close_reviews")),
        ("no-show of the customer", no_show.clone()),
        ("no-show of the provider", provider_absent.clone()),
        ("no-show settled", no_show.clone().later(24).act(System, "settle_no_show")),
        ("disputed", disputed.clone()),
        ("disputed no-show", no_show.act(Customer, "open_dispute")),
        ("disputed after completion", by_clock.act(Customer, "open_dispute")),
        ("disputed, offer by provider", disputed.clone().act(Provider, "offer_settlement")),
        ("settled dispute", disputed.clone().act(Provider, "offer_settlement").act(Customer, "accept_settlement")),
        ("ruled for provider", disputed.clone().act(Admin, "rule_for_provider")),
        ("ruled for customer", disputed.act(Admin, "rule_for_customer")),
        ("declined", requested.clone().act(Provider, "decline")),
        ("expired", requested.later(24).act(System, "expire_request")),
        ("cancelled by customer", accepted.clone().act(Customer, "cancel")),
        ("cancelled by provider", accepted.act(Provider, "cancel")),
    ]
}

pub fn held(world: &World) -> bool {
    world.booking.state.hold != Hold::Free
}
