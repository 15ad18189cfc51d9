//! Limits in words, so that a sentence is built from the constant that it names.

/// A whole number as people read it: `2,000`.
pub fn thousands(number: impl std::fmt::Display) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Bytes in the unit that people read: `10 MB`. What is not a whole number of them is rounded down, so that nobody who keeps to it
/// is refused.
pub fn megabytes(bytes: usize) -> String {
    format!("{} MB", bytes / (1024 * 1024))
}

/// So many hours: `one hour`, `24 hours`.
pub fn hours(count: i64) -> String {
    if count == 1 { "one hour".into() } else { format!("{count} hours") }
}

/// How often: `twice`, `10 times`.
pub fn times(count: usize) -> String {
    match count {
        1 => "once".into(),
        2 => "twice".into(),
        _ => format!("{count} times"),
    }
}

/// A part of a sentence that is put together at compile time.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// What stands as it is.
    Text(&'static str),
    /// A whole number, in digits.
    Number(u64),
}

/// How many bytes the parts are together.
pub const fn length(parts: &[Part]) -> usize {
    let (mut length, mut at) = (0, 0);
    while at < parts.len() {
        length += match parts[at] {
            Part::Text(text) => text.len(),
            Part::Number(number) => digits(number),
        };
        at += 1;
    }
    length
}

/// The parts, one after the other.
pub const fn joined<const LENGTH: usize>(parts: &[Part]) -> [u8; LENGTH] {
    let (mut bytes, mut end, mut at) = ([0; LENGTH], 0, 0);
    while at < parts.len() {
        match parts[at] {
            Part::Text(text) => {
                let mut next = 0;
                while next < text.len() {
                    bytes[end + next] = text.as_bytes()[next];
                    next += 1;
                }
                end += text.len();
            }
            Part::Number(number) => {
                let (mut left, mut place) = (number, digits(number));
                end += place;
                while place > 0 {
                    bytes[end + place - digits(number) - 1] = b'0' + (left % 10) as u8;
                    (left, place) = (left / 10, place - 1);
                }
            }
        }
        at += 1;
    }
    bytes
}

const fn digits(number: u64) -> usize {
    match number.checked_ilog10() {
        Some(log) => log as usize + 1,
        None => 1,
    }
}

/// A constant sentence with numbers in it: `sentence!("It ends within ", SILENCE_HOURS, " hours.")`. Texts and numbers alternate.
macro_rules! sentence {
    ($text:literal $(, $number:expr, $then:literal)* $(,)?) => {{
        use $crate::domain::limit::{Part, joined, length};
        const PARTS: &[Part] = &[Part::Text($text) $(, Part::Number($number as u64), Part::Text($then))*];
        const BYTES: [u8; length(PARTS)] = joined(PARTS);
        const SENTENCE: &str = match std::str::from_utf8(&BYTES) {
            Ok(sentence) => sentence,
            Err(_) => "",
        };
        SENTENCE
    }};
}
pub(crate) use sentence;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_read_as_people_write_them() {
        let numbers = [0, 7, 254, 2000, 12_000, 1_000_000].map(thousands);
        assert_eq!(numbers, ["0", "7", "254", "2,000", "12,000", "1,000,000"]);
        assert_eq!([10 * 1024 * 1024, 1024 * 1024 + 1].map(megabytes), ["10 MB", "1 MB"]);
        assert_eq!([1, 2, 10].map(times), ["once", "twice", "10 times"]);
        assert_eq!([1, 24].map(hours), ["one hour", "24 hours"]);
    }

    #[test]
    fn a_constant_sentence_holds_its_numbers_in_digits() {
        const SENTENCE: &str = sentence!("Kia ora, from ", 0_i64, " to ", 1905, " – ", 7_usize, " times.");
        assert_eq!(SENTENCE, "Kia ora, from 0 to 1905 – 7 times.");
        assert_eq!(sentence!("No number."), "No number.");
    }
}
