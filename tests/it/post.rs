//! The queue of mails and a mail server in every mood: nothing lost, and nothing doubled as far as SMTP allows.

mod moods;

use std::time::{Duration, Instant};

use gigsta::mail::model::{MAILS, Mail};
use gigsta::mail::sender::message;
use gigsta::mail::sender::server::MailServer as Address;
use gigsta::mail::sender::session::Session;
use gigsta::mail::store as mails;
use gigsta::mail::write::{Envelope, already_registered};
use gigsta::server::state::AppState;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::{Document, doc};

use crate::support::bookings::NOON;
use crate::support::database::in_database;
use crate::support::mails::drain;
use crate::support::server::Server;
use crate::support::smtp::{MailServer, Mode};

/// Short, because the server of a test is next door.
const IMPATIENT: Duration = Duration::from_millis(200);

/// The marketplace with a mail server at that port.
async fn state(db: &Db, port: u16) -> AppState {
    let server = Server::start(db, |config| config.smtp = Some(at(port))).await;
    server.state
}

fn at(port: u16) -> Address {
    Address::parse(&format!("smtp://127.0.0.1:{port}")).unwrap()
}

fn mail(key: &str, to: &str, at: Timestamp) -> Mail {
    already_registered(&Envelope { key, to, base_url: "http://x.test", now: at })
}

/// So many mails, written a minute apart up to noon.
async fn write(db: &Db, count: i64) {
    for number in 0..count {
        let key = format!("mail-{number:03}");
        mails::put(db, &mail(&key, "aroha@demo.test", NOON.plus_minutes(number - count))).await.unwrap();
    }
}

async fn stored(db: &Db, key: &str) -> Document {
    db.collection::<Document>(MAILS).find_one(doc! { "_id": key }).await.unwrap().unwrap()
}

async fn count(db: &Db, status: &str) -> u64 {
    db.collection::<Document>(MAILS).count_documents(doc! { "status": status }).await.unwrap()
}

#[tokio::test]
async fn without_a_mail_server_mails_are_kept_and_none_leaves_when_there_is_one_later() {
    in_database(async |db| {
        write(db, 3).await;
        let server = Server::start(db, |_| ()).await;
        assert_eq!(drain(&server.state, NOON).await.unwrap(), 0);
        assert_eq!(count(db, "kept").await, 3);
        let post = MailServer::start(Mode::Fine).await;
        assert_eq!(drain(&state(db, post.port).await, NOON).await.unwrap(), 0);
        assert_eq!(post.seen().connections, 0, "nothing to say, nobody called");
    })
    .await;
}

#[tokio::test]
async fn mails_that_are_due_go_out_on_one_line_and_once() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let state = state(db, post.port).await;
        write(db, 5).await;
        let tomorrow = Mail { send_at: NOON.plus_hours(9), ..mail("night", "aroha@demo.test", NOON) };
        mails::put(db, &tomorrow).await.unwrap();
        assert_eq!(drain(&state, NOON).await.unwrap(), 5);
        assert_eq!(drain(&state, NOON).await.unwrap(), 0);
        let seen = post.seen();
        assert_eq!((seen.taken.len(), seen.distinct(), seen.connections), (5, 5, 1));
        assert!(
            seen.taken[0].contains("\r\nFrom: GigSta <hello@gigsta.example>\r\n") || seen.taken[0].starts_with("From:")
        );
        assert!(seen.taken[0].contains("To: aroha@demo.test\r\n"), "{}", seen.taken[0]);
        // The same mail written again changes nothing, and what was not due before is due now.
        write(db, 5).await;
        assert_eq!(drain(&state, NOON.plus_hours(9)).await.unwrap(), 1);
        assert_eq!((count(db, "sent").await, count(db, "pending").await), (6, 0));
        let first = stored(db, "mail-000").await;
        assert!(first.get_i64("sent_at").unwrap() >= NOON.0);
    })
    .await;
}

#[tokio::test]
async fn two_senders_at_once_send_each_mail_once() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let (one, other) = (state(db, post.port).await, state(db, post.port).await);
        write(db, 60).await;
        let (a, b) = tokio::join!(drain(&one, NOON), drain(&other, NOON));
        assert_eq!(a.unwrap() + b.unwrap(), 60);
        let seen = post.seen();
        assert_eq!((seen.taken.len(), seen.distinct()), (60, 60));
    })
    .await;
}

#[tokio::test]
async fn a_sender_killed_before_it_could_write_what_it_did_is_followed_under_the_same_name() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let state = state(db, post.port).await;
        write(db, 1).await;
        // What the first sender does up to the moment it is killed.
        let claimed = mails::claim(db, NOON, NOON.plus_minutes(10)).await.unwrap().unwrap();
        let built = message::build(&claimed.mail, &state.config.mail_from).unwrap();
        let mut session = Session::open(Some(&at(post.port)), IMPATIENT * 20).await.unwrap();
        session.send(&built).await.unwrap();
        drop(session);
        assert_eq!(drain(&state, NOON.plus_minutes(9)).await.unwrap(), 0, "its lease runs");
        assert_eq!(drain(&state, NOON.plus_minutes(10)).await.unwrap(), 1);
        let seen = post.seen();
        assert_eq!((seen.taken.len(), seen.distinct()), (2, 1));
        // Should it live after all, it has no say any more.
        assert!(!mails::sent(db, &claimed, NOON).await.unwrap());
        assert!(!mails::again(db, &claimed, "x", NOON, NOON).await.unwrap());
        assert!(!mails::give_up(db, &claimed, "x", NOON).await.unwrap());
        assert_eq!(count(db, "sent").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_came_too_late_to_be_of_use_is_not_sent() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let state = state(db, post.port).await;
        let late = Mail { expires_at: Some(NOON), ..mail("late", "aroha@demo.test", NOON.plus_hours(-24)) };
        mails::put(db, &late).await.unwrap();
        assert_eq!(drain(&state, NOON).await.unwrap(), 0);
        assert_eq!((count(db, "dead").await, post.seen().connections), (1, 0));
        assert!(mails::retry(db, "late", NOON).await.unwrap());
        assert_eq!(drain(&state, NOON).await.unwrap(), 1, "whoever retries it has decided");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_stops_takes_on_no_more_mails() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let state = state(db, post.port).await;
        write(db, 2).await;
        state.draining.cancel();
        assert_eq!(drain(&state, NOON).await.unwrap(), 0);
        assert_eq!(count(db, "pending").await, 2);
    })
    .await;
}

#[tokio::test]
async fn five_hundred_mails_go_out_on_one_line() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let state = state(db, post.port).await;
        write(db, 500).await;
        let began = Instant::now();
        assert_eq!(drain(&state, NOON).await.unwrap(), 500);
        let took = began.elapsed();
        eprintln!("500 mails in {took:?}: {:.0} a second", 500.0 / took.as_secs_f64());
        let seen = post.seen();
        assert_eq!((seen.distinct(), seen.connections), (500, 1));
    })
    .await;
}
