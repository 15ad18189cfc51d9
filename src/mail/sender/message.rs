//! From a mail of ours to a message on the wire (RFC 5322, RFC 2045). Pure: the same mail makes the same headers.

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentType, Date, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use sha2::{Digest, Sha256};

use crate::mail::model::Mail;

/// How many hexadecimal digits of the key's hash name a message: 128 bits.
const DIGITS: usize = 32;

/// The message of a mail. Its `Message-ID` follows from the mail's key alone, so that a second delivery is known as one.
///
/// # Errors
/// In words, when it can never be sent, such as for an address that is none.
pub fn build(mail: &Mail, from: &Mailbox) -> Result<Message, String> {
    let to: Address = mail.to.parse().map_err(|_| "The address is none that mail can be sent to.".to_owned())?;
    let millis = u64::try_from(mail.at.0).unwrap_or_default();
    let builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject))
        .header(Date::new(SystemTime::UNIX_EPOCH + Duration::from_millis(millis)))
        .message_id(Some(message_id(&mail.key, from)))
        // Written by a program: whoever is away need not say so (RFC 3834).
        .header(AutoSubmitted);
    let builder = match mail.unsubscribe.as_deref().filter(|address| is_address(address)) {
        Some(address) => builder.header(ListUnsubscribe(format!("<{address}>"))).header(ListUnsubscribePost),
        None => builder,
    };
    let plain = SinglePart::plain(lines(&mail.text));
    let message = if mail.html.is_none() && mail.calendar.is_none() {
        builder.singlepart(plain)
    } else {
        // What comes last is the best of the alternatives; calendars look for theirs there (RFC 6047).
        let mut parts = MultiPart::alternative().singlepart(plain);
        if let Some(html) = &mail.html {
            parts = parts.singlepart(SinglePart::html(lines(html)));
        }
        if let Some(calendar) = &mail.calendar {
            parts = parts.singlepart(calendar_part(calendar)?);
        }
        builder.multipart(parts)
    };
    message.map_err(|error| format!("The message could not be made: {error}."))
}

/// The `Message-ID` of the mail with that key.
pub fn message_id(key: &str, from: &Mailbox) -> String {
    let hash = hex::encode(Sha256::digest(key));
    format!("<{}@{}>", hash.get(..DIGITS).unwrap_or(&hash), from.email.domain())
}

/// The method is said twice, in the object and in the type of the part, and has to be the same.
fn calendar_part(calendar: &str) -> Result<SinglePart, String> {
    let method = calendar.lines().find_map(|line| line.strip_prefix("METHOD:")).unwrap_or("PUBLISH");
    let kind = ContentType::parse(&format!("text/calendar; method={method}; charset=utf-8"));
    let kind = kind.map_err(|_| "The calendar's method is none.".to_owned())?;
    Ok(SinglePart::builder().header(kind).body(lines(calendar)))
}

/// A subject is one line; what a name brings into it of control characters becomes spaces.
fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// A text whose lines all end alike. A bare carriage return must not travel: some servers take it for the end of a line, and
/// so could read another end of the text than we mean.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// An address of the web that can stand between angle brackets.
fn is_address(address: &str) -> bool {
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b','));
    plain && (address.starts_with("https://") || address.starts_with("http://"))
}

/// Headers whose value is fixed or was checked before.
macro_rules! header {
    ($kind:ident, $name:literal, $self:ident => $value:expr) => {
        impl Header for $kind {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Err("only written, never read".into())
            }

            fn display(&$self) -> HeaderValue {
                HeaderValue::dangerous_new_pre_encoded(Self::name(), $value.clone(), $value)
            }
        }
    };
}

#[derive(Clone)]
struct AutoSubmitted;
header!(AutoSubmitted, "Auto-Submitted", self => "auto-generated".to_owned());

/// How mailboxes show a button for it (RFC 2369, RFC 8058).
#[derive(Clone)]
struct ListUnsubscribe(String);
header!(ListUnsubscribe, "List-Unsubscribe", self => self.0.clone());

