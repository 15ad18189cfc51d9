//! From what was typed to a draft, and from a draft to a booking. Pure but for the ids passed in.

use mongodb::bson::DateTime;
use mongodb::bson::oid::ObjectId;

use super::model::{AskDraft, KEPT_HOURS};
use crate::account::address;
use crate::booking::machine::aggregate::{NewBooking, Party};
use crate::booking::machine::{Actor, Booking, Role, history};
use crate::catalogue::model::{Reach, ServiceDocument};
use crate::domain::place::{Place, Point};
use crate::domain::places::Locality;
use crate::time::{self, Timestamp};
use crate::ui::form::Form;

/// The most characters about a job.
pub const MAX_DETAILS_CHARACTERS: usize = 2_000;

/// What the first step asks for, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// From when on.
    pub starts_at: Timestamp,
    /// Where.
    pub place: Place,
    /// The house and street, to change them again.
    pub street: String,
    /// The town or suburb; none if nobody has to come.
    pub locality: Option<&'static Locality>,
    /// About the job.
    pub details: String,
}

/// Reads the first step's form; nothing if something is wrong, which the form then says.
pub fn read(form: &mut Form, service: &ServiceDocument) -> Option<Wanted> {
    let starts_at = starts_at(form);
    let somewhere = match service.reach {
        Reach::Remote => Some((None, online())),
        _ => address::read(form).map(|(locality, place)| (Some(locality), place)),
    };
    let details = form.text("details", "About the job", false, MAX_DETAILS_CHARACTERS);
    let covered = somewhere.as_ref().is_none_or(|(_, place)| service.snapshot().covers(place));
    if !covered {
        let message = "The place lies outside the area of this service. Choose another place, or another service.";
        form.problem("locality", "outside_area", message);
    }
    let ((locality, place), street) = (somewhere?, form.get("street").to_owned());
    let wanted = Wanted { starts_at: starts_at?, place, street, locality, details };
    form.is_fine().then_some(wanted)
}

/// Where a service is done that nobody has to come for.
fn online() -> Place {
    Place { label: "Online".into(), point: Point { lat_e6: 0, lng_e6: 0 }, region: String::new() }
}

fn starts_at(form: &mut Form) -> Option<Timestamp> {
    let typed = form.get("starts_at").to_owned();
    let starts_at = typed.parse::<i64>().ok().map(Timestamp).or_else(|| time::parse(&typed, "UTC").ok());
    if starts_at.is_none() {
        form.problem("starts_at", "missing", "Choose a time.");
    }
    starts_at
}

impl Wanted {
    /// The draft of this, in place of an earlier one if there is one.
    pub fn draft(
        self,
        before: Option<AskDraft>,
        owner: String,
        peer: String,
        service: &ServiceDocument,
        now: Timestamp,
    ) -> AskDraft {
        let (id, created_at) = before.as_ref().map_or((ObjectId::new(), now), |before| (before.id, before.created_at));
        AskDraft {
            id,
            owner,
            service_id: service.id,
            starts_at: self.starts_at,
            held_until: now,
            holds: before.as_ref().map_or(0, |before| before.holds),
            peer,
            place: self.place,
            street: self.street,
            locality: self.locality.map(Locality::label).unwrap_or_default(),
            zone: self.locality.map_or(service.zone.as_str(), |locality| locality.zone).to_owned(),
            details: self.details,
            photos: before.as_ref().map_or_else(Vec::new, |before| before.photos.clone()),
            guest: before.and_then(|before| before.guest),
            created_at,
            expires_at: DateTime::from_millis(now.plus_hours(KEPT_HOURS).0),
        }
    }
}

/// The booking that a draft would become now: a draft of the machine's, with the service as it is now. The code is kept if
/// the service asks for one at the start.
pub fn booking(
    draft: &AskDraft,
    service: &ServiceDocument,
    customer: Party,
    reference: String,
    start_code: String,
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
        photos: draft.photos.clone(),
        zone: draft.zone.clone(),
        currency: service.currency,
        starts_at: draft.starts_at,
        ends_at: draft.starts_at.plus_minutes(service.minutes),
    };
    Booking { start_code: service.start_code.then_some(start_code), ..history::draft(new, &actor, now) }
}
