//! From what was typed to a draft, and from a draft to a booking. Pure but for the ids passed in.

use mongodb::bson::DateTime;
use mongodb::bson::oid::ObjectId;

use super::model::{AskDraft, KEPT_HOURS};
use crate::booking::machine::aggregate::{NewBooking, Party};
use crate::booking::machine::{Actor, Booking, Role, history};
use crate::catalogue::model::{Reach, ServiceDocument};
use crate::catalogue::places::{self, Locality};
use crate::time::{self, Timestamp};
use crate::ui::form::Form;

/// The most letters about a job.
pub const LONGEST_DETAILS: usize = 2_000;

/// What the first step asks for, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// From when on.
    pub starts_at: Timestamp,
    /// The house and street.
    pub street: String,
    /// The town or suburb; none if nobody has to come.
    pub locality: Option<&'static Locality>,
    /// About the job.
    pub details: String,
}

/// Reads the first step's form; nothing if something is wrong, which the form then says.
pub fn read(form: &mut Form, service: &ServiceDocument) -> Option<Wanted> {
    let starts_at = starts_at(form);
    let street = form.text("street", "Street and number", false, 200);
    let details = form.text("details", "About the job", false, LONGEST_DETAILS);
    let locality = if service.reach == Reach::Remote { None } else { locality(form) };
    let wanted = Wanted { starts_at: starts_at?, street, locality, details };
    let covered = wanted.locality.is_none_or(|_| service.snapshot().covers(&wanted.place()));
    if !covered {
        let message = "The place lies outside the area of this service. Choose another place, or another service.";
        form.problem("locality", "outside_area", message);
    }
    form.is_fine().then_some(wanted)
}

fn starts_at(form: &mut Form) -> Option<Timestamp> {
    let typed = form.get("starts_at").to_owned();
    let starts_at = typed.parse::<i64>().ok().map(Timestamp).or_else(|| time::parse(&typed, "UTC").ok());
    if starts_at.is_none() {
        form.problem("starts_at", "missing", "Choose a time.");
    }
    starts_at
}

/// The town or suburb that was typed or, if several have its name, chosen.
fn locality(form: &mut Form) -> Option<&'static Locality> {
    let typed = form.text("locality", "Suburb or town", true, 100);
    if typed.is_empty() {
        return None;
    }
    let chosen = form.get("locality_id").parse().ok().and_then(places::find);
    let suits = |locality: &&Locality| places::suggest(&typed, 50).contains(locality);
    let found = chosen.filter(suits).or_else(|| places::resolve(&typed));
    if found.is_none() {
        let several = !places::suggest(&typed, 1).is_empty();
        let (code, message) = if several {
            ("ambiguous", "Several places have this name. Choose which one.")
        } else {
            ("unknown_place", "This place is not known. Type a suburb or town of New Zealand or Australia.")
        };
        form.problem(if several { "locality_id" } else { "locality" }, code, message);
    }
    found
}

impl Wanted {
    fn place(&self) -> crate::booking::machine::aggregate::Place {
        let online = || crate::booking::machine::aggregate::Place {
            label: "Online".into(),
            point: crate::booking::machine::aggregate::Point { lat_e6: 0, lng_e6: 0 },
            region: String::new(),
        };
        self.locality.map_or_else(online, |locality| locality.place(&self.street))
    }

    /// The draft of this, in place of an earlier one if there is one.
    pub fn draft(
        self,
        before: Option<AskDraft>,
        owner: String,
        peer: String,
        service: &ServiceDocument,
        now: Timestamp,
    ) -> AskDraft {
        let place = self.place();
        let (id, created_at) = before.as_ref().map_or((ObjectId::new(), now), |before| (before.id, before.created_at));
        AskDraft {
            id,
            owner,
            service_id: service.id,
            starts_at: self.starts_at,
            held_until: now,
            holds: before.as_ref().map_or(0, |before| before.holds),
            peer,
            place,
            street: self.street,
            locality: self.locality.map(Locality::label).unwrap_or_default(),
            zone: self.locality.map_or(service.zone.as_str(), |locality| locality.zone).to_owned(),
            details: self.details,
            guest: before.and_then(|before| before.guest),
            created_at,
            expires_at: DateTime::from_millis(now.plus_hours(KEPT_HOURS).0),
        }
    }
}

/// The booking that a draft would become now: a draft of the machine's, with the service as it is now.
pub fn booking(
    draft: &AskDraft,
    service: &ServiceDocument,
    customer: Party,
    reference: String,
    now: Timestamp,
) -> Booking {
    let actor = Actor { role: Role::Customer, id: customer.id.clone(), name: customer.name.clone() };
    let new = NewBooking {
        id: draft.id.to_hex(),
        reference,
        customer,
        provider: Party { id: service.provider_id.to_hex(), name: service.provider_name.clone() },
        service: service.snapshot(),
        place: draft.place.clone(),
        details: draft.details.clone(),
        zone: draft.zone.clone(),
        currency: service.currency,
        starts_at: draft.starts_at,
        ends_at: draft.starts_at.plus_minutes(service.minutes),
    };
    history::draft(new, &actor, now)
}
