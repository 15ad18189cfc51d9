//! Phone numbers of New Zealand and Australia, in the shapes in which people type them. Pure: values in, values out.
//!
//! The number plans: New Zealand's Number Administration Deed (Number Allocation and Numbering Resources, www.nad.org.nz) and
//! the Australian Telecommunications Numbering Plan 2015 (ACMA). The international form is that of ITU-T E.164.

use super::country::Country;

/// Numbers that begin with one of these, without the trunk prefix 0, and how many digits they have.
struct Range {
    country: Country,
    prefixes: &'static [&'static str],
    lengths: std::ops::RangeInclusive<usize>,
    /// Where the readable form has its spaces: digits of the first group, then of the second.
    groups: (usize, usize),
}

const fn range(
    country: Country,
    prefixes: &'static [&'static str],
    from: usize,
    to: usize,
    groups: (usize, usize),
) -> Range {
    Range { country, prefixes, lengths: from..=to, groups }
}

use Country::{Australia, NewZealand};

const PLAN: &[Range] = &[
    // New Zealand: area codes with seven digits (090 is for paid services), mobile networks, free phone.
    range(NewZealand, &["3", "4", "6", "7"], 8, 8, (1, 3)),
    range(NewZealand, &["91", "92", "93", "94", "95", "96", "97", "98", "99"], 8, 8, (1, 3)),
    range(NewZealand, &["20", "22", "28"], 9, 10, (2, 3)),
    range(NewZealand, &["21"], 8, 10, (2, 3)),
    range(NewZealand, &["27"], 9, 9, (2, 3)),
    range(NewZealand, &["29"], 8, 9, (2, 3)),
    range(NewZealand, &["508"], 9, 9, (3, 3)),
    range(NewZealand, &["800"], 9, 10, (3, 3)),
    // Australia: area codes with eight digits (no number begins 080 or 081), mobiles, and those without a trunk prefix.
    range(Australia, &["2", "3", "7"], 9, 9, (1, 4)),
    range(Australia, &["82", "83", "84", "85", "86", "87", "88", "89"], 9, 9, (1, 4)),
    range(Australia, &["4"], 9, 9, (3, 3)),
    range(Australia, &["1300", "1800"], 10, 10, (4, 3)),
];

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

/// Why something is no phone number of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneProblem {
    /// Nothing was typed.
    Missing,
    /// There is something in it that is no digit.
    NotDigits,
    /// It begins with the code of another country.
    OtherCountry,
    /// No number of either country has this beginning and this length.
    NotInPlan,
    /// Both countries have such a number.
    Ambiguous,
}

impl PhoneProblem {
    /// A stable name.
    pub fn code(self) -> &'static str {
        match self {
            PhoneProblem::Missing => "phone_missing",
            PhoneProblem::NotDigits => "phone_not_digits",
            PhoneProblem::OtherCountry => "phone_other_country",
            PhoneProblem::NotInPlan => "phone_unknown",
            PhoneProblem::Ambiguous => "phone_ambiguous",
        }
    }

    /// What is wrong and what to do.
    pub fn message(self) -> &'static str {
        match self {
            PhoneProblem::Missing => "Enter your phone number.",
            PhoneProblem::NotDigits => {
                "A phone number has digits, spaces and perhaps a + in front. Leave out everything else, such as an extension."
            }
            PhoneProblem::OtherCountry => {
                "Only numbers of New Zealand (+64) and Australia (+61) can be used. Enter one of these."
            }
            PhoneProblem::NotInPlan => {
                "There is no such number: a digit too many or too few, perhaps. Enter it with its area code, \
                 such as 021 555 0142 or +61 491 570 156."
            }
            PhoneProblem::Ambiguous => "Both New Zealand and Australia have such a number. Begin it with +64 or +61.",
        }
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
    let fits = |range: &&Range| {
        let begins = range.prefixes.iter().any(|prefix| digits.starts_with(prefix));
        range.country == country && begins && range.lengths.contains(&digits.len())
    };
    PLAN.iter().find(fits).map(|range| Phone { country, national: digits.into(), groups: range.groups })
}

