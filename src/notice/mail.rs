//! The mail that goes with a notice. Pure.

use super::kinds::Kind;
use super::model::{Notice, Settings};
use super::text::NoticeText;
use super::{quiet, unsubscribe};
use crate::account::model::Account;
use crate::booking::machine::{Booking, TABLE, next_due};
use crate::mail::model::{Mail, MailKind};
use crate::mail::write::{Body, Envelope};
use crate::time::Timestamp;

/// To whom a mail goes, from where, and when it is written.
#[derive(Clone, Copy, Debug)]
pub struct Recipient<'a> {
    /// The address of the marketplace, without a trailing slash.
    pub base_url: &'a str,
    /// Whose it is.
    pub account: &'a Account,
    /// What they have chosen.
    pub settings: &'a Settings,
    /// When it is written.
    pub now: Timestamp,
}

/// The mail of a notice: the same words, the way to the booking's page, and the way out of mails like it.
pub fn mail(notice: &Notice, booking: &Booking, kind: &Kind, notice_text: &NoticeText, recipient: &Recipient) -> Mail {
    let Recipient { base_url, account, settings, now } = *recipient;
    let key = format!("notice:{}", notice.key);
    let envelope = Envelope { key: &key, to: &account.email, base_url, now };
    let end = kind.group.map(|group| unsubscribe::path(account.id, &settings.secret, group));
    let before: Vec<&str> = notice_text.sentences.iter().map(String::as_str).collect();
    let mut foot = vec![("Choose which mails you get", "/account/notices")];
    foot.extend(end.as_deref().map(|path| ("No more mails like this one", path)));
    let link = Some((kind.label, notice.href.as_str()));
    let body = Body { name: &account.name, before: &before, link, foot: &foot, ..Body::default() };
    // Whatever happens next by itself, or the start of the work, would make it come too late.
    let ahead = next_due(TABLE, booking).map(|(_, at)| at).into_iter().chain([booking.state.starts_at]);
    let due = ahead.filter(|at| *at > now).min();
    Mail {
        to_account: Some(account.id.to_hex()),
        unsubscribe: end.as_deref().map(|path| format!("{base_url}{path}")),
        send_at: quiet::send_at(kind.class, settings.quiet, &account.zone, due, now),
        ..envelope.mail(MailKind::Notice(notice.kind.clone()), &notice_text.title, &body)
    }
}
