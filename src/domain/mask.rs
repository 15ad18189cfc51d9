//! Hiding how to reach somebody, for as long as nothing is agreed. Pure: text in, text out.
//!
//! What is hidden are the shapes that people type: phone numbers of New Zealand and Australia, e-mail and web addresses, and
//! names in social networks. Prices, times, dates, streets and business numbers stay. Whoever wants to get around it can;
//! it is there so that nobody gives their number away, or is asked to, before there is a booking.

mod address;
mod phone;

use std::iter;
use std::ops::Range;

/// What stands in place of contact details.
pub const HIDDEN: &str = "[hidden until the booking is accepted]";

/// How often a part of a text is searched again, after what was found in it is taken out. Only a text made for it needs more.
const MOST_ROUNDS: usize = 4;

/// The text with its contact details hidden. Hiding twice is the same as once.
///
/// The work grows with the length of the text and with nothing else, whatever the text is.
pub fn mask(text: &str) -> String {
    let parts = text.split(HIDDEN).map(|part| masked(&part.chars().collect::<Vec<_>>(), MOST_ROUNDS));
    parts.collect::<Vec<_>>().join(HIDDEN)
}

/// Whether there is anything to hide.
pub fn has_contact(text: &str) -> bool {
    text.split(HIDDEN).any(|part| !spans(&part.chars().collect::<Vec<_>>()).is_empty())
}

/// A part of a text with its contact details hidden. Nothing is found across what is hidden, so what stands between two findings is
/// searched by itself: a finding can begin or end there that did not before. What still holds one after the last round is hidden whole.
fn masked(part: &[char], rounds: usize) -> String {
    let found = spans(part);
    if found.is_empty() {
        return part.iter().collect();
    }
    if rounds == 0 {
        return HIDDEN.into();
    }
    let starts = iter::once(0).chain(found.iter().map(|span| span.end));
    let ends = found.iter().map(|span| span.start).chain(iter::once(part.len()));
    let between = starts.zip(ends).filter_map(|(start, end)| part.get(start..end));
    between.map(|between| masked(between, rounds - 1)).collect::<Vec<_>>().join(HIDDEN)
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

#[cfg(test)]
mod tests;
