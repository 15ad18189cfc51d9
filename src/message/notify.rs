//! Notifies somebody of unread messages: once, until they have read it.
//!
//! The key is that of the first message they have not read, so ten messages in a row are one notice and one mail. Neither
//! repeats a word of them: a mail cannot hide again what may not be seen yet.

use mongodb::bson::oid::ObjectId;

use super::access::path;
use super::{rules, store};
use crate::account::store::Which;
use crate::booking::machine::{Booking, Role};
use crate::error::AppError;
use crate::mail::model::About;
use crate::notice::kinds::{Class, Group, Kind, Occasion};
use crate::notice::mail::{self as notice_mail, Recipient};
use crate::notice::model::Notice;
use crate::notice::text::NoticeText;
use crate::notice::{deliver, store as notices};
use crate::time::Timestamp;
use crate::web::context::RequestContext;
use crate::web::db::Db;

/// The kind of a notice about unread messages.
const KIND: Kind = Kind {
    on: Occasion::Message,
    to: Role::Customer,
    group: Some(Group::Messages),
    class: Class::CanWait,
    title: "",
    sentences: &[],
    label: "Read and answer",
};

/// The key of the notice to somebody, from their first unread message on.
fn key(booking: ObjectId, first_unread: ObjectId, account: &str) -> String {
    format!("message:{}:{}:{account}", booking.to_hex(), first_unread.to_hex())
}

/// Informs everybody who has not read what somebody in that role wrote; called again, it changes nothing.
///
/// # Errors
/// When the database is away; then it may be called again.
pub(super) async fn notify(ctx: &RequestContext, booking: &Booking, author: Role) -> Result<(), AppError> {
    let db = &ctx.kit.db;
    let id = ObjectId::parse_str(&booking.id).map_err(|_| AppError::fault())?;
    let from = booking.party(author).map_or("GigSta", |party| party.name.as_str());
    for (_, party) in rules::readers(booking, author) {
        let Some(first) = store::first_unread(db, id, &party.id).await? else {
            continue;
        };
        let account = ObjectId::parse_str(&party.id).map_err(|_| AppError::fault())?;
        let found = notices::recipients(db, Which::Ids(&[account])).await?;
        let Some((account, settings)) = found.into_iter().next() else {
            continue;
        };
        let notice_text = notice_text(from, booking);
        let notice = Notice {
            key: key(id, first, &party.id),
            to: party.id.clone(),
            kind: KIND.on.name().into(),
            booking: Some(booking.id.clone()),
            href: format!("{}#new", path(&booking.id)),
            title: notice_text.title.clone(),
            text: notice_text.sentences.join(" "),
            at: ctx.now,
            unread: Some(true),
            read_at: None,
        };
        let base_url = &ctx.kit.site.base_url;
        let recipient = Recipient { base_url, account: &account, settings: &settings, now: ctx.now };
        let mut mail = notice_mail::mail(&notice, booking, &KIND, &notice_text, &recipient);
        mail.about = Some(About { booking: booking.id.clone(), notice: notice.key.clone(), entry: None });
        deliver::keep(db, &notice, &KIND, &mail, &settings).await?;
    }
    Ok(())
}

fn notice_text(from: &str, booking: &Booking) -> NoticeText {
    let about = format!("{from} has written to you about {}, {}.", booking.service.title, booking.reference);
    let once = "You are not told of further messages about this booking before you have read these.";
    NoticeText { title: format!("New message from {from}"), sentences: vec![about, once.into()] }
}

/// Notes that somebody has seen what a notice is about.
///
/// # Errors
/// When the database fails.
pub(super) async fn seen(
    db: &Db,
    booking: ObjectId,
    first_unread: ObjectId,
    account: &str,
    now: Timestamp,
) -> mongodb::error::Result<()> {
    notices::mark_seen(db, account, &key(booking, first_unread, account), now).await
}
