//! Mails that leave late: after quiet hours, or when the mail server is back.

use gigsta::booking::machine::Role;
use gigsta::booking::store as bookings;
use gigsta::mail::model::MAILS;
use gigsta::mail::sender::server::MailServer as Address;
use gigsta::mail::store::{claim, give_up, retry};
use gigsta::notice::quiet::Quiet;
use gigsta::notice::store;
use gigsta::server::state::AppState;
use gigsta::time::{Timestamp, parse};
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use super::Street;
use crate::support::bookings::decided;
use crate::support::database::in_database;
use crate::support::mails::drain;
use crate::support::server::Server;
use crate::support::smtp::{MailServer, Mode};

/// A street where the provider sleeps from ten to six, at eleven; and the same marketplace with a mail server.
async fn at_night(db: &Db, post: &MailServer) -> (Street, AppState) {
    let mut street = Street::new(db).await;
    let id = ObjectId::parse_str(&street.provider.party.id).unwrap();
    store::choose(db, id, &[], Some(Quiet { from_minute: 22 * 60, to_minute: 6 * 60 })).await.unwrap();
    street.now = parse("2026-12-06T22:00", "Pacific/Auckland").unwrap();
    let address = Address::parse(&format!("smtp://127.0.0.1:{}", post.port)).unwrap();
    (street, Server::start(db, |config| config.smtp = Some(address)).await.state)
}

fn morning() -> Timestamp {
    parse("2026-12-07T06:00", "Pacific/Auckland").unwrap()
}

/// Does something an hour later, writes it and tells it.
async fn write(street: &mut Street, role: Role, action: &str) {
    let done = decided(&street.booking, role, action, &[], street.now.plus_hours(1));
    bookings::apply(&street.server.state.db, &street.booking, done, None).await.unwrap();
    street.happen(role, action, &[]).await;
}

async fn kinds(db: &Db, status: &str) -> Vec<String> {
    let kinds = db.collection::<Document>(MAILS).distinct("kind", doc! { "status": status }).await.unwrap();
    kinds.into_iter().map(|kind| kind.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_waited_for_the_morning_leaves_if_it_is_still_so() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let (mut street, state) = at_night(db, &post).await;
        write(&mut street, Role::Customer, "request").await;
        assert_eq!(drain(&state, street.now.plus_hours(1)).await.unwrap(), 0, "it is night");
        assert_eq!(drain(&state, morning()).await.unwrap(), 1);
        assert_eq!(kinds(db, "sent").await, ["request"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_over_by_the_morning_is_dropped_and_is_no_failure() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let (mut street, state) = at_night(db, &post).await;
        write(&mut street, Role::Customer, "request").await;
        write(&mut street, Role::Customer, "withdraw").await;
        assert_eq!(drain(&state, morning()).await.unwrap(), 1);
        assert_eq!(
            (kinds(db, "sent").await, kinds(db, "stale").await),
            (vec!["withdraw".into()], vec!["request".into()])
        );
        assert!(kinds(db, "dead").await.is_empty() && kinds(db, "pending").await.is_empty());
        assert_eq!(drain(&state, morning().plus_hours(24)).await.unwrap(), 0);
        assert_eq!(post.seen().taken.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_an_admin_tries_again_is_sent_without_another_look() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let (mut street, state) = at_night(db, &post).await;
        write(&mut street, Role::Customer, "request").await;
        let mail = claim(db, morning(), morning().plus_minutes(1)).await.unwrap().unwrap();
        give_up(db, &mail, "Mailbox full.", morning()).await.unwrap();
        write(&mut street, Role::Customer, "withdraw").await;
        assert!(retry(db, &mail.mail.key, morning()).await.unwrap());
        assert_eq!(drain(&state, morning()).await.unwrap(), 2);
        assert!(kinds(db, "sent").await.contains(&"request".to_owned()) && kinds(db, "stale").await.is_empty());
    })
    .await;
}
