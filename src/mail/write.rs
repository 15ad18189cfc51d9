//! What the mails say: a text of short lines, each link alone on one, and the same as HTML.
//!
//! A mail to an address that nobody has confirmed yet repeats nothing that was typed, or others could write through us.

mod account;
mod html;
mod provider;
#[cfg(test)]
mod tests;

use super::model::{Mail, MailKind};
use crate::time::Timestamp;

pub use account::{
    already_registered, guest_request, no_account, password_changed, reset_password, verify_email, welcome,
};
pub use provider::{
    provider_approved, provider_more_asked, provider_reinstated, provider_rejected, provider_submitted,
    provider_suspended,
};

/// The envelope of a mail.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// What it is the one mail for.
    pub key: &'a str,
    /// To whom, one address.
    pub to: &'a str,
    /// The address of the marketplace, without a trailing slash.
    pub base_url: &'a str,
    /// When it is written.
    pub now: Timestamp,
}

/// What a mail says, once for text and HTML.
#[derive(Clone, Copy, Debug, Default)]
pub struct Body<'a> {
    /// Whom it greets; nobody where no name is known or may be repeated.
    pub name: &'a str,
    /// Paragraphs before the link.
    pub before: &'a [&'a str],
    /// The one thing to do: what it is called, and the path of its page. A page shows; only what is sent from it acts.
    pub link: Option<(&'a str, &'a str)>,
    /// Paragraphs after the link.
    pub after: &'a [&'a str],
    /// Small print below the greetings: a sentence and the path that belongs to it.
    pub foot: &'a [(&'a str, &'a str)],
}

impl Envelope<'_> {
    /// The mail of a kind.
    pub fn mail(&self, kind: MailKind, subject: &str, body: &Body) -> Mail {
        // A subject is one line of the mail's head, whatever somebody called their service.
        let subject: String = subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        Mail {
            key: self.key.into(),
            to: self.to.into(),
            to_account: None,
            kind,
            text: self.text(body),
            html: Some(html::document(self.base_url, &subject, body)),
            subject,
            unsubscribe: None,
            at: self.now,
            send_at: self.now,
            calendar: None,
            expires_at: None,
            about: None,
            sent_at: None,
        }
    }

    fn text(&self, body: &Body) -> String {
        let mut parts = vec![greeting(body.name)];
        parts.extend(body.before.iter().map(|&paragraph| paragraph.to_owned()));
        parts.extend(body.link.map(|(label, path)| format!("{label}:\n{}{path}", self.base_url)));
        parts.extend(body.after.iter().map(|&paragraph| paragraph.to_owned()));
        parts.push("Kind regards\nGigSta".into());
        let foot = body.foot.iter().map(|(sentence, path)| format!("{sentence}:\n{}{path}", self.base_url));
        if !body.foot.is_empty() {
            // What follows such a line is small print to every mail program.
            parts.push(format!("-- \n{}", foot.collect::<Vec<_>>().join("\n")));
        }
        parts.join("\n\n") + "\n"
    }
}

fn greeting(name: &str) -> String {
    if name.is_empty() { "Kia ora,".into() } else { format!("Kia ora {name},") }
}
