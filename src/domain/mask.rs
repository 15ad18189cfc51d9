//! Hiding how to reach somebody, for as long as nothing is agreed. Pure: text in, text out.
//!
//! What is hidden are the shapes that people type: phone numbers of New Zealand and Australia, e-mail and web addresses, and
//! names in social networks. Prices, times, dates, streets and business numbers stay. Whoever wants to get around it can;
//! it is there so that nobody gives their number away, or is asked to, before there is a booking.

mod address;
mod phone;

use std::ops::Range;

/// What stands in place of contact details.
pub const HIDDEN: &str = "[hidden until the booking is accepted]";

/// The text with its contact details hidden. Hiding twice is the same as once.
pub fn mask(text: &str) -> String {
    let mut masked: Vec<char> = text.chars().collect();
    // What was kept apart may touch afterwards, so until nothing is found. Brackets are in no finding, so each round leaves
    // fewer letters in which anything can be found.
    loop {
        let found = spans(&masked);
        if found.is_empty() {
            return masked.into_iter().collect();
        }
        masked = replaced(&masked, &found);
    }
}

/// Whether there is anything to hide.
pub fn has_contact(text: &str) -> bool {
    !spans(&text.chars().collect::<Vec<_>>()).is_empty()
}

/// Where contact details stand, in order and apart from each other.
fn spans(text: &[char]) -> Vec<Range<usize>> {
    let mut found = address::spans(text);
    found.extend(phone::spans(text));
    found.sort_by_key(|span| (span.start, span.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for span in found {
        match apart.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    apart
}

fn replaced(text: &[char], spans: &[Range<usize>]) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        out.extend(text.get(at..span.start).unwrap_or_default());
        out.extend(HIDDEN.chars());
        at = span.end;
    }
    out.extend(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests;
