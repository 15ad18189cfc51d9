//! What MongoDB stores about bookings. None of it travels to the browser.

use std::collections::BTreeMap;

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

use super::machine::aggregate::{Party, Service};
use super::machine::history::Event;
use super::machine::outbox::OutboxEntry;
use super::machine::{Booking, Role, State, TABLE, next_due};
use super::slots;
use crate::domain::photo::Photo;
use crate::domain::place::Place;
use crate::money::Currency;
use crate::time::Timestamp;

/// The collection of bookings.
pub const BOOKINGS: &str = "bookings";
/// The collection of what is claimed of the providers' time.
pub const SLOT_CLAIMS: &str = "slot_claims";

/// A command as it is remembered in the booking, so that doing it twice has one effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// The sender's key.
    pub command_id: String,
    /// SHA-256 of the action, its inputs and its actor.
    pub digest: String,
    /// The version it made.
    pub version: i64,
}

/// One quarter of an hour of a provider's time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotClaim {
    /// The cell.
    #[serde(rename = "_id")]
    pub cell: String,
    /// Who holds it.
    pub booking: ObjectId,
    /// Whether it is agreed, or only asked for.
    pub firm: bool,
    /// Until when it counts, if a draft holds it; a booking's claims have no end of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// An entry of the outbox as it waits in its booking. Whatever has been done leaves the list; what stays is `pending`, or
/// `dead` after so many failures that a person has to look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuedEntry {
    /// What is to be done.
    #[serde(flatten)]
    pub entry: OutboxEntry,
    /// How often it has failed.
    #[serde(default)]
    pub tries: u32,
    /// Not before this instant, if it has failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub try_at: Option<Timestamp>,
    /// The last failure's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl From<OutboxEntry> for QueuedEntry {
    fn from(entry: OutboxEntry) -> Self {
        Self { entry, tries: 0, try_at: None, error: None }
    }
}

/// What the worker keeps with a booking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The fencing token: it grows with every lease, and only who holds the last one may write.
    #[serde(default)]
    pub lease: i64,
    /// How often in a row the clock's work on it has failed.
    #[serde(default)]
    pub failures: u32,
    /// The last failure's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The reminders that have been sent or found stale, as `kind:instant`.
    #[serde(default)]
    pub reminded: Vec<String>,
}

/// What lists and the booking's page show of its thread. It is written with each message, and when somebody reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// The latest messages as they were written, the oldest first, at most [`LATEST_MESSAGES`].
    #[serde(default)]
    pub latest: Vec<TalkMessage>,
    /// How many messages of others each side has not read, by the name of its role.
    #[serde(default)]
    pub unread: BTreeMap<String, i64>,
}

/// So many of the latest messages stand in the booking.
pub const LATEST_MESSAGES: i32 = 2;

/// A message as it stands in its booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkMessage {
    /// Whose account, 24 hexadecimal digits.
    pub by: String,
    /// In which role.
    pub role: Role,
    /// What was written, whatever of it is hidden from whom.
    pub text: String,
    /// How many photos came with it.
    pub photos: i32,
    /// When.
    pub at: Timestamp,
}

impl Talk {
    /// How many messages somebody in that role has not read.
    pub fn unread_by(&self, role: Role) -> usize {
        self.unread.get(role.name()).map_or(0, |count| usize::try_from(*count).unwrap_or(0))
    }
}

/// A booking as it is stored: the booking, and beside it what its one write also has to keep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields of Booking are described there")]
pub struct BookingDocument {
    #[serde(rename = "_id")]
    pub id: ObjectId,
    pub reference: String,
    pub customer: Party,
    pub provider: Party,
    pub service: Service,
    pub place: Place,
    pub details: String,
    #[serde(default)]
    pub photos: Vec<Photo>,
    pub zone: String,
    pub currency: Currency,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_code: Option<String>,
    /// How often the code for the start was tried.
    #[serde(default)]
    pub code_tries: i32,
    pub created_at: Timestamp,
    pub version: i64,
    pub state: State,
    /// Lists leave it out.
    #[serde(default)]
    pub history: Vec<Event>,
    /// Every command that made a version of it.
    #[serde(default)]
    pub commands: Vec<Command>,
    /// What is still to be done outside.
    #[serde(default)]
    pub outbox: Vec<QueuedEntry>,
    /// When the worker looks at it next. Every write sets it to its own instant; the worker then works out when something
    /// is due. While it holds a lease it is when that ends. Not there when nothing will ever be due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wake_at: Option<Timestamp>,
    /// What the worker keeps.
    #[serde(default)]
    pub work: Work,
    /// When the clock acts next. Not there when it does not, so that the index holds only what waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_due_at: Option<Timestamp>,
    /// What the clock does then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_due_action: Option<String>,
    /// The cells of the booked time with its buffers, held or not: one look-up says whether somebody else holds them.
    #[serde(default)]
    pub cells: Vec<String>,
    /// What is shown of its thread.
    #[serde(default)]
    pub talk: Talk,
}

impl BookingDocument {
    /// A booking and what is kept beside it.
    ///
    /// # Errors
    /// When the booking's id is not 24 hexadecimal digits.
    pub fn new(booking: Booking, commands: Vec<Command>, outbox: Vec<OutboxEntry>) -> mongodb::error::Result<Self> {
        let id = ObjectId::parse_str(&booking.id)?;
        let due = next_due(TABLE, &booking);
        let written_at = booking.history.last().map_or(booking.created_at, |event| event.at);
        let cells = slots::booked(&booking);
        Ok(Self {
            id,
            reference: booking.reference,
            customer: booking.customer,
            provider: booking.provider,
            service: booking.service,
            place: booking.place,
            details: booking.details,
            photos: booking.photos,
            zone: booking.zone,
            currency: booking.currency,
            start_code: booking.start_code,
            code_tries: 0,
            created_at: booking.created_at,
            version: booking.version,
            state: booking.state,
            history: booking.history,
            commands,
            outbox: outbox.into_iter().map(Into::into).collect(),
            wake_at: Some(written_at),
            work: Work::default(),
            next_due_at: due.map(|(_, at)| at),
            next_due_action: due.map(|(action, _)| action.into()),
            cells,
            talk: Talk::default(),
        })
    }
}

impl From<BookingDocument> for Booking {
    fn from(document: BookingDocument) -> Self {
        Booking {
            id: document.id.to_hex(),
            reference: document.reference,
            customer: document.customer,
            provider: document.provider,
            service: document.service,
            place: document.place,
            details: document.details,
            photos: document.photos,
            zone: document.zone,
            currency: document.currency,
            start_code: document.start_code,
            created_at: document.created_at,
            version: document.version,
            state: document.state,
            history: document.history,
        }
    }
}
