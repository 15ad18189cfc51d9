//! The queue of mails and a mail server in every mood: nothing lost, and nothing doubled as far as SMTP allows.

use std::time::{Duration, Instant};

use gigsta::mail::model::{MAILS, Mail};
use gigsta::mail::sender::server::MailServer as Address;
use gigsta::mail::sender::session::{Failure, Session};
use gigsta::mail::sender::{drain, drain_with, message};
use gigsta::mail::store as mails;
use gigsta::mail::write::{Letter, already_registered};
use gigsta::server::db::Db;
use gigsta::server::state::AppState;
use gigsta::time::Timestamp;
use mongodb::bson::{Document, doc};

use crate::support::bookings::NOON;
use crate::support::database::in_database;
use crate::support::server::Server;
use crate::support::smtp::{MailServer, Mode, Whom, closed_port};

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
    already_registered(&Letter { key, to, base_url: "http://x.test", now: at })
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
        assert!(seen.taken[0].contains("\r\nFrom: GigSta <hello@gigsta.example>\r\n") || seen.taken[0].starts_with("From:"));
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
async fn a_server_that_is_down_loses_nothing_and_gets_it_all_when_it_is_back() {
    in_database(async |db| {
        let port = closed_port().await;
        let state = state(db, port).await;
        write(db, 3).await;
        assert_eq!(drain(&state, NOON).await.unwrap(), 0);
        // One mail has paid for finding out; the others have not.
        let tries: Vec<i64> = [stored(db, "mail-000").await, stored(db, "mail-001").await]
            .iter()
            .map(|mail| mail.get_i64("tries").unwrap())
            .collect();
        assert_eq!(tries, [1, 0]);
        let health = mails::queue_health(db).await.unwrap();
        assert_eq!((health.pending, health.dead, health.oldest), (3, 0, Some(NOON.plus_minutes(-3))));
        let (when, words) = health.last_error.unwrap();
        assert!(when >= NOON && words.starts_with("Connecting: "), "{words}");

        let post = MailServer::start_at(port, Mode::Fine).await;
        assert_eq!(drain(&state, NOON).await.unwrap(), 2, "the first waits for its minute");
        assert_eq!(drain(&state, NOON.plus_minutes(2)).await.unwrap(), 1);
        assert_eq!((post.seen().taken.len(), post.seen().distinct()), (3, 3));
        let health = mails::queue_health(db).await.unwrap();
        assert_eq!((health.pending, health.dead, health.oldest, health.last_error), (0, 0, None, None));
    })
    .await;
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up_on_and_the_others_go_later() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Slow).await;
        let state = state(db, post.port).await;
        write(db, 2).await;
        let began = Instant::now();
        assert_eq!(drain_with(&state, NOON, IMPATIENT).await.unwrap(), 0);
        assert!(began.elapsed() >= IMPATIENT);
        let words = mails::queue_health(db).await.unwrap().last_error.unwrap().1;
        assert_eq!(words, "Connecting: no answer within 0.2 seconds");
        post.becomes(Mode::Fine);
        assert_eq!(drain_with(&state, NOON.plus_minutes(1), IMPATIENT * 20).await.unwrap(), 1);
        assert_eq!(drain_with(&state, NOON.plus_minutes(2), IMPATIENT * 20).await.unwrap(), 1);
        assert_eq!(post.seen().distinct(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_recipient_refused_for_now_is_tried_again_and_stands_in_nobodys_way() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Refusing(450, Whom::Some)).await;
        let state = state(db, post.port).await;
        mails::put(db, &mail("greylisted", "refused@demo.test", NOON.plus_minutes(-9))).await.unwrap();
        write(db, 2).await;
        assert_eq!(drain(&state, NOON).await.unwrap(), 2);
        assert_eq!(post.seen().connections, 1, "the line is used again after a refusal");
        let waiting = stored(db, "greylisted").await;
        let wait = waiting.get_i64("send_at").unwrap() - NOON.0;
        assert!((60_000..=90_000).contains(&wait), "a minute and a little: {wait}");
        assert!(waiting.get_str("last_error").unwrap().contains("450"), "{waiting}");
        post.becomes(Mode::Fine);
        assert_eq!(drain(&state, NOON.plus_minutes(2)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_recipient_refused_for_good_is_given_up_at_once_and_can_be_tried_again_by_hand() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Refusing(550, Whom::Some)).await;
        let state = state(db, post.port).await;
        mails::put(db, &mail("gone", "refused@demo.test", NOON.plus_minutes(-9))).await.unwrap();
        mails::put(db, &mail("nonsense", "no address", NOON.plus_minutes(-8))).await.unwrap();
        write(db, 2).await;
        assert_eq!(drain(&state, NOON).await.unwrap(), 2);
        let (dead, next) = mails::dead(db, None).await.unwrap();
        assert_eq!(dead.iter().map(|mail| mail.key.as_str()).collect::<Vec<_>>(), ["nonsense", "gone"]);
        assert!(dead[1].last_error.contains("550") && dead[1].tries == 1 && next.is_none(), "{dead:?}");
        assert_eq!(mails::queue_health(db).await.unwrap().dead, 2);

        assert!(mails::retry(db, "gone", NOON).await.unwrap());
        assert!(!mails::retry(db, "gone", NOON).await.unwrap(), "it is not dead any more");
        assert!(!mails::retry(db, "mail-000", NOON).await.unwrap(), "what was sent is not sent again");
        post.becomes(Mode::Fine);
        assert_eq!(drain(&state, NOON).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_will_have_none_of_us_kills_no_mail() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Closed(554)).await;
        let state = state(db, post.port).await;
        write(db, 2).await;
        assert_eq!(drain(&state, NOON).await.unwrap(), 0);
        assert_eq!((count(db, "pending").await, count(db, "dead").await), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn what_never_succeeds_is_given_up_after_the_last_wait() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Refusing(450, Whom::Everybody)).await;
        let state = state(db, post.port).await;
        write(db, 1).await;
        let mut now = NOON;
        let mut tries = 0;
        while count(db, "pending").await > 0 {
            drain(&state, now).await.unwrap();
            (now, tries) = (now.plus_hours(30), tries + 1);
            assert!(tries < 50, "it never ends");
        }
        assert_eq!(tries, 11);
        assert_eq!(mails::dead(db, None).await.unwrap().0[0].tries, 11);
    })
    .await;
}

