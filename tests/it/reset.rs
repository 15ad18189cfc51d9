//! A forgotten password: who asks learns nothing, the link works once, and everybody else is signed out.

use crate::support::database::in_database;
use crate::support::mails::{mail_to, path_in};
use crate::support::server::{Answer, Server};

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn sign_in(server: &Server, password: &str) -> Answer {
    server.post("/sign-in", &[], &format!("email=aroha%40demo.test&password={password}")).await
}

#[tokio::test]
async fn a_mailed_link_changes_the_password_once_and_ends_every_session() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        server.account("aroha@demo.test", "kia-ora-gigsta").await;
        let session = cookie(&sign_in(&server, "kia-ora-gigsta").await);
        assert!(server.get("/sign-in", &[]).await.body.contains("href=\"/forgot-password\""));
        let sent = server.post("/forgot-password", &[], "email=Aroha%40demo.test").await;
        assert_eq!(sent.status, 303, "{sent:?}");
        assert!(server.get(sent.header("location"), &[]).await.body.contains("Look into your mail"));
        let first = path_in(&mail_to(db, "aroha@demo.test").await, &server);
        server.state.clock.advance_minutes(1);
        server.post("/forgot-password", &[], "email=aroha%40demo.test").await;
        let path = path_in(&mail_to(db, "aroha@demo.test").await, &server);
        for _ in 0..2 {
            assert!(server.get(&path, &[]).await.body.contains("Choose a new password"));
        }
        let short = server.post(&path, &[], "password=short").await;
        assert!(short.status == 422 && short.body.contains("at least 10 letters"), "{short:?}");
        assert_eq!(server.get("/account", &[("cookie", &session)]).await.status, 200, "nothing has happened yet");

        let done = server.post(&path, &[], "password=rain+on+the+roof").await;
        assert_eq!(done.status, 303, "{done:?}");
        assert!(server.get(done.header("location"), &[]).await.body.contains("Your password is changed"));
        assert_eq!(server.get("/account", &[("cookie", &session)]).await.status, 303, "signed out everywhere");
        assert_eq!(sign_in(&server, "kia-ora-gigsta").await.status, 401);
        assert_eq!(sign_in(&server, "rain+on+the+roof").await.status, 303);
        assert_eq!(mail_to(db, "aroha@demo.test").await.kind.name(), "password_changed");
        for used in [&path, &first] {
            let again = server.post(used, &[], "password=another+long+one").await;
            assert!(again.status == 404 && again.body.contains("This link works no longer"), "{again:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_old_or_altered_link_changes_nothing() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        server.account("aroha@demo.test", "kia-ora-gigsta").await;
        server.post("/forgot-password", &[], "email=aroha%40demo.test").await;
        let path = path_in(&mail_to(db, "aroha@demo.test").await, &server);
        let last = if path.ends_with('0') { "1" } else { "0" };
        let altered = format!("{}{last}", &path[..path.len() - 1]);
        assert_eq!(server.post(&altered, &[], "password=rain+on+the+roof").await.status, 404);
        assert_eq!(server.get("/reset-password/x", &[]).await.status, 404);
        server.state.clock.advance_minutes(60);
        assert_eq!(server.post(&path, &[], "password=rain+on+the+roof").await.status, 404);
        assert_eq!(sign_in(&server, "kia-ora-gigsta").await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn whether_an_address_has_an_account_is_told_to_its_owner_only_and_not_endlessly() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        server.account("aroha@demo.test", "kia-ora-gigsta").await;
        let mut answers = Vec::new();
        for name in ["aroha", "nobody"] {
            let answer = server.post("/forgot-password", &[], &format!("email={name}%40demo.test")).await;
            let page = server.get(answer.header("location"), &[]).await;
            answers.push((answer.status, answer.header("location").replace(name, "x"), page.body.replace(name, "x")));
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(mail_to(db, "aroha@demo.test").await.kind.name(), "reset_password");
        assert_eq!(mail_to(db, "nobody@demo.test").await.kind.name(), "no_account");
        for _ in 0..4 {
            server.post("/forgot-password", &[], "email=nobody%40demo.test").await;
        }
        let refused = server.post("/forgot-password", &[], "email=nobody%40demo.test").await;
        assert!(refused.status == 429 && refused.body.contains("nobody@demo.test"), "{refused:?}");
        let wrong = server.post("/forgot-password", &[], "email=a%40b%40c").await;
        assert!(wrong.status == 422 && wrong.body.contains("a@b@c"), "{wrong:?}");
    })
    .await;
}
