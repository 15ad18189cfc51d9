//! Telling somebody that there is something to read: once, until they have read it.
//!
//! The key is that of the first message they have not read, so ten messages in a row are one notice and one mail. Neither
//! repeats a word of them: a mail cannot hide again what may not be seen yet.

use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use super::{path, send, store};
use crate::account::store as accounts;
use crate::booking::machine::{Booking, Role};
use crate::error::AppError;
use crate::mail::model::Mail;
use crate::mail::store as mails;
use crate::server::context::RequestContext;
use crate::server::db::Db;
use crate::time::Timestamp;

/// The collection of notices.
const NOTICES: &str = "notices";
/// The kind of such a notice and its mail.
const KIND: &str = "message";

/// The key of what somebody is told of, from their first unread message on.
fn key(booking: ObjectId, first_unread: ObjectId, account: &str) -> String {
    format!("message:{}:{}:{account}", booking.to_hex(), first_unread.to_hex())
}

/// Tells everybody who has not read what somebody in that role wrote; called again, it changes nothing.
///
/// # Errors
/// When the database is away; then it may be called again.
pub(super) async fn tell(ctx: &RequestContext, booking: &Booking, author: Role) -> Result<(), AppError> {
    let db = &ctx.state.db;
    let id = ObjectId::parse_str(&booking.id).map_err(|_| AppError::fault())?;
    let from = booking.party(author).map_or("GigSta", |party| party.name.as_str());
    for (_, party) in send::readers(booking, author) {
        let Some(first) = store::first_unread(db, id, &party.id).await? else {
            continue;
        };
        let key = key(id, first, &party.id);
        let href = format!("{}#new", path(&booking.id));
        let title = format!("New message from {from}");
        let about = format!("{}, {}", booking.service.title, booking.reference);
        let notice = doc! {
            "to": &party.id, "kind": KIND, "booking": &booking.id, "href": &href, "title": &title, "text": &about,
            "at": ctx.now.0, "unread": true,
        };
        put_notice(db, &key, notice).await?;
        let account = ObjectId::parse_str(&party.id).map_err(|_| AppError::fault())?;
        if let Some(account) = accounts::find(db, account).await? {
            let link = format!("{}{href}", ctx.state.config.base_url);
            mails::put(db, &mail(&key, &account.email, &party.name, from, &about, &link, ctx.now)).await?;
        }
    }
    Ok(())
}

/// Notes that somebody has seen what they were told of.
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
    let unseen = doc! { "_id": key(booking, first_unread, account), "read_at": null };
    let read = doc! { "$set": { "read_at": now.0 }, "$unset": { "unread": "" } };
    notices(db).update_one(unseen, read).await.map(|_| ())
}

async fn put_notice(db: &Db, key: &str, notice: Document) -> mongodb::error::Result<()> {
    notices(db).update_one(doc! { "_id": key }, doc! { "$setOnInsert": notice }).upsert(true).await.map(|_| ())
}

fn notices(db: &Db) -> mongodb::Collection<Document> {
    db.collection(NOTICES)
}

fn mail(key: &str, to: &str, name: &str, from: &str, about: &str, link: &str, now: Timestamp) -> Mail {
    let lines = [
        &format!("Kia ora {name},"),
        "",
        &format!("{from} has written to you about your booking:"),
        about,
        "",
        "Read it and answer here:",
        "",
        link,
        "",
        "You get no other mail about this booking's messages before you have read them.",
        "",
        "Kind regards",
        "GigSta",
        "",
    ];
    let subject = format!("New message from {from}").replace(['\r', '\n'], " ");
    Mail { key: key.into(), to: to.into(), kind: KIND.into(), subject, text: lines.join("\n"), at: now, sent_at: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mail_has_one_link_alone_on_a_line_and_a_subject_of_one_line() {
        let link = "https://gigsta.example/bookings/1/messages#new";
        let mail = mail("k", "a@demo.test", "Aroha", "Hemi\nBcc: x", "Lawn mowing, GS-1", link, Timestamp(0));
        assert_eq!(mail.text.lines().filter(|line| line.contains("https://")).collect::<Vec<_>>(), [link]);
        assert_eq!(mail.subject, "New message from Hemi Bcc: x");
    }
}
