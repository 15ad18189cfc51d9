//! Phone numbers: groups of digits near each other that together have the shape of a number.

use std::ops::Range;

use crate::domain::business_number;
use crate::domain::country::Country;

/// What may stand between the groups of one number.
const SEPARATORS: &str = " .-()/_,*·–+\u{a0}\u{200d}";
/// The most of it between two groups, as in `021 - 555`.
const MOST_BETWEEN: usize = 3;
/// Digits as words.
const WORDS: [(&str, char); 11] = [
    ("zero", '0'),
    ("oh", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
];
/// After one of these even a number without its area code is one.
const ASKING: [&str; 12] =
    ["call", "cell", "mob", "mobile", "ph", "phone", "ring", "tel", "text", "txt", "whatsapp", "sms"];
/// How many words later it still counts: "call me on".
const NEAR: usize = 3;

/// The most digits of a phone number (ITU-T E.164, 6.1), of which a business number has fewer.
const MOST_DIGITS: usize = 15;

/// Digits that stand together.
#[derive(Clone, Debug)]
struct Group {
    span: Range<usize>,
    digits: String,
    /// Whether a plus stands before it.
    plus: bool,
}

/// Where phone numbers stand, in order.
pub(super) fn spans(text: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in runs(text, groups(text)) {
        let asked_for = |first: &Group| is_asked_for(text, first.span.start);
        let local = is_local(&run) && run.first().is_some_and(asked_for) || is_pair(text, &run);
        if let (Some(first), Some(last), true) = (run.first(), run.last(), local) {
            found.push(whole(text, first, last));
            continue;
        }
        let mut at = 0;
        while at < run.len() {
            let start = Start::of(&run[at..]);
            let business = start.longest(is_business_number);
            let phone = start.longest(is_phone).filter(|_| business.is_none());
            if let Some(count) = phone {
                found.push(whole(text, &run[at], &run[at + count - 1]));
            }
            at += business.or(phone).unwrap_or(1);
        }
    }
    found
}

/// The groups that one number can begin with: no more of them than it can have digits, since each has at least one.
struct Start {
    /// Whether a plus stands before the first.
    plus: bool,
    /// All their digits.
    digits: String,
    /// How many digits there are up to the end of each group.
    ends: Vec<usize>,
}

impl Start {
    /// Up to the next plus, which begins another number.
    fn of(groups: &[Group]) -> Self {
        let mut start =
            Self { plus: false, digits: String::with_capacity(MOST_DIGITS), ends: Vec::with_capacity(MOST_DIGITS) };
        for (place, group) in groups.iter().enumerate() {
            let ends = place > 0 && group.plus || start.digits.len() + group.digits.len() > MOST_DIGITS;
            if ends {
                break;
            }
            start.plus |= group.plus;
            start.digits.push_str(&group.digits);
            start.ends.push(start.digits.len());
        }
        start
    }

    /// The largest number of groups whose digits, behind a plus or not, fit.
    fn longest(&self, fits: fn(&str, bool) -> bool) -> Option<usize> {
        let whole = |end: &usize| self.digits.get(..*end).is_some_and(|digits| fits(digits, self.plus));
        self.ends.iter().rposition(whole).map(|place| place + 1)
    }
}

/// Whether these digits are a phone number with its area or country code.
fn is_phone(digits: &str, plus: bool) -> bool {
    let follows = |from: &str, fits: &str| {
        digits.strip_prefix(from).and_then(|rest| rest.chars().next()).is_some_and(|next| fits.contains(next))
    };
    let lengths = match () {
        () if plus => 8..=MOST_DIGITS,
        () if follows("00", "123456789") => 10..=MOST_DIGITS,
        () if follows("0", "23456789") => 9..=11,
        () if digits.starts_with("1300") || digits.starts_with("1800") => 10..=10,
        () if follows("64", "23456789") => 10..=12,
        () if follows("61", "23478") => 11..=11,
        () => return false,
    };
    lengths.contains(&digits.len())
}

/// Whether these digits are an ABN or an NZBN: every 89th phone number without its plus could be one; then it is one.
fn is_business_number(digits: &str, plus: bool) -> bool {
    let country = match digits.len() {
        11 => Country::Australia,
        13 => Country::NewZealand,
        _ => return false,
    };
    !plus && !digits.starts_with('0') && business_number::check(country, digits).is_ok()
}

/// Whether a whole run is a number without its area code: New Zealand's 555 0142, Australia's 9876 5432.
fn is_local(run: &[Group]) -> bool {
    let digits: usize = run.iter().map(|group| group.digits.len()).sum();
    (7..=8).contains(&digits) && run.iter().all(|group| group.digits.len() > 2)
}

/// Whether a whole run is Australia's 9876 5432, and neither years nor prices.
fn is_pair(text: &[char], run: &[Group]) -> bool {
    let [first, second] = run else {
        return false;
    };
    let long = first.digits.len() == 4 && second.digits.len() == 4;
    let blank = text.get(first.span.end..second.span.start) == Some(&[' ']);
    let price = first.span.start.checked_sub(1).and_then(|before| text.get(before)) == Some(&'$');
    long && blank && !price && first.digits.starts_with(['3', '4', '5', '6', '7', '8', '9'])
}

/// The groups of digits. An `o` beside digits is meant as a zero, and digits can be words.
fn groups(text: &[char]) -> Vec<Group> {
    let character_at = |at: usize| text.get(at).copied().unwrap_or(' ');
    let before = |at: usize| at.checked_sub(1).map_or(' ', character_at);
    let mut groups = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        let plus = before(start) == '+' || before(start) == '(' && start >= 2 && before(start - 1) == '+';
        if let Some((length, digit)) = word(text, at) {
            at += length;
            groups.push(Group { span: start..at, digits: digit.into(), plus });
            continue;
        }
        let mut digits = String::new();
        loop {
            let character = character_at(at);
            // `o21`, `5o5`, `55o`; but an o before a zero only ends a word.
            let is_zero = matches!(character, 'o' | 'O')
                && match digits.is_empty() {
                    true => matches!(character_at(at + 1), '1'..='9') && !before(at).is_alphanumeric(),
                    false => !character_at(at + 1).is_alphabetic(),
                };
            match character {
                '0'..='9' => digits.push(character),
                _ if is_zero => digits.push('0'),
                _ => break,
            }
            at += 1;
        }
        if digits.is_empty() {
            at += 1;
        } else {
            groups.push(Group { span: start..at, digits, plus });
        }
    }
    groups
}

