//! A mail server in every mood.

use std::time::Instant;

use gigsta::mail::model::Mail;
use gigsta::mail::sender::message;
use gigsta::mail::sender::session::{Failure, Session};
use gigsta::mail::store as mails;
use gigsta::server::chores::drain_mails;

use super::{Address, IMPATIENT, at, count, mail, state, stored, write};
use crate::support::bookings::NOON;
use crate::support::database::in_database;
use crate::support::mails::drain;
use crate::support::server::Server;
use crate::support::smtp::{MailServer, Mode, Whom, closed_port};

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
        assert_eq!(drain_mails(&state, NOON, IMPATIENT).await.unwrap(), 0);
        assert!(began.elapsed() >= IMPATIENT);
        let words = mails::queue_health(db).await.unwrap().last_error.unwrap().1;
        assert_eq!(words, "Connecting: no answer within 0.2 seconds");
        post.becomes(Mode::Fine);
        assert_eq!(drain_mails(&state, NOON.plus_minutes(1), IMPATIENT * 20).await.unwrap(), 1);
        assert_eq!(drain_mails(&state, NOON.plus_minutes(2), IMPATIENT * 20).await.unwrap(), 1);
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
async fn a_server_that_wants_a_password_gets_it_and_a_wrong_one_kills_no_mail() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let address = |password: &str| format!("smtp://aroha%40x.nz:{password}@127.0.0.1:{}", post.port);
        let with = async |password: &str| {
            let server = Server::start(db, |config| config.smtp = Some(Address::parse(&address(password)).unwrap()));
            server.await.state
        };
        write(db, 1).await;
        assert_eq!(drain(&with("wrong").await, NOON).await.unwrap(), 0);
        assert_eq!((count(db, "pending").await, post.seen().taken.len()), (1, 0));
        let words = mails::queue_health(db).await.unwrap().last_error.unwrap().1;
        assert!(words.starts_with("Signing in: ") && !words.contains("wrong"), "{words}");
        assert_eq!(drain(&with("p%3Aw").await, NOON.plus_minutes(2)).await.unwrap(), 1);
        assert_eq!(post.seen().signed_in, ["\0aroha@x.nz\0wrong", "\0aroha@x.nz\0p:w"]);
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
async fn a_text_with_dots_where_lines_begin_arrives_whole() {
    in_database(async |db| {
        let post = MailServer::start(Mode::Fine).await;
        let state = state(db, post.port).await;
        let text = "Kia ora\n.\nRSET\n..\n.hidden\n";
        mails::put(db, &Mail { text: text.into(), html: None, ..mail("dots", "aroha@demo.test", NOON) }).await.unwrap();
        assert_eq!(drain(&state, NOON).await.unwrap(), 1);
        let taken = post.seen().taken;
        assert_eq!(taken.len(), 1);
        assert!(taken[0].trim_end().ends_with(text.replace('\n', "\r\n").trim_end()), "{:?}", taken[0]);
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
