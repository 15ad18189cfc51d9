//! Phone numbers of New Zealand and Australia, in the shapes in which people type them. Pure: values in, values out.
//!
//! The number plans: New Zealand's Number Administration Deed (Number Allocation and Numbering Resources, www.nad.org.nz) and
//! the Australian Telecommunications Numbering Plan 2015 (ACMA). The international form is that of ITU-T E.164.

mod plan;
mod problem;

use super::country::Country::{self, Australia, NewZealand};

pub use problem::PhoneProblem;

/// A number that exists in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// Where it is.
    pub country: Country,
    /// Its digits without country code and trunk prefix.
    national: String,
    groups: (usize, usize),
}

impl Phone {
    /// The form for machines: `+64215550142`.
    pub fn e164(&self) -> String {
        format!("+{}{}", self.country.calling_code(), self.national)
    }

    /// The form for people, which is also the stored one: `+64 21 555 0142`.
    pub fn readable(&self) -> String {
        let (area, rest) = self.national.split_at(self.groups.0);
        // Eight digits read best in fours.
        let first = if rest.len() == 8 { 4 } else { self.groups.1 };
        let (first, last) = rest.split_at(first);
        format!("+{} {area} {first} {last}", self.country.calling_code())
    }
}

/// Reads a number as people type it. Without a country code, `home` says where it is dialled, if that is known.
///
/// # Errors
/// [`PhoneProblem`].
pub fn parse(typed: &str, home: Option<Country>) -> Result<Phone, PhoneProblem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(PhoneProblem::Missing);
    }
    let (plus, body) = typed.strip_prefix('+').map_or((false, typed), |body| (true, body));
    let is_filler = |character: char| {
        matches!(character, ' ' | '\u{a0}' | '\t' | '(' | ')' | '-' | '.' | '/' | '\u{2010}'..='\u{2013}')
    };
    if !body.chars().all(|character| character.is_ascii_digit() || is_filler(character)) {
        return Err(PhoneProblem::NotDigits);
    }
    let digits: String = body.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return Err(PhoneProblem::NotDigits);
    }
    // What is dialled before a country code: 00 in New Zealand, 0011 in Australia.
    let abroad = ["0011", "00"].iter().find_map(|prefix| digits.strip_prefix(prefix));
    let international = if plus { Some(digits.as_str()) } else { abroad };
    if let Some(international) = international {
        return with_code(international).unwrap_or(Err(PhoneProblem::OtherCountry));
    }
    // A code whose + was left out: no national number begins like this.
    if let Some(Ok(phone)) = with_code(&digits) {
        return Ok(phone);
    }
    let found = |country| national(country, &digits);
    match (found(NewZealand), found(Australia)) {
        (Some(phone), None) | (None, Some(phone)) => Ok(phone),
        (None, None) => Err(PhoneProblem::NotInPlan),
        (Some(here), Some(there)) => match home {
            Some(NewZealand) => Ok(here),
            Some(Australia) => Ok(there),
            None => Err(PhoneProblem::Ambiguous),
        },
    }
}

/// Digits that begin with a country code; nothing if it is neither of ours.
fn with_code(digits: &str) -> Option<Result<Phone, PhoneProblem>> {
    Country::ALL.into_iter().find_map(|country| {
        let rest = digits.strip_prefix(country.calling_code())?;
        // Many write the trunk prefix too: +64 (0)21 ...
        let rest = rest.strip_prefix('0').unwrap_or(rest);
        Some(in_plan(country, rest).ok_or(PhoneProblem::NotInPlan))
    })
}

/// Digits as they are dialled inside the country.
fn national(country: Country, digits: &str) -> Option<Phone> {
    match digits.strip_prefix('0') {
        Some(rest) => in_plan(country, rest),
        None => in_plan(country, digits).filter(|phone| phone.national.starts_with('1')),
    }
}

fn in_plan(country: Country, digits: &str) -> Option<Phone> {
    plan::find(country, digits).map(|range| Phone { country, national: digits.into(), groups: range.groups })
}

#[cfg(test)]
mod oracle;

#[cfg(test)]
mod tests;
