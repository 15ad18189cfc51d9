//! Signing up, as it goes over HTTP: from the form to the mail to the account.

use gigsta::account::links;
use gigsta::account::model::Account;
use gigsta::account::store;
use gigsta::mail::model::{MAILS, Mail};
use gigsta::web::db::Db;
use mongodb::bson::{Document, doc};

use crate::support::database::in_database;
use crate::support::mails::{mail_to, path_in};
use crate::support::server::{Answer, Server};

async fn count_mails(db: &Db) -> u64 {
    db.collection::<Mail>(MAILS).count_documents(doc! {}).await.unwrap()
}

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn account(db: &Db, email: &str) -> Option<Account> {
    store::find_by_email(db, email).await.unwrap()
}

const AROHA: &str =
    "name=Aroha+Ngata&email=Aroha%2BJobs%40Example.test&password=rain+on+the+roof&next=%2Fbook%2Fx%3Fday%3D1";

#[tokio::test]
async fn somebody_signs_up_reads_the_mail_and_is_signed_in_where_they_wanted_to_go() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let page = server.get("/sign-in?next=%2Fbook%2Fx", &[]).await;
        assert!(page.body.contains("/sign-up?next=/book/x"), "{}", page.body);
        let sent = server.post("/sign-up", &[], AROHA).await;
        assert_eq!(sent.status, 303, "{sent:?}");
        let page = server.get(sent.header("location"), &[]).await;
        assert!(page.body.contains("Look into your mail") && page.body.contains("aroha+jobs@example.test"), "{page:?}");
        assert!(account(db, "aroha+jobs@example.test").await.is_none(), "not before it is confirmed");

        let mail = mail_to(db, "aroha+jobs@example.test").await;
        assert!(!mail.text.contains("Aroha"), "nothing typed goes to an address that nobody has confirmed");
        let path = path_in(&mail, &server);
        for _ in 0..2 {
            let page = server.get(&path, &[]).await;
            assert_eq!((page.status, page.header("set-cookie")), (200, ""));
            assert!(page.body.contains("aroha+jobs@example.test") && page.body.contains("Aroha Ngata"));
        }
        assert!(account(db, "aroha+jobs@example.test").await.is_none(), "looking at it does nothing");

        let done = server.post(&path, &[], "").await;
        assert_eq!((done.status, done.header("location")), (303, "/book/x?day=1"), "{done:?}");
        let made = account(db, "aroha+jobs@example.test").await.unwrap();
        assert!(made.email_verified && !made.is_admin && made.name == "Aroha Ngata");
        let me = server.get("/account", &[("cookie", &cookie(&done))]).await;
        assert!(me.status == 200 && me.body.contains("aroha+jobs@example.test"));
        let sign_in = "email=aroha%2Bjobs%40example.test&password=rain+on+the+roof";
        assert_eq!(server.post("/sign-in", &[], sign_in).await.status, 303);

        let reused = server.post(&path, &[], "").await;
        assert!(reused.status == 404 && reused.header("set-cookie").is_empty(), "{reused:?}");
        assert!(server.get(&path, &[]).await.body.contains("This link works no longer"));
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_altered_or_old_makes_no_account() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        server.post("/sign-up", &[], AROHA).await;
        let path = path_in(&mail_to(db, "aroha+jobs@example.test").await, &server);
        let last = if path.ends_with('0') { "1" } else { "0" };
        for wrong in [&format!("{}{last}", &path[..path.len() - 1]), "/sign-up/confirm/x", "/sign-up/confirm/%00%24ne"]
        {
            assert_eq!(server.post(wrong, &[], "").await.status, 404, "{wrong}");
        }
        server.state.clock.advance_minutes(24 * 60);
        assert_eq!(server.get(&path, &[]).await.status, 404);
        assert_eq!(server.post(&path, &[], "").await.status, 404);
        assert!(account(db, "aroha+jobs@example.test").await.is_none());
    })
    .await;
}

