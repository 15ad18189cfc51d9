//! People: mailed links, accounts, profiles, and the mails of the demo.

use std::sync::{Arc, Mutex};

use gigsta::account::links::{self, LinkKind};
use gigsta::account::model::Account;
use gigsta::account::store::{self, Created};
use gigsta::mail::store as mails;
use gigsta::mail::write::{self, Envelope};
use gigsta::server::log_paths::secret_paths;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use crate::support::bookings::NOON;
use crate::support::database::in_database;
use crate::support::people::Person;
use crate::support::server::Server;

const KIND: LinkKind = LinkKind::SignUp;

#[tokio::test]
async fn a_mailed_link_is_shown_as_often_as_one_likes_and_used_once() {
    in_database(async |db| {
        let token = links::create(db, KIND, "a@demo.test", doc! { "name": "Aroha" }, NOON, 24).await.unwrap();
        for _ in 0..2 {
            let link = links::find(db, KIND, &token, NOON).await.unwrap().unwrap();
            assert_eq!((link.payload.get_str("name").unwrap(), link.used_at), ("Aroha", None));
        }
        assert!(links::find(db, LinkKind::ResetPassword, &token, NOON).await.unwrap().is_none(), "for another purpose");
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
        let stored = db.collection::<Document>(links::MAIL_LINKS).find_one(doc! {}).await.unwrap();
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
        // With one subscriber in the process, a line that another test's thread meets first is off for all (tracing-core 0.1).
        let _second = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
        let _guard = tracing::subscriber::set_default(subscriber);
        let server = Server::start(db, |_| ()).await;
        let token = "ab".repeat(32);
        for path in secret_paths() {
            server.get(&format!("{path}{token}"), &[]).await;
            server.post(&format!("{path}{token}"), &[], "").await;
        }
        let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(said.contains("/sign-up/confirm/...") && said.contains("/book/continue/..."), "{said}");
        assert!(!said.contains(&token), "{said}");
    })
    .await;
}

#[tokio::test]
async fn a_profile_with_a_bad_phone_keeps_everything_typed_and_a_good_one_is_stored() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let person = Person::new(&server, "customer").await;
        let me = [("cookie", person.cookie.as_str())];
        assert_eq!(server.get("/account", &[]).await.status, 303, "for those who are signed in");
        let form = "name=Aroha+N.&phone=12345&street=12+Tory+Street&locality=te+aro";
        let page = server.post("/account", &me, form).await;
        assert_eq!(page.status, 422);
        for kept in ["Aroha N.", "12345", "12 Tory Street", "te aro", "href=\"#phone\""] {
            assert!(page.body.contains(kept), "{kept} in {}", page.body);
        }
        let unclear = server.post("/account", &me, "name=A&phone=0412+345+678&street=1&locality=Newtown").await;
        assert!(unclear.status == 422 && unclear.body.contains("<select"), "{}", unclear.body);

        let form = "name=Aroha+N.&phone=021+555+0142&street=12+Tory+Street&locality=te+aro&next=%2Fbook%2Fx";
        let saved = server.post("/account", &me, form).await;
        assert_eq!((saved.status, saved.header("location")), (303, "/book/x"));
        let stored = store::find_by_email(db, "customer@demo.test").await.unwrap().unwrap();
        assert_eq!(stored.phone.as_deref(), Some("+64 21 555 0142"));
        assert_eq!(stored.address.as_deref(), Some("12 Tory Street, Te Aro, Wellington"));
        assert_eq!(stored.place.as_ref().map(|place| place.region.as_str()), Some("NZ-WGN"));
        assert!(stored.profile_complete());
        let moved = "name=A&phone=%2B61+491+570+156&street=1+Rue&locality=Perth%2C+WA";
        assert_eq!(server.post("/account", &me, moved).await.status, 303);
        assert_eq!(store::find_by_email(db, "customer@demo.test").await.unwrap().unwrap().zone, "Australia/Perth");
        let page = server.get("/account?saved=1", &me).await;
        assert!(page.body.contains("Saved.") && page.body.contains("Perth, Western Australia"), "{}", page.body);
    })
    .await;
}

#[tokio::test]
async fn mails_are_readable_in_the_demo_and_nowhere_else() {
    in_database(async |db| {
        let server = Server::start(db, |config| config.demo = true).await;
        assert!(server.get("/dev/mail", &[]).await.body.contains("No mails here"));
        for number in 0..25 {
            let key = format!("test:{number:02}");
            let envelope = Envelope { key: &key, to: "a@demo.test", base_url: "http://x.test", now: NOON };
            mails::put(db, &write::already_registered(&envelope)).await.unwrap();
            mails::put(db, &write::provider_approved(&envelope, "never written")).await.unwrap();
        }
        let first = server.get("/dev/mail", &[]).await;
        assert_eq!(first.body.matches("/dev/mail/test").count(), 20, "{}", first.body);
        let next = first.body.split("href=\"/dev/mail?before=").nth(1).unwrap().split('"').next().unwrap();
        let second = server.get(&format!("/dev/mail?before={next}"), &[]).await;
        assert_eq!(second.body.matches("/dev/mail/test").count(), 5, "{}", second.body);
        let one = server.get("/dev/mail/test%3A07", &[]).await;
        let link = one.body.split("<a ").find(|link| link.contains("href=\"http://x.test/sign-in\""));
        assert!(link.is_some_and(|link| link.contains("class=\"link\"")), "{}", one.body);
        assert_eq!(server.get("/dev/mail/nonsense", &[]).await.status, 404);
        assert_eq!(server.get("/dev/mail?before=nonsense", &[]).await.status, 200);
        let real = Server::start(db, |_| ()).await;
        assert_eq!(real.get("/dev/mail", &[]).await.status, 404);
        assert_eq!(real.get("/dev/mail/test%3A07", &[]).await.status, 404);
    })
    .await;
}
