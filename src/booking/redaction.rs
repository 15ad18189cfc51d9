//! A booking as one of its two people may read it: before it is accepted, without how to reach the other one. Pure.

use std::borrow::Cow;

use super::contacts::{hides, shows_contacts};
use crate::booking::machine::{Booking, Role};
use crate::domain::mask::{has_contact, mask};

/// What somebody in the role `author` typed into the booking, as `reader` may read it.
pub fn text<'a>(booking: &Booking, author: Role, reader: Role, typed: &'a str) -> Cow<'a, str> {
    match hides(shows_contacts(booking), author, reader) {
        true if has_contact(typed) => Cow::Owned(mask(typed)),
        _ => Cow::Borrowed(typed),
    }
}

/// The booking with everything in it that was typed as `reader` may read it: what the job is about, which its customer
/// wrote, and the reasons and messages of its history.
pub fn booking(whole: &Booking, reader: Role) -> Cow<'_, Booking> {
    let masked = |author: Role, typed: &str| match text(whole, author, reader, typed) {
        Cow::Owned(masked) => Some(masked),
        Cow::Borrowed(_) => None,
    };
    let details = masked(Role::Customer, &whole.details);
    let messages: Vec<(usize, String)> = (0..)
        .zip(&whole.history)
        .filter_map(|(place, event)| Some((place, masked(event.actor, event.message.as_deref()?)?)))
        .collect();
    if details.is_none() && messages.is_empty() {
        return Cow::Borrowed(whole);
    }
    let mut redacted = whole.clone();
    redacted.details = details.unwrap_or(redacted.details);
    for (place, message) in messages {
        if let Some(event) = redacted.history.get_mut(place) {
            event.message = Some(message);
        }
    }
    Cow::Owned(redacted)
}
