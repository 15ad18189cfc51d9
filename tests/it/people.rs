//! People: signing up, profiles, and becoming a provider, as they go over HTTP.

use std::sync::{Arc, Mutex};

use crate::support::bookings::NOON;
use crate::support::database::in_database;
use crate::support::server::Server;
use gigsta::account::links;
use gigsta::account::model::Account;
use gigsta::account::store::{self, Created};
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;

const KIND: &str = "sign_up";

#[tokio::test]
async fn a_mailed_link_is_shown_as_often_as_one_likes_and_used_once() {
    in_database(async |db| {
        let token = links::create(db, KIND, "a@demo.test", doc! { "name": "Aroha" }, NOON, 24).await.unwrap();
        for _ in 0..2 {
            let link = links::find(db, KIND, &token, NOON).await.unwrap().unwrap();
            assert_eq!((link.payload.get_str("name").unwrap(), link.used_at), ("Aroha", None));
        }
        assert!(links::find(db, "other", &token, NOON).await.unwrap().is_none(), "for another purpose");
        let uses = (0..8).map(|_| links::use_once(db, KIND, &token, NOON.plus_hours(1)));
        let uses = futures::future::join_all(uses).await;
        assert_eq!(uses.into_iter().filter(|used| used.as_ref().unwrap().is_some()).count(), 1);
        assert!(links::find(db, KIND, &token, NOON).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_mailed_link_that_is_altered_or_too_old_does_nothing() {
    in_database(async |db| {
        let token = links::create(db, KIND, "a@demo.test", doc! {}, NOON, 24).await.unwrap();
        let last = if token.ends_with('0') { "1" } else { "0" };
        let altered = format!("{}{last}", &token[..63]);
        assert!(links::use_once(db, KIND, &altered, NOON).await.unwrap().is_none());
        assert!(links::use_once(db, KIND, &token, NOON.plus_hours(24)).await.unwrap().is_none());
        assert!(links::use_once(db, KIND, &token, NOON.plus_hours(24).plus_minutes(-1)).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn the_database_holds_the_hash_of_a_mailed_link_and_not_its_token() {
    in_database(async |db| {
        let token = links::create(db, KIND, "a@demo.test", doc! {}, NOON, 24).await.unwrap();
        let stored = db.collection::<mongodb::bson::Document>(links::MAIL_LINKS).find_one(doc! {}).await.unwrap();
        assert!(!stored.unwrap().to_string().contains(&token));
    })
    .await;
}

#[tokio::test]
async fn of_many_accounts_made_at_once_with_one_address_there_is_one() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let id = server.account("someone@demo.test", "kia-ora-gigsta").await;
        let template = store::find(db, id).await.unwrap().unwrap();
        let made = (0..8).map(|_| {
            let email = "Aroha@Demo.test".to_owned();
            store::create(db, Account { id: ObjectId::new(), email, ..template.clone() })
        });
        let made = futures::future::join_all(made).await;
        assert_eq!(made.into_iter().filter(|made| matches!(made, Ok(Created::Created))).count(), 1);
        let taken = store::create(db, Account { id: ObjectId::new(), ..template }).await.unwrap();
        assert_eq!(taken, Created::AddressTaken);
    })
    .await;
}

/// Everything that was logged, whatever its level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_line_of_the_log_holds_the_token_of_a_mailed_link() {
    in_database(async |db| {
        let log = Log::default();
        let writer = log.clone();
        let lines = tracing_subscriber::fmt().with_writer(move || writer.clone());
        let subscriber = lines.with_max_level(tracing::Level::TRACE).with_ansi(false).finish();
        let _guard = tracing::subscriber::set_default(subscriber);
        let server = Server::start(db, |_| ()).await;
        let token = "ab".repeat(32);
        for path in links::PATHS {
            server.get(&format!("{path}{token}"), &[]).await;
            server.post(&format!("{path}{token}"), &[], "").await;
        }
        let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(said.contains("/sign-up/confirm/...") && said.contains("/book/continue/..."), "{said}");
        assert!(!said.contains(&token), "{said}");
    })
    .await;
}
