//! Bookings in people's own calendars: a file a booking, an invitation in a mail, and a private feed (RFC 5545, 5546).

pub mod event;
pub mod ical;
pub mod model;
pub mod pages;
pub mod store;

use self::event::{Entry, Side};
use crate::booking::machine::{Booking, Role, Row, TABLE};
use crate::time::Timestamp;
use crate::web::kit::Site;

/// Whose calendar it is.
#[derive(Clone, Copy, Debug)]
pub struct Guest<'a> {
    /// Their part in the booking.
    pub role: Role,
    /// Their own address; the other side's never stands in it.
    pub email: &'a str,
}

/// The booking as one side's calendar takes it: an invitation, or its cancellation. Not of a draft.
pub fn invite(site: &Site, booking: &Booking, guest: Guest, now: Timestamp) -> String {
    let Guest { role, email } = guest;
    let side = Side { role, base_url: &site.base_url };
    event::invitation(&Entry::from(booking), side, email, &site.mail_from, now)
}

/// What a mail about that action carries for the guest's calendar; nothing unless the booking was agreed, the action moved
/// its time or ended it, and the guest is one of its two people.
pub fn attachment(site: &Site, booking: &Booking, guest: Guest, action_name: &str, now: Timestamp) -> Option<String> {
    let theirs = guest.role.other_party().is_some();
    let row = TABLE.row(action_name);
    let moved = booking.state.accepted_at.is_some() && row.is_some_and(Row::changes_appointment);
    (theirs && moved).then(|| invite(site, booking, guest, now))
}
