//! How much of a thread is unread, in words.

/// The most unread messages that are said as a number.
const MOST_UNREAD: usize = 99;

/// What is said of so many unread messages: `2 new`, `99+ new`; nothing if everything is read.
pub fn unread_text(count: usize) -> Option<String> {
    match count {
        0 => None,
        count if count > MOST_UNREAD => Some(format!("{MOST_UNREAD}+ new")),
        count => Some(format!("{count} new")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_many_are_not_said_as_a_number() {
        assert_eq!(unread_text(2).as_deref(), Some("2 new"));
        assert_eq!(unread_text(100).as_deref(), Some("99+ new"));
        assert_eq!(unread_text(0), None);
    }
}