#[tokio::test]
async fn an_address_with_an_account_gets_the_same_answer_and_another_mail() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        server.account("taken@example.test", "kia-ora-gigsta").await;
        let mut answers = Vec::new();
        for email in ["taken", "fresh"] {
            let form = format!("name=Somebody&email={email}%40example.test&password=rain+on+the+roof");
            let answer = server.post("/sign-up", &[], &form).await;
            let page = server.get(answer.header("location"), &[]).await;
            let mut headers = answer.headers.clone();
            ["x-request-id", "date"].iter().for_each(|name| _ = headers.remove(*name));
            headers.values_mut().for_each(|value| *value = value.replace(email, "whoever"));
            answers.push((answer.status, headers, page.status, page.body.replace(email, "whoever")));
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(mail_to(db, "taken@example.test").await.kind.name(), "already_registered");
        assert_eq!(mail_to(db, "fresh@example.test").await.kind.name(), "verify_email");
        let links = db.collection::<Document>(links::MAIL_LINKS).count_documents(doc! {}).await.unwrap();
        assert_eq!((count_mails(db).await, links), (2, 2), "as much is written for the one as for the other");
        let old = account(db, "taken@example.test").await.unwrap();
        assert_eq!(old.name, "Aroha", "nothing of the account has changed");
    })
    .await;
}

#[tokio::test]
async fn of_two_sign_ups_with_one_address_the_one_that_is_confirmed_counts() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let form = |name: &str| format!("name={name}&email=shared%40example.test&password=password+of+{name}");
        server.post("/sign-up", &[], &form("First")).await;
        let first = path_in(&mail_to(db, "shared@example.test").await, &server);
        server.state.clock.advance_minutes(1);
        server.post("/sign-up", &[], &form("Second")).await;
        let second = path_in(&mail_to(db, "shared@example.test").await, &server);
        assert_ne!(first, second);
        let (one, other) = tokio::join!(server.post(&second, &[], ""), server.post(&second, &[], ""));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404], "one of two presses");
        assert_eq!(server.post(&first, &[], "").await.status, 404, "the other link is used up too");
        let wrong = "email=shared%40example.test&password=password+of+First";
        assert_eq!(server.post("/sign-in", &[], wrong).await.status, 401);
        let right = "email=shared%40example.test&password=password+of+Second";
        assert_eq!(server.post("/sign-in", &[], right).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn the_mail_is_sent_again_on_request_but_not_endlessly() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        server.post("/sign-up", &[], AROHA).await;
        let again = "email=aroha%2Bjobs%40example.test&next=%2F";
        for _ in 0..4 {
            let answer = server.post("/sign-up/again", &[], again).await;
            assert_eq!(answer.status, 303, "{answer:?}");
        }
        assert_eq!(count_mails(db).await, 5);
        let refused = server.post("/sign-up/again", &[], again).await;
        assert_eq!(refused.status, 429);
        assert!(refused.header("retry-after").parse::<u32>().unwrap() > 3000, "{refused:?}");
        assert_eq!(server.post("/sign-up", &[], AROHA).await.status, 429);
        let stranger = server.post("/sign-up/again", &[], "email=nobody%40example.test").await;
        assert_eq!((stranger.status, count_mails(db).await), (303, 5), "the same answer, and no mail");
        let path = path_in(&mail_to(db, "aroha+jobs@example.test").await, &server);
        assert_eq!(server.post(&path, &[], "").await.header("location"), "/book/x?day=1");
    })
    .await;
}

#[tokio::test]
async fn a_sign_up_with_mistakes_keeps_what_was_typed_and_never_the_password() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let form = "name=%3Cscript%3Ex&email=a%40b%40c&password=short&next=%2Fservices";
        let page = server.post("/sign-up", &[], form).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("&lt;script&gt;x") && page.body.contains("a@b@c") && !page.body.contains("short"));
        assert!(page.body.contains("href=\"#email\"") && page.body.contains("href=\"#password\""), "{}", page.body);
        assert!(page.body.contains("value=\"/services\""), "where to go on to is kept");
        assert_eq!(count_mails(db).await, 0);
        let injected = "name=A&email=a%40b.test%0D%0ABcc%3A+c%40d.test&password=rain+on+the+roof";
        assert_eq!(server.post("/sign-up", &[], injected).await.status, 422);
    })
    .await;
}
