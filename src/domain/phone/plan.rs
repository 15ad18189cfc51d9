//! The number plans: which beginnings there are, and how long their numbers are.

use crate::domain::country::Country::{self, Australia, NewZealand};

/// Numbers that begin with one of these, without the trunk prefix 0, and how many digits they have.
pub(super) struct Range {
    country: Country,
    prefixes: &'static [&'static str],
    lengths: std::ops::RangeInclusive<usize>,
    /// Where the readable form has its spaces: digits of the first group, then of the second.
    pub groups: (usize, usize),
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

/// The range of a number's digits, without the trunk prefix 0; nothing if there is no such number.
pub(super) fn find(country: Country, digits: &str) -> Option<&'static Range> {
    PLAN.iter().find(|range| {
        let begins = range.prefixes.iter().any(|prefix| digits.starts_with(prefix));
        range.country == country && begins && range.lengths.contains(&digits.len())
    })
}
