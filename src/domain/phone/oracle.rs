//! What we take as a number, compared with Google's libphonenumber.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, Type};

use super::*;

/// Beginnings of numbers without the trunk prefix, and how many digits those numbers have in all.
type List = &'static [(Country, &'static [&'static str], RangeInclusive<usize>)];

/// Kinds that libphonenumber knows and that are nobody's own phone: they cost extra, ring everywhere, or only take texts.
const OTHER_KINDS: [Type; 5] = [Type::PremiumRate, Type::Uan, Type::Pager, Type::PersonalNumber, Type::Voip];

/// What else libphonenumber takes and we refuse: the beginnings, and the number of all digits.
const STRICTER: List = &[
    // Mobile numbers longer or shorter than the plan has them, what was for pagers, and Antarctica.
    (NewZealand, &["26"], 8..=10),
    (NewZealand, &["27", "29"], 10..=10),
    (NewZealand, &["240", "275"], 8..=8),
    // Free phone longer or shorter than it is given out.
    (NewZealand, &["508", "80"], 8..=10),
    // Companies' numbers of six digits, with more typed after them or not.
    (Australia, &["13"], 6..=10),
];

/// What we take and libphonenumber refuses: the plan gives these beginnings to a region or to mobile phones. Which blocks
/// behind them are in use changes, and a person whose number is new should not be refused.
const LOOSER: List = &[
    (NewZealand, &["29", "30", "31", "38", "40", "41", "60", "61", "64", "70", "71", "76", "91"], 8..=8),
    (Australia, &["2", "3", "4", "7", "8"], 9..=9),
];

#[test]
fn libphonenumber_takes_the_same_numbers_except_for_those_that_are_listed() {
    let mut met = BTreeSet::new();
    let mut is_listed = |list: List, country: Country, digits: &str| {
        let of_its_length = list.iter().filter(|(of, _, lengths)| *of == country && lengths.contains(&digits.len()));
        let hit = of_its_length.flat_map(|(_, starts, _)| *starts).find(|start| digits.starts_with(**start));
        hit.is_some_and(|start| {
            met.insert(std::ptr::from_ref(start));
            true
        })
    };
    for (country, digits) in samples() {
        let typed = format!("+{}{digits}", country.calling_code());
        let ours = parse(&typed, None).ok();
        let theirs = phonenumber::parse(None, &typed).ok().filter(phonenumber::is_valid);
        match (&ours, theirs) {
            (Some(ours), Some(theirs)) => {
                for mode in [Mode::National, Mode::International, Mode::E164] {
                    let shape = theirs.format().mode(mode).to_string();
                    assert_eq!(parse(&shape, Some(country)).as_ref(), Ok(ours), "{shape}");
                }
            }
            (None, Some(theirs)) => {
                let other = OTHER_KINDS.contains(&theirs.number_type(&DATABASE));
                assert!(other || is_listed(STRICTER, country, &digits), "{typed} is a number");
            }
            (Some(_), None) => assert!(is_listed(LOOSER, country, &digits), "{typed} is no number"),
            (None, None) => {}
        }
    }
    for start in STRICTER.iter().chain(LOOSER).flat_map(|(_, starts, _)| *starts) {
        assert!(met.contains(&std::ptr::from_ref(start)), "{start} is listed for nothing");
    }
}

/// Numbers with every beginning of three digits and every length, in two fillings.
fn samples() -> impl Iterator<Item = (Country, String)> {
    let of = |country, start: u32, length, fill: &str| {
        (country, format!("{start}{fill}").chars().take(length).collect::<String>())
    };
    Country::ALL.into_iter().flat_map(move |country| {
        (100..1000).flat_map(move |start| {
            (5..=11).flat_map(move |length| ["55555555", "12345678"].map(|fill| of(country, start, length, fill)))
        })
    })
}
