//! From a booking to the event in a calendar. Pure: the instant comes in.

use super::ical::Ical;
use crate::booking::machine::history::Event;
use crate::booking::machine::{Booking, Role, Status};
use crate::time::Timestamp;

/// What a calendar needs to know of a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The booking's id, from which the event's follows.
    pub id: String,
    /// What people call it.
    pub reference: String,
    /// What was booked.
    pub service: String,
    /// The customer's name.
    pub customer: String,
    /// The provider's name.
    pub provider: String,
    /// The whole address.
    pub place: String,
    /// Where it stands.
    pub status: Status,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Whether it was ever agreed.
    pub agreed: bool,
    /// The version that last moved its status or its time: it grows with every move, and with nothing else.
    pub sequence: i64,
    /// When that was.
    pub moved_at: Timestamp,
}

impl From<&Booking> for Entry {
    fn from(booking: &Booking) -> Self {
        let state = &booking.state;
        let moves = |event: &&Event| {
            event.from != Some(event.to) || ["starts_at", "ends_at"].iter().any(|f| event.changes.contains_key(*f))
        };
        let last = booking.history.iter().rev().find(moves);
        Self {
            id: booking.id.clone(),
            reference: booking.reference.clone(),
            service: booking.service.title.clone(),
            customer: booking.customer.name.clone(),
            provider: booking.provider.name.clone(),
            place: booking.place.label.clone(),
            status: state.status,
            starts_at: state.starts_at,
            ends_at: state.ends_at,
            agreed: state.accepted_at.is_some(),
            sequence: last.map_or(booking.version, |event| event.seq),
            moved_at: last.map_or(booking.created_at, |event| event.at),
        }
    }
}

/// From which side the booking is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Customer or provider.
    pub role: Role,
    /// The marketplace's address, without a slash at the end.
    pub base_url: &'a str,
}

/// What the status means in a calendar (RFC 5545, 3.8.1.11).
fn standing(status: Status) -> &'static str {
    match status {
        Status::Draft | Status::Requested | Status::Quoted => "TENTATIVE",
        Status::Declined | Status::Expired | Status::Cancelled => "CANCELLED",
        Status::Accepted
        | Status::InProgress
        | Status::AwaitingConfirmation
        | Status::Completed
        | Status::NoShow
        | Status::Disputed => "CONFIRMED",
    }
}

/// The booking as an invitation, or as the cancellation of one, to the guest of that address (RFC 5546).
///
/// The marketplace invites: an answer goes to `organizer` and not to the other side, whose address is not disclosed.
pub fn invitation(entry: &Entry, side: Side, guest: &str, organizer: &str, now: Timestamp) -> String {
    let mut ical = Ical::default();
    let cancelled = standing(entry.status) == "CANCELLED";
    begin(&mut ical);
    ical.line("METHOD", if cancelled { "CANCEL" } else { "REQUEST" });
    event(&mut ical, entry, side, now, |ical| {
        let name = if side.role == Role::Provider { &entry.provider } else { &entry.customer };
        ical.person("ORGANIZER", "GigSta", organizer);
        ical.person("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE", name, guest);
    });
    ical.line("END", "VCALENDAR").finish()
}

/// A calendar of bookings, each from the side on which its owner is. The same bookings make the same text.
pub fn feed<'a>(entries: impl Iterator<Item = (&'a Entry, Role)>, base_url: &str) -> String {
    let mut ical = Ical::default();
    begin(&mut ical);
    ical.text("NAME", "GigSta").text("X-WR-CALNAME", "GigSta");
    // How often to look again (RFC 7986, 5.7), and the older way to say it.
    ical.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H").line("X-PUBLISHED-TTL", "PT1H");
    for (entry, role) in entries {
        // Without a method, the stamp says when the booking last changed (RFC 5545, 3.8.7.2).
        event(&mut ical, entry, Side { role, base_url }, entry.moved_at, |_| ());
    }
    ical.line("END", "VCALENDAR").finish()
}

fn begin(ical: &mut Ical) {
    ical.line("BEGIN", "VCALENDAR").line("VERSION", "2.0").line("PRODID", "-//GigSta//Bookings//EN");
    ical.line("CALSCALE", "GREGORIAN");
}

fn event(ical: &mut Ical, entry: &Entry, side: Side, stamp: Timestamp, people: impl FnOnce(&mut Ical)) {
    let Entry { id, reference, service, customer, provider, .. } = entry;
    let status = standing(entry.status);
    let address = format!("{}/bookings/{id}", side.base_url);
    let summary = match side.role {
        Role::Provider => format!("{service} for {customer}"),
        _ => format!("{service} with {provider}"),
    };
    let label = entry.status.label();
    ical.line("BEGIN", "VEVENT").line("UID", &format!("{id}@bookings.gigsta"));
    ical.line("SEQUENCE", &entry.sequence.to_string()).instant("DTSTAMP", stamp);
    ical.instant("DTSTART", entry.starts_at).instant("DTEND", entry.ends_at);
    ical.line("STATUS", status).line("TRANSP", if status == "CANCELLED" { "TRANSPARENT" } else { "OPAQUE" });
    ical.text("SUMMARY", &summary);
    ical.text("DESCRIPTION", &format!("{reference}: {label}.\n{provider} for {customer}.\n\n{address}"));
    if let Some(place) = place(entry, side.role) {
        ical.text("LOCATION", place);
    }
    ical.line("URL", &address);
    people(ical);
    ical.line("END", "VEVENT");
}

/// The address; before it is agreed, a provider's calendar knows the suburb and the town.
fn place(entry: &Entry, role: Role) -> Option<&str> {
    if entry.agreed || role == Role::Customer {
        return Some(&entry.place);
    }
    entry.place.split_once(", ").map(|(_, area)| area)
}

#[cfg(test)]
mod tests;