/// The length of a word for a digit that stands here by itself, and the digit.
fn word(text: &[char], at: usize) -> Option<(usize, char)> {
    let free = at.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|before| !before.is_alphanumeric());
    if !free {
        return None;
    }
    let length = text.get(at..)?.iter().take_while(|character| character.is_alphanumeric()).count();
    let word = lower(text.get(at..at + length)?);
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, digit)| (length, *digit))
}

/// Groups that stand near each other. A date is none, and parts those around it.
fn runs(text: &[char], groups: Vec<Group>) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = vec![Vec::new()];
    let mut at = 0;
    while at < groups.len() {
        if is_date(text, &groups[at..]) {
            at += 3;
            runs.push(Vec::new());
            continue;
        }
        let group = groups[at].clone();
        let near = |last: &Group| {
            let between = text.get(last.span.end..group.span.start).unwrap_or_default();
            between.len() <= MOST_BETWEEN && between.iter().all(|character| SEPARATORS.contains(*character))
        };
        match runs.last_mut() {
            Some(run) if run.last().is_none_or(near) => run.push(group),
            _ => runs.push(vec![group]),
        }
        at += 1;
    }
    runs
}

/// Whether a date begins here: `5/12/2026`, `05-12-2026`, `5/12/26`, `2026-12-05`, with one sign between its three parts.
fn is_date(text: &[char], groups: &[Group]) -> bool {
    let [first, second, third, ..] = groups else {
        return false;
    };
    let sign = |left: &Group, right: &Group| match text.get(left.span.end..right.span.start) {
        Some([sign @ ('/' | '-' | '.')]) => Some(*sign),
        _ => None,
    };
    let same = sign(first, second).is_some() && sign(first, second) == sign(second, third);
    let number = |group: &Group, most: u32| {
        group.digits.len() <= 2 && group.digits.parse::<u32>().is_ok_and(|value| (1..=most).contains(&value))
    };
    let year =
        |group: &Group| group.digits.len() == 4 && (group.digits.starts_with("19") || group.digits.starts_with("20"));
    let short_year = sign(first, second) == Some('/') && third.digits.len() == 2;
    let day_first = number(first, 31) && number(second, 12) && (year(third) || short_year);
    let year_first = year(first) && number(second, 12) && number(third, 31);
    same && !first.plus && (day_first || year_first)
}

/// Whether one of the few words before says that a number follows.
fn is_asked_for(text: &[char], start: usize) -> bool {
    let from = start.saturating_sub(40);
    let before: String = text.get(from..start).unwrap_or_default().iter().collect();
    before.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).rev().take(NEAR).any(
        |word| {
            let word = word.to_lowercase();
            ASKING.contains(&word.as_str())
        },
    )
}

/// From the plus or bracket before the first group to the end of the last one.
fn whole(text: &[char], first: &Group, last: &Group) -> Range<usize> {
    let opening = text.get(..first.span.start).unwrap_or_default();
    let signs = opening.iter().rev().take_while(|character| matches!(character, '+' | '(')).take(2).count();
    first.span.start - signs..last.span.end
}

fn lower(characters: &[char]) -> String {
    characters.iter().flat_map(|character| character.to_lowercase()).collect()
}
