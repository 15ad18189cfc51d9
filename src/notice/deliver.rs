//! From an entry of the outbox to the notices and mails of people.

use mongodb::bson::oid::ObjectId;

use super::kinds::{self, Kind, Occasion};
use super::mail::{self as notice_mail, Recipient};
use super::model::{Notice, Settings};
use super::text::{self, NoticeContext, NoticeText};
use super::{store, truth};
use crate::account::model::Account;
use crate::account::store::Which;
use crate::booking::delivery::Delivery;
use crate::booking::machine::clocks::ReminderKind;
use crate::booking::machine::effects::Effect;
use crate::booking::machine::names;
use crate::booking::machine::outbox::{Addressee, OutboxEntry, OutboxKind};
use crate::booking::machine::{Booking, Role, TABLE};
use crate::mail::model::{About, Mail};
use crate::time::Timestamp;
use crate::web::db::Db;
use crate::web::kit::Site;
use crate::{calendar, mail};

/// The most admins that are notified.
const MOST_ADMINS: i64 = 50;

/// Notifies whom the entry is for, once however often it is called: what is written is keyed by the entry's key and the person.
///
/// # Errors
/// When the database fails; then it may be called again.
pub async fn deliver(
    db: &Db,
    site: &Site,
    booking: &Booking,
    entry: &OutboxEntry,
    now: Timestamp,
) -> mongodb::error::Result<Delivery> {
    if !truth::still_true(booking, entry, now) {
        return Ok(Delivery::Stale);
    }
    let ids: Vec<_>;
    let (which, is_admin) = match &entry.to {
        Some(Addressee::Admins) => (Which::Admins(MOST_ADMINS), true),
        _ => {
            ids = parties(booking, entry).iter().filter_map(|id| ObjectId::parse_str(id).ok()).collect();
            (Which::Ids(&ids), false)
        }
    };
    for (account, settings) in &store::recipients(db, which).await? {
        let role = match (booking.role_of(&account.id.to_hex(), false), is_admin) {
            (Some(role), false) => role,
            (None, true) => Role::Admin,
            // Whoever has a part in the booking is notified as that, and only once.
            (Some(_), true) | (None, false) => continue,
        };
        let kind = kinds::find(occasion(booking, entry), role);
        let notice_text = text::of(kind, &NoticeContext { booking, entry, to: role, zone: &account.zone });
        let notice = notice(booking, entry, account, &notice_text);
        let recipient = Recipient { base_url: &site.base_url, account, settings, now };
        let mut mail = notice_mail::mail(&notice, booking, kind, &notice_text, &recipient);
        let guest = calendar::Guest { role, email: &account.email };
        mail.calendar = calendar::attachment(site, booking, guest, &entry.action_name, now);
        let (id, key) = (booking.id.clone(), notice.key.clone());
        // A notice that comes late, of what happened long ago, is not news.
        mail.at = entry.at;
        mail.about = Some(About { booking: id, notice: key, entry: serde_json::to_value(entry).ok() });
        keep(db, &notice, kind, &mail, settings).await?;
    }
    Ok(Delivery::Done)
}

/// Keeps a notice and its mail, unless its reader wants no mails like it. Again, it changes nothing.
///
/// # Errors
/// When the database fails; then it may be called again.
pub async fn keep(
    db: &Db,
    notice: &Notice,
    kind: &Kind,
    mail: &Mail,
    settings: &Settings,
) -> mongodb::error::Result<()> {
    let muted = kind.group.is_some_and(|group| settings.muted.contains(&group));
    if !muted {
        // The mail first: a notice that is there has had its mail.
        mail::store::put(db, mail).await?;
    }
    store::put(db, notice).await
}

/// The accounts of the booking's two that an entry is for.
fn parties<'a>(booking: &'a Booking, entry: &OutboxEntry) -> Vec<&'a str> {
    let both = [(Role::Customer, &booking.customer), (Role::Provider, &booking.provider)];
    let wanted = |role: Role, id: &str| match &entry.to {
        Some(to) => to.as_str() == id,
        // An invitation is for both, but who is notified of the completion reads of the review there: one event, one message.
        None => !booking.state.reviews.contains_key(role.name()) && !is_notified(booking, entry, role),
    };
    both.into_iter().filter(|(role, party)| wanted(*role, &party.id)).map(|(_, party)| party.id.as_str()).collect()
}

/// Whether the event behind the entry notifies that side anyway.
fn is_notified(booking: &Booking, entry: &OutboxEntry, role: Role) -> bool {
    let context = NoticeContext { booking, entry, to: role, zone: "" };
    let actor = context.event().map(|event| event.actor);
    let effects = TABLE.row(&entry.action_name).map_or(&[][..], |row| row.effects);
    effects.iter().any(|effect| match effect {
        Effect::TellCustomer => role == Role::Customer,
        Effect::TellProvider => role == Role::Provider,
        Effect::TellOther => actor != Some(role),
        _ => false,
    })
}

/// What the entry tells of, as the table of kinds knows it.
pub(super) fn occasion<'a>(booking: &Booking, entry: &'a OutboxEntry) -> Occasion<'a> {
    let action_name = entry.action_name.as_str();
    match entry.kind {
        OutboxKind::InviteReviews => Occasion::Invitation,
        OutboxKind::Reminder => {
            ReminderKind::from_name(action_name).map_or(Occasion::Action(action_name), Occasion::Reminder)
        }
        OutboxKind::Notice
        | OutboxKind::AuthorisePayment
        | OutboxKind::SettlePayment
        | OutboxKind::Strike
        | OutboxKind::UpdateRatings => {
            let publishes = action_name == names::REVIEW && booking.state.reviews_published_at.is_some();
            if publishes { Occasion::Published } else { Occasion::Action(action_name) }
        }
    }
}

fn notice(booking: &Booking, entry: &OutboxEntry, account: &Account, notice_text: &NoticeText) -> Notice {
    let to = account.id.to_hex();
    Notice {
        key: format!("{}:{to}", entry.key),
        to,
        kind: occasion(booking, entry).name().into(),
        booking: Some(booking.id.clone()),
        href: format!("/bookings/{}", booking.id),
        title: notice_text.title.clone(),
        text: notice_text.sentences.join(" "),
        at: entry.at,
        unread: Some(true),
        read_at: None,
    }
}
