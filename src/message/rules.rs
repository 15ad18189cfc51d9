//! Who may write until when, what a message may be, and who sees contact details. Pure: values in, values out.

use crate::booking::machine::aggregate::Party;
use crate::booking::machine::{Booking, Role, Status};
use crate::photos::MAX_PHOTO_BYTES;
use crate::time::Timestamp;

/// The most characters of a message.
pub const MAX_CHARACTERS: usize = 2000;
/// The most photos of a message.
pub const MAX_PHOTOS: usize = 4;
/// The most that the photos of a message may weigh together, in bytes.
pub const MAX_MESSAGE_PHOTO_BYTES: usize = 2 * MAX_PHOTO_BYTES;
/// The most messages of one person in one booking in an hour.
pub const MAX_AN_HOUR: usize = 30;
/// For so many days after a booking has ended its people can still write.
pub const OPEN_DAYS: i64 = 30;
/// How many characters of a text that is too long come back in its form, to be shortened.
pub const KEPT_CHARACTERS: usize = 20_000;

/// Whether one can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThreadStatus {
    /// The request has not been sent.
    NotYet,
    /// Both sides can write.
    Open,
    /// The booking ended too long ago.
    Over,
}

/// Those who read what somebody in that role writes, with their roles.
pub fn readers(booking: &Booking, author: Role) -> impl Iterator<Item = (Role, &Party)> {
    let parties = [(Role::Customer, &booking.customer), (Role::Provider, &booking.provider)];
    parties.into_iter().filter(move |(role, _)| *role != author)
}

/// Whether the people of a booking can write to each other.
pub fn thread_status(booking: &Booking, now: Timestamp) -> ThreadStatus {
    match ended_at(booking) {
        _ if booking.state.requested_at.is_none() => ThreadStatus::NotYet,
        Some(ended) if now >= ended.plus_hours(24 * OPEN_DAYS) => ThreadStatus::Over,
        _ => ThreadStatus::Open,
    }
}

/// When the booking ended, if it has: reviews that come later do not count.
pub fn ended_at(booking: &Booking) -> Option<Timestamp> {
    let settled = booking.state.no_show.as_ref().and_then(|report| report.settled_at);
    let ending = |status: Status| {
        let event = booking.history.iter().rev().find(|event| event.to == status && event.from != Some(status))?;
        Some(event.at)
    };
    match booking.state.status {
        _ if !booking.state.is_final() => None,
        Status::NoShow => settled,
        status => ending(status),
    }
}

/// Whether an admin may read without a report: in a dispute, and after one.
pub fn is_disputed(booking: &Booking) -> bool {
    booking.history.iter().any(|event| event.to == Status::Disputed)
}

/// What was typed as it is kept: without control characters and what cannot be seen, lines ended by `\n`, no blanks around it.
pub fn clean(typed: &str) -> String {
    let unix = typed.replace("\r\n", "\n").replace('\r', "\n");
    let characters = unix.chars().filter_map(|character| match character {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        // Marks that turn the direction of writing, and others that nobody sees. What joins emoji (U+200D) stays.
        '\u{200b}'
        | '\u{200c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{ad}' => None,
        character if character.is_control() => None,
        character => Some(character),
    });
    let text: String = characters.collect();
    let blank = |character: char| {
        character.is_whitespace() || character == '\u{200d}' || character == '\u{2800}' || character == '\u{3164}'
    };
    text.trim_matches(blank).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_nobody_sees_is_no_message() {
        for nothing in ["", "   ", "\n\n\t ", "\u{200b}\u{200d}", "\u{0}\u{7}\u{1b}", "\u{2800} \u{3164}"] {
            assert_eq!(clean(nothing), "", "{nothing:?}");
        }
    }

    #[test]
    fn lines_stay_and_control_letters_go() {
        assert_eq!(clean(" a\r\nb\rc\u{0}\u{202e}d\te \n"), "a\nb\ncd e");
        assert_eq!(clean("👩\u{200d}🔧 kia ora"), "👩\u{200d}🔧 kia ora");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_the_same_as_once(text in any::<String>()) {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }
    }
}