#[cfg(test)]
mod oracle;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_understood_in_the_shapes_in_which_people_type_them() {
        for (typed, home, readable) in [
            ("021 555 0142", Some(NewZealand), "+64 21 555 0142"),
            ("0215550142", Some(NewZealand), "+64 21 555 0142"),
            ("021-555-0142", Some(NewZealand), "+64 21 555 0142"),
            ("021.555.0142", Some(NewZealand), "+64 21 555 0142"),
            ("+64 21 555 0142", None, "+64 21 555 0142"),
            ("+64 (0)21 555 0142", None, "+64 21 555 0142"),
            ("0064 21 555 0142", None, "+64 21 555 0142"),
            ("0011 64 21 555 0142", None, "+64 21 555 0142"),
            ("64215550142", None, "+64 21 555 0142"),
            ("021 555 014", None, "+64 21 555 014"),
            ("021 5550 1425", None, "+64 21 5550 1425"),
            ("(04) 123 4567", None, "+64 4 123 4567"),
            ("(04)123\u{2013}4567", Some(Australia), "+64 4 123 4567"),
            ("0800 123 456", None, "+64 800 123 456"),
            ("0508 123 456", None, "+64 508 123 456"),
            ("+61 491 570 156", None, "+61 491 570 156"),
            ("0061 491 570 156", None, "+61 491 570 156"),
            ("0491-570-156", None, "+61 491 570 156"),
            ("0491 570 156", Some(NewZealand), "+61 491 570 156"),
            ("(02) 7010 1234", Some(Australia), "+61 2 7010 1234"),
            ("03 7010 1234", None, "+61 3 7010 1234"),
            ("+61 (0)8 7010 1234", None, "+61 8 7010 1234"),
            ("1300 975 707", None, "+61 1300 975 707"),
            (" +61\u{a0}1800 975 711 ", None, "+61 1800 975 711"),
        ] {
            let phone = parse(typed, home).unwrap_or_else(|problem| panic!("{typed}: {problem:?}"));
            assert_eq!(phone.readable(), readable, "{typed}");
            assert_eq!(phone.e164(), readable.replace(' ', ""), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_of_ours_is_refused_with_its_reason() {
        use PhoneProblem::*;
        for (typed, problem) in [
            ("", Missing),
            ("   ", Missing),
            ("+", NotDigits),
            ("call me", NotDigits),
            ("021 555 0142 ext 5", NotDigits),
            ("٠٢١٥٥٥٠١٤٢", NotDigits),
            ("021+5550142", NotDigits),
            ("+44 20 7946 0018", OtherCountry),
            ("00 1 202 555 0101", OtherCountry),
            ("021 555", NotInPlan),
            ("021 555 0142 999", NotInPlan),
            ("21 555 0142", NotInPlan),
            ("111", NotInPlan),
            ("+64 900 12345", NotInPlan),
            ("+61 491 570 15", NotInPlan),
            ("+64", NotInPlan),
            ("021 555 0142", Ambiguous),
            ("(02) 7010 1234", Ambiguous),
        ] {
            assert_eq!(parse(typed, None), Err(problem), "{typed}");
        }
    }

    /// How long numbers with each beginning of two digits are, written down a second time, to be read beside the plan.
    fn lengths(country: Country, beginning: u8) -> &'static [usize] {
        match (country, beginning) {
            (NewZealand, 20 | 22 | 28) => &[9, 10],
            (NewZealand, 21) => &[8, 9, 10],
            (NewZealand, 27) => &[9],
            (NewZealand, 29) => &[8, 9],
            (NewZealand, 30..=49 | 60..=79 | 91..=99) => &[8],
            (Australia, 20..=49 | 70..=79 | 82..=89) => &[9],
            _ => &[],
        }
    }

    #[test]
    fn every_beginning_has_its_lengths_and_no_others() {
        for country in Country::ALL {
            for beginning in 10..100 {
                for length in 2..=15 {
                    // 5 belongs to no longer prefix of the plan.
                    let typed = format!("+{}{beginning}{}", country.calling_code(), "5".repeat(length - 2));
                    let expected = lengths(country, beginning).contains(&length);
                    assert_eq!(parse(&typed, None).is_ok(), expected, "{typed} with {length} digits");
                }
            }
        }
        for (start, fine) in [("+64508", 6..=6), ("+64800", 6..=7), ("+611300", 6..=6), ("+611800", 6..=6)] {
            for more in 0..=12 {
                let typed = format!("{start}{}", "5".repeat(more));
                assert_eq!(parse(&typed, None).is_ok(), fine.contains(&more), "{typed}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_stored_reads_as_the_same_number_again(typed in "[+0-9 ()-]{0,18}", nz in any::<bool>()) {
            let home = Some(if nz { NewZealand } else { Australia });
            if let Ok(phone) = parse(&typed, home) {
                prop_assert_eq!(parse(&phone.readable(), None), Ok(phone.clone()));
                prop_assert_eq!(parse(&phone.e164(), None), Ok(phone));
            }
        }

        #[test]
        fn no_input_makes_it_fall_over(typed in any::<String>()) {
            _ = parse(&typed, None);
        }
    }
}
