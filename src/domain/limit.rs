//! Limits in words, so that a sentence is built from the constant that it names.

/// A whole number as people read it: `2,000`.
pub fn thousands(number: usize) -> String {
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

/// How often: `twice`, `10 times`.
pub fn times(count: usize) -> String {
    match count {
        1 => "once".into(),
        2 => "twice".into(),
        _ => format!("{count} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_read_as_people_write_them() {
        let numbers = [0, 7, 254, 2000, 12_000, 1_000_000].map(thousands);
        assert_eq!(numbers, ["0", "7", "254", "2,000", "12,000", "1,000,000"]);
        assert_eq!([10 * 1024 * 1024, 1024 * 1024 + 1].map(megabytes), ["10 MB", "1 MB"]);
        assert_eq!([1, 2, 10].map(times), ["once", "twice", "10 times"]);
    }
}
