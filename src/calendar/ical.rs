//! Writing iCalendar text (RFC 5545, 3.1 and 3.3.11): lines folded at 75 octets, text escaped.

use std::fmt::Write;

use crate::time::Timestamp;

/// The most octets of a line, its end not counted.
const MAX_LINE_BYTES: usize = 75;

/// An iCalendar object under construction.
#[derive(Clone, Debug, Default)]
pub struct Ical(String);

impl Ical {
    /// A line whose value is none of people's words: a date, a number, an address of ours.
    pub fn line(&mut self, name: &str, value: &str) -> &mut Self {
        self.fold(&format!("{name}:{}", value.replace(char::is_control, "")))
    }

    /// A line whose value is text.
    pub fn text(&mut self, name: &str, value: &str) -> &mut Self {
        let mut line = format!("{name}:");
        for character in value.chars() {
            match character {
                '\\' | ';' | ',' => line.extend(['\\', character]),
                '\n' => line.push_str("\\n"),
                // Nothing else that is unseen may stand in a text; a tab would be allowed and helps nobody.
                other if other.is_control() => {}
                other => line.push(other),
            }
        }
        self.fold(&line)
    }

    /// An instant in UTC.
    pub fn instant(&mut self, name: &str, at: Timestamp) -> &mut Self {
        self.line(name, &at.compact_utc())
    }

    /// A person: their name and their address, which have to be none of anybody else's business.
    pub fn person(&mut self, name: &str, common_name: &str, address: &str) -> &mut Self {
        // A parameter knows no escape for a quotation mark (RFC 5545, 3.2).
        let mut quoted = common_name.replace('"', "'");
        quoted.retain(|character| !character.is_control());
        self.line(&format!("{name};CN=\"{quoted}\""), &format!("mailto:{address}"))
    }

    /// The finished text.
    pub fn finish(&mut self) -> String {
        std::mem::take(&mut self.0)
    }

    fn fold(&mut self, line: &str) -> &mut Self {
        let mut remaining_bytes = MAX_LINE_BYTES;
        for character in line.chars() {
            if character.len_utf8() > remaining_bytes {
                self.0.push_str("\r\n ");
                remaining_bytes = MAX_LINE_BYTES - 1;
            }
            self.0.push(character);
            remaining_bytes -= character.len_utf8();
        }
        _ = self.0.write_str("\r\n");
        self
    }
}

#[cfg(test)]
mod tests {
    use icalendar::parser::{read_calendar, unfold};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_escaped_and_an_instant_is_in_utc() {
        let mut ical = Ical::default();
        ical.text("SUMMARY", "a\\b; c, d\r\ne\u{0}").instant("DTSTART", Timestamp(1_796_511_600_000));
        assert_eq!(ical.finish(), "SUMMARY:a\\\\b\\; c\\, d\\ne\r\nDTSTART:20261205T230000Z\r\n");
    }

    #[test]
    fn a_name_ends_neither_its_parameter_nor_its_line() {
        let mut ical = Ical::default();
        ical.person("ATTENDEE", "A\":x\r\nX-EVIL:1", "a@demo.test");
        assert_eq!(ical.finish(), "ATTENDEE;CN=\"A':xX-EVIL:1\":mailto:a@demo.test\r\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

        #[test]
        fn whatever_is_written_is_read_again_and_no_line_is_too_long(text in "\\PC{0,200}|[\\x00-\\x7f]{0,200}") {
            let mut ical = Ical::default();
            ical.line("BEGIN", "VCALENDAR").line("BEGIN", "VEVENT").text("DESCRIPTION", &text);
            let written = ical.line("END", "VEVENT").line("END", "VCALENDAR").finish();
            for line in written.split("\r\n") {
                prop_assert!(line.len() <= MAX_LINE_BYTES, "{line}");
                prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            }
            let unfolded = unfold(&written);
            let calendar = read_calendar(&unfolded).map_err(TestCaseError::fail)?;
            prop_assert_eq!(calendar.components.len(), 1);
            let event = &calendar.components[0];
            prop_assert_eq!(event.properties.len(), 1);
            let kept: String = text.chars().filter(|character| *character == '\n' || !character.is_control()).collect();
            prop_assert_eq!(event.properties[0].val.as_str(), kept);
        }
    }
}
