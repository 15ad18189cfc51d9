//! Mails as they are kept, and the links in them.

use gigsta::mail::model::{MAILS, Mail};
use gigsta::mail::sender::PATIENCE;
use gigsta::server::chores::drain_mails;
use gigsta::server::state::AppState;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::doc;

use super::server::Server;

/// The latest mail to somebody.
pub async fn mail_to(db: &Db, email: &str) -> Mail {
    let newest = doc! { "at": -1, "_id": -1 };
    db.collection::<Mail>(MAILS).find_one(doc! { "to": email }).sort(newest).await.unwrap().unwrap()
}

/// The path of a mail's link, which ends when the mail is no longer worth sending.
pub fn path_in(mail: &Mail, server: &Server) -> String {
    assert!(mail.expires_at.is_some_and(|end| end > mail.at), "{mail:?}");
    let link = mail.text.lines().find(|line| line.starts_with("http")).unwrap();
    link.strip_prefix(&server.state.config.base_url).unwrap().to_owned()
}

/// Sends the mails that are due, with all patience.
pub async fn drain(state: &AppState, now: Timestamp) -> mongodb::error::Result<usize> {
    drain_mails(state, now, PATIENCE).await
}
