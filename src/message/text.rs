//! What a message says to whom: its author's name, and its text as far as the reader may see it.

use super::access::Thread;
use super::model::Message;
use crate::booking::contacts::{hides, shows_contacts};
use crate::booking::machine::{Booking, Role};
use crate::domain::mask;

/// The name of a message's author, as the booking has it.
pub(super) fn name_of(booking: &Booking, role: Role) -> &str {
    booking.party(role).map_or("GigSta", |party| party.name.as_str())
}

/// The text of a message as the viewer may see it.
pub(super) fn seen_text(thread: &Thread, message: &Message) -> String {
    text_for(&thread.booking, thread.role, message.role, &message.text)
}

/// The text of a message as somebody in a role may see it.
pub(super) fn text_for(booking: &Booking, reader: Role, author: Role, text: &str) -> String {
    let hides = hides(shows_contacts(booking), author, reader);
    if hides { mask::mask(text) } else { text.to_owned() }
}
