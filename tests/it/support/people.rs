//! A server with people and one booking of theirs, and what they do with it over HTTP.

use gigsta::booking::machine::aggregate::Party;
use gigsta::booking::machine::{Booking, Table};
use gigsta::booking::store;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use serde_json::Value;

use super::bookings::{act, draft, provider_of, service, viewer};
use super::server::{Answer, Server};

/// Signed in, under the name of the part they play.
pub struct Person {
    pub party: Party,
    pub cookie: String,
}

/// A server, its people, and a request that the customer has sent to the provider for three days from now.
pub struct Scene {
    pub server: Server,
    pub customer: Person,
    pub provider: Person,
    pub booking: Booking,
}

impl Scene {
    pub async fn new(db: &Db) -> Scene {
        Scene::with_table(db, gigsta::booking::machine::TABLE).await
    }

    pub async fn with_table(db: &Db, table: Table<'static>) -> Scene {
        let server = Server::start_with(db, |_| (), |state| state.table = table).await;
        let customer = Person::new(&server, "customer").await;
        let provider = Person::new(&server, "provider").await;
        gigsta::provider::store::save(db, &provider_of(&provider.party)).await.unwrap();
        let now = Timestamp::now();
        let draft = draft(&customer.party, &provider.party, service(), now.plus_hours(72), now);
        store::insert_draft(db, &draft, None).await.unwrap();
        let role = gigsta::booking::machine::Role::Customer;
        let booking = act(db, &draft, role, "request", &[], now).await.unwrap();
        Scene { server, customer, provider, booking }
    }

    /// Sends an action as it would be sent from a page that shows `version`.
    pub async fn send(&self, who: &Person, action: &str, version: i64, command: &str, inputs: &str) -> Answer {
        let form = format!(
            "booking_id={}&action_name={action}&version={version}&command_id={command}{inputs}",
            self.booking.id
        );
        self.server.post("/api/perform_booking_action", &[("cookie", &who.cookie)], &form).await
    }

    /// What the booking's page would show somebody.
    pub async fn view(&self, who: &Person) -> Value {
        let path = format!("/api/get_booking?booking_id={}", self.booking.id);
        self.server.get(&path, &[("cookie", &who.cookie)]).await.json()
    }

    /// The version as it is stored.
    pub async fn version(&self) -> i64 {
        let admin = viewer("0", true);
        let loaded =
            store::find_for(&self.server.state.db, &admin, &self.booking.id, Timestamp::now()).await.unwrap().unwrap();
        loaded.booking.version
    }
}

impl Person {
    /// Looks at a page, and waits until the session knows what pages need of the account.
    pub async fn is_known(&self, server: &Server) {
        assert_eq!(server.get("/machine", &[("cookie", &self.cookie)]).await.status, 200);
        let sessions = server.state.db.collection::<Document>("sessions");
        let account: ObjectId = self.party.id.parse().unwrap();
        while sessions.find_one(doc! { "account_id": account, "known": { "$exists": true } }).await.unwrap().is_none() {
            tokio::task::yield_now().await;
        }
    }

    /// A new account, signed in.
    pub async fn new(server: &Server, name: &str) -> Person {
        let email = format!("{name}@demo.test");
        let id = server.account(&email, "kia-ora-gigsta").await.to_hex();
        let form = format!("email={name}%40demo.test&password=kia-ora-gigsta");
        let answer = server.post("/sign-in", &[], &form).await;
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        Person { party: Party { id, name: name.into() }, cookie }
    }
}
