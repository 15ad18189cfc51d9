//! What the mails say: plain text, short lines, each link alone on a line.
//!
//! A mail to an address that nobody has confirmed yet repeats nothing that was typed, or others could write through us.

use super::model::Mail;
use crate::time::Timestamp;

/// The envelope of a mail.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// What it is the one mail for.
    pub key: &'a str,
    /// To whom, one address.
    pub to: &'a str,
    /// The address of the marketplace, without a trailing slash.
    pub base_url: &'a str,
    /// When it is written.
    pub now: Timestamp,
}

impl Letter<'_> {
    fn mail(&self, kind: &str, subject: &str, lines: &[&str]) -> Mail {
        let mut text = lines.join("\n");
        text.push_str("\n\nKind regards\nGigSta\n");
        Mail {
            key: self.key.into(),
            to: self.to.into(),
            to_account: None,
            kind: kind.into(),
            subject: subject.into(),
            text,
            html: None,
            unsubscribe: None,
            calendar: None,
            at: self.now,
            send_at: self.now,
            expires_at: None,
            sent_at: None,
        }
    }

    fn link(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

/// Asks to confirm the address; the account is made by doing so.
pub fn verify_email(letter: &Letter, token: &str) -> Mail {
    let link = letter.link(&format!("/sign-up/confirm/{token}"));
    let lines = [
        "Kia ora,",
        "",
        "please confirm that this is your e-mail address. Your account is made then.",
        "",
        &link,
        "",
        "The link works once, for 24 hours.",
        "If you did not sign up at GigSta, do nothing: without you there is no account.",
    ];
    letter.mail("verify_email", "Confirm your e-mail address", &lines)
}

/// Tells somebody who signs up that they have an account.
pub fn already_registered(letter: &Letter) -> Mail {
    let link = letter.link("/sign-in");
    let lines = [
        "Kia ora,",
        "",
        "somebody, probably you, wanted to sign up with this e-mail address. It has an account already.",
        "Sign in here:",
        "",
        &link,
        "",
        "If that was not you, do nothing. Your account and its password are as they were.",
    ];
    letter.mail("already_registered", "You have an account already", &lines)
}

/// Asks a guest to go on with a request.
pub fn guest_request(letter: &Letter, token: &str) -> Mail {
    let link = letter.link(&format!("/book/continue/{token}"));
    let lines = [
        "Kia ora,",
        "",
        "you are one step away from sending your request. Look at it and send it here:",
        "",
        &link,
        "",
        "The link works once, for 24 hours.",
        "If you did not ask for anything at GigSta, do nothing: nothing was sent.",
    ];
    letter.mail("guest_request", "Finish your request", &lines)
}

/// Tells an applicant that the application has arrived.
pub fn provider_submitted(letter: &Letter, name: &str) -> Mail {
    let link = letter.link("/onboarding");
    let lines = [
        &format!("Kia ora {name},"),
        "",
        "your application as a GigSta has arrived. We look at it within two working days and write to you then.",
        "You see where it stands here:",
        "",
        &link,
    ];
    letter.mail("provider_submitted", "Your application has arrived", &lines)
}

/// Tells an applicant that they may begin.
pub fn provider_approved(letter: &Letter, name: &str) -> Mail {
    let link = letter.link("/provider/services");
    let lines = [
        &format!("Kia ora {name},"),
        "",
        "you are a GigSta now. Publish your first service, and people near you can find it:",
        "",
        &link,
    ];
    letter.mail("provider_approved", "You are a GigSta", &lines)
}

/// Tells an applicant that they were not approved, and why.
pub fn provider_rejected(letter: &Letter, name: &str, reason: &str) -> Mail {
    let link = letter.link("/onboarding");
    let lines = [
        &format!("Kia ora {name},"),
        "",
        "we could not approve your application. The reason:",
        "",
        reason,
        "",
        "You can change your details and send it again:",
        "",
        &link,
    ];
    letter.mail("provider_rejected", "Your application was not approved", &lines)
}

/// Asks an applicant for something more.
pub fn provider_more_asked(letter: &Letter, name: &str, question: &str) -> Mail {
    let link = letter.link("/onboarding");
    let lines = [
        &format!("Kia ora {name},"),
        "",
        "we have a question about your application:",
        "",
        question,
        "",
        "Answer it here:",
        "",
        &link,
    ];
    letter.mail("provider_more_asked", "A question about your application", &lines)
}

/// Tells a provider that they receive no new requests, and why.
pub fn provider_suspended(letter: &Letter, name: &str, reason: &str) -> Mail {
    let link = letter.link("/bookings");
    let lines = [
        &format!("Kia ora {name},"),
        "",
        "your services are not shown at the moment, and you receive no new requests. The reason:",
        "",
        reason,
        "",
        "Bookings that you have already go on as agreed:",
        "",
        &link,
    ];
    letter.mail("provider_suspended", "Your services are not shown at the moment", &lines)
}

/// Tells a provider that they receive requests again.
pub fn provider_reinstated(letter: &Letter, name: &str) -> Mail {
    let link = letter.link("/provider");
    let lines = [
        &format!("Kia ora {name},"),
        "",
        "your services are shown again, and people can send you requests:",
        "",
        &link,
    ];
    letter.mail("provider_reinstated", "Your services are shown again", &lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: Letter = Letter {
        key: "verify:1",
        to: "aroha@demo.test",
        base_url: "https://gigsta.example",
        now: Timestamp(1_796_511_600_000),
    };

    fn all() -> Vec<Mail> {
        let (token, name) = ("0123abcd", "Aroha");
        vec![
            verify_email(&LETTER, token),
            already_registered(&LETTER),
            guest_request(&LETTER, token),
            provider_submitted(&LETTER, name),
            provider_approved(&LETTER, name),
            provider_rejected(&LETTER, name, "The number belongs to another business."),
            provider_more_asked(&LETTER, name, "Which licence do you hold?"),
            provider_suspended(&LETTER, name, "Three complaints in a week."),
            provider_reinstated(&LETTER, name),
        ]
    }

    #[test]
    fn the_mails_say_what_they_say() {
        let written =
            all().into_iter().map(|mail| format!("[{}]\nSubject: {}\n\n{}", mail.kind, mail.subject, mail.text));
        insta::assert_snapshot!(written.collect::<Vec<_>>().join("\n--\n"));
    }

    #[test]
    fn every_mail_has_one_link_alone_on_a_line_and_absolute() {
        for mail in all() {
            let links: Vec<_> = mail.text.lines().filter(|line| line.contains("https://")).collect();
            assert_eq!(links.len(), 1, "{}", mail.kind);
            assert!(links[0].starts_with(LETTER.base_url) && !links[0].contains(' '), "{links:?}");
            assert!(!mail.subject.contains(['\r', '\n']), "{}", mail.subject);
        }
    }
}