#[derive(Clone)]
struct ListUnsubscribePost;
header!(ListUnsubscribePost, "List-Unsubscribe-Post", self => "List-Unsubscribe=One-Click".to_owned());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn mail() -> Mail {
        Mail {
            key: "5f:3:0".into(),
            to: "aroha@demo.test".into(),
            to_account: None,
            kind: "accept".to_owned().into(),
            subject: "Hemi has accepted".into(),
            text: "Kia ora\n\nhttps://gigsta.example/bookings/5f\n".into(),
            html: None,
            unsubscribe: None,
            calendar: None,
            at: Timestamp(1_796_511_600_000),
            send_at: Timestamp(1_796_511_600_000),
            expires_at: None,
            about: None,
            sent_at: None,
        }
    }

    fn written(mail: &Mail) -> String {
        let from: Mailbox = "GigSta <hello@gigsta.example>".parse().unwrap();
        String::from_utf8(build(mail, &from).unwrap().formatted()).unwrap()
    }

    /// The header lines of a message, folded ones joined.
    fn head(message: &str) -> Vec<String> {
        let head = message.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
        head.split("\r\n").map(Into::into).collect()
    }

    #[test]
    fn a_mail_says_from_whom_to_whom_when_and_which_one_it_is() {
        let head = head(&written(&mail()));
        for line in [
            "From: GigSta <hello@gigsta.example>",
            "To: aroha@demo.test",
            "Subject: Hemi has accepted",
            "Date: Sat, 05 Dec 2026 23:00:00 +0000",
            "Auto-Submitted: auto-generated",
        ] {
            assert!(head.iter().any(|other| other == line), "{line} in {head:?}");
        }
        let id = head.iter().find(|line| line.starts_with("Message-ID: <")).unwrap();
        assert!(id.ends_with("@gigsta.example>"), "{id}");
        assert!(!head.iter().any(|line| line.starts_with("List-")), "{head:?}");
    }

    #[test]
    fn the_same_mail_has_the_same_message_id_and_another_one_another() {
        let from: Mailbox = "GigSta <hello@gigsta.example>".parse().unwrap();
        assert_eq!(message_id("a", &from), message_id("a", &from));
        assert_ne!(message_id("a", &from), message_id("b", &from));
    }

    #[test]
    fn a_mail_that_may_be_ended_says_how_with_one_click() {
        let unsubscribe = Some("https://gigsta.example/unsubscribe/abc".into());
        let head = head(&written(&Mail { unsubscribe, ..mail() }));
        assert!(
            head.iter().any(|line| line == "List-Unsubscribe: <https://gigsta.example/unsubscribe/abc>"),
            "{head:?}"
        );
        assert!(head.iter().any(|line| line == "List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{head:?}");
    }

    #[test]
    fn text_html_and_calendar_are_alternatives_the_best_last() {
        let calendar = Some("BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n".into());
        let message = written(&Mail { html: Some("<p>Kia ora</p>".into()), calendar, ..mail() });
        let at = |text: &str| message.find(text).unwrap_or_else(|| panic!("{text} in {message}"));
        assert!(at("multipart/alternative") < at("text/plain; charset=utf-8"));
        assert!(at("text/plain; charset=utf-8") < at("text/html; charset=utf-8"));
        assert!(at("text/html; charset=utf-8") < at("text/calendar; method=CANCEL; charset=utf-8"));
    }

    #[test]
    fn nobody_writes_headers_with_what_they_type() {
        let evil = "Hi\r\nBcc: everybody@demo.test\r\n\r\nBuy this\u{0}\u{2028}é";
        let innocent = head(&written(&mail())).len();
        let subject = written(&Mail { subject: evil.into(), ..mail() });
        assert_eq!(head(&subject).len(), innocent, "{subject}");
        assert!(!subject.to_lowercase().contains("\nbcc:"), "{subject}");
        for address in
            ["https://x.test/a\r\nBcc: a@b.nz", "https://x.test/>, <mailto:a@b.nz", "javascript:alert(1)", ""]
        {
            let message = written(&Mail { unsubscribe: Some(address.into()), ..mail() });
            assert_eq!(head(&message).len(), innocent, "{message}");
        }
        let from: Mailbox = "GigSta <hello@gigsta.example>".parse().unwrap();
        for to in ["aroha@demo.test\r\nBcc: a@b.nz", "a@b.nz, c@d.nz", "aroha@demo.test>\r\nDATA", "", "aroha"] {
            assert!(build(&Mail { to: to.into(), ..mail() }, &from).is_err(), "{to}");
        }
        let method = Some("METHOD:REQUEST\"\u{b}X: y".into());
        let made = build(&Mail { calendar: method, ..mail() }, &from);
        assert!(made.is_err() || head(&String::from_utf8(made.unwrap().formatted()).unwrap()).len() <= innocent + 1);
    }

    #[test]
    fn no_line_ends_otherwise_than_lines_of_mails_do() {
        let calendar = Some("BEGIN:VCALENDAR\nEND:VCALENDAR".into());
        let text = "a\n.\nb\r\n.\r\rc\n";
        let message = written(&Mail { text: text.into(), html: Some(text.into()), calendar, ..mail() });
        assert!(!message.replace("\r\n", "").contains(['\r', '\n']), "{message:?}");
    }

    #[test]
    fn every_script_arrives_in_ascii() {
        let message = written(&Mail { subject: "Kōrero 例".into(), text: "Ngā mihi 🌿\n".into(), ..mail() });
        assert!(message.is_ascii(), "{message}");
        assert!(message.contains("Subject: =?utf-8?b?"), "{message}");
    }
}