#[tokio::test]
async fn a_text_that_was_taken_without_a_word_comes_again_under_the_same_name() {
    in_database(async |db| {
        let post = MailServer::start(Mode::DropAfterData).await;
        let state = state(db, post.port).await;
        write(db, 1).await;
        assert_eq!(drain(&state, NOON).await.unwrap(), 0, "nobody has said that it was taken");
        post.becomes(Mode::Fine);
        assert_eq!(drain(&state, NOON.plus_minutes(2)).await.unwrap(), 1);
        assert_eq!(drain(&state, NOON.plus_hours(99)).await.unwrap(), 0);
        let seen = post.seen();
        assert_eq!((seen.taken.len(), seen.distinct()), (2, 1), "{:?}", seen.ids());
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
async fn a_text_with_dots_where_lines_begin_arrives_whole() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let state = state(db, post.port).await;
        let text = "Kia ora\n.\nRSET\n..\n.hidden\n";
        mails::put(db, &Mail { text: text.into(), ..mail("dots", "aroha@demo.test", NOON) }).await.unwrap();
        assert_eq!(drain(&state, NOON).await.unwrap(), 1);
        let taken = post.seen().taken;
        assert_eq!(taken.len(), 1);
        assert!(taken[0].ends_with(&text.replace('\n', "\r\n")), "{:?}", taken[0]);
    })
    .await;
}

#[tokio::test]
async fn an_address_in_another_script_is_refused_where_the_server_cannot() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let state = state(db, post.port).await;
        let built = message::build(&mail("x", "例@例子.nz", NOON), &state.config.mail_from).unwrap();
        let mut session = Session::open(Some(&at(post.port)), IMPATIENT * 20).await.unwrap();
        assert!(matches!(session.send(&built).await, Err(Failure::Refused(_))));
    })
    .await;
}

#[tokio::test]
async fn a_server_that_stops_takes_on_no_more_mails() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let state = state(db, post.port).await;
        write(db, 2).await;
        state.draining.begin();
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
