//! A provider with a service that can be asked for, and people who ask.

use gigsta::account::model::Account;
use gigsta::account::session::{SESSIONS, Session};
use gigsta::account::store as accounts;
use gigsta::booking::machine::aggregate::Party;
use gigsta::booking::store;
use gigsta::catalogue::model::{Reach, SERVICES, ServiceDocument, ServiceStatus};
use gigsta::domain::places;
use gigsta::domain::price::PriceTerms;
use gigsta::domain::rating::{Rating, Reliability};
use gigsta::money::Currency;
use gigsta::provider::free::Terms;
use gigsta::provider::store as providers;
use gigsta::time::{self, Timestamp};
use gigsta::web::db::Db;
use mongodb::bson::DateTime;
use mongodb::bson::oid::ObjectId;
use sha2::{Digest, Sha256};

use super::bookings::provider_of;
use super::people::Person;
use super::server::{Answer, Server};

/// A server, a provider who works every day, and their service `lawn` of two hours in Wellington.
pub struct Market {
    pub server: Server,
    pub provider: Party,
    /// Ten in the morning in Auckland, some days ahead.
    pub start: Timestamp,
}

impl Market {
    pub async fn new(db: &Db) -> Market {
        let server = Server::start(db, |_| ()).await;
        let provider = Party { id: ObjectId::new().to_hex(), name: "Hemi".into() };
        providers::save(db, &provider_of(&provider)).await.unwrap();
        let day = Timestamp::now().plus_hours(24 * 5).local_field("Pacific/Auckland");
        let start = time::parse(&format!("{}T10:00", day.split('T').next().unwrap()), "Pacific/Auckland").unwrap();
        let market = Market { server, provider, start };
        market.service("lawn", 120).await;
        market
    }

    /// Offers one more service.
    pub async fn service(&self, slug: &str, minutes: i64) {
        let base = places::resolve("Te Aro").unwrap().place("");
        let service = ServiceDocument {
            id: ObjectId::new(),
            slug: slug.into(),
            provider_id: ObjectId::parse_str(&self.provider.id).unwrap(),
            provider_name: self.provider.name.clone(),
            title: "Lawn mowing".into(),
            description: "Mowed and edged.".into(),
            category: "lawns".into(),
            price: PriceTerms::Fixed { amount_cents: 12_000 },
            currency: Currency::Nzd,
            price_cents: Some(12_000),
            minutes,
            buffer_before_minutes: 15,
            buffer_after_minutes: 15,
            lead_time_minutes: 120,
            notice_minutes: 24 * 60,
            instant: false,
            holds_requests: true,
            start_code: false,
            answer_hours: 24,
            reach: Reach::Radius { km: 30 },
            location: base.point.into(),
            base,
            zone: "Pacific/Auckland".into(),
            photos: Vec::new(),
            status: ServiceStatus::Active,
            listed: true,
            rating: Rating::default(),
            reliability: Reliability::default(),
            version: 1,
            created_at: Timestamp::now(),
            updated_at: Timestamp::now(),
        };
        self.server.state.db.collection::<ServiceDocument>(SERVICES).insert_one(service).await.unwrap();
    }

    /// The first step, as the page's form sends it.
    pub async fn choose(&self, headers: &[(&str, &str)], start: Timestamp, details: &str) -> Answer {
        self.choose_of("lawn", headers, start, details).await
    }

    pub async fn choose_of(&self, slug: &str, headers: &[(&str, &str)], start: Timestamp, details: &str) -> Answer {
        let details = details.replace(' ', "+").replace('<', "%3C").replace('>', "%3E");
        let form = format!("starts_at={}&street=1+Tory+Street&locality=Te+Aro&details={details}&go=on", start.0);
        self.server.post(&format!("/book/{slug}"), headers, &form).await
    }

    /// The value of a hidden field.
    pub fn field(&self, page: &Answer, name: &str) -> String {
        let at = page.body.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{}", page.body));
        page.body[at..].split('"').nth(3).unwrap().to_owned()
    }

    /// The starts that are free in so many days from an instant.
    pub async fn free(&self, from: Timestamp, days: i64) -> Vec<Timestamp> {
        let db = &self.server.state.db;
        let provider = providers::find(db, ObjectId::parse_str(&self.provider.id).unwrap()).await.unwrap().unwrap();
        let terms = Terms { minutes: 120, buffer_before_minutes: 15, buffer_after_minutes: 15, lead_time_minutes: 120 };
        store::free_starts_of(db, &provider, terms, from, from.plus_hours(24 * days), Timestamp::now()).await.unwrap()
    }
}

/// Somebody with a whole profile and a session, without the seconds that passwords take.
pub async fn person(server: &Server, name: &str) -> Person {
    let id = ObjectId::new();
    let account = Account {
        id,
        email: format!("{name}@demo.test"),
        name: name.into(),
        password_hash: "none".into(),
        is_admin: false,
        email_verified: true,
        phone: Some("+64 21 555 0142".into()),
        address: Some("1 Tory Street, Te Aro, Wellington".into()),
        place: None,
        zone: "Pacific/Auckland".into(),
        created_at: Timestamp::now(),
    };
    accounts::save(&server.state.db, account).await.unwrap();
    let token = hex::encode(Sha256::digest(name));
    let session = Session {
        token_hash: hex::encode(Sha256::digest(&token)),
        account_id: id,
        created_at: DateTime::from_millis(Timestamp::now().0),
        expires_at: DateTime::from_millis(Timestamp::now().plus_hours(24).0),
        known: None,
        changes: 0,
    };
    server.state.db.collection::<Session>(SESSIONS).insert_one(session).await.unwrap();
    Person { party: Party { id: id.to_hex(), name: name.into() }, cookie: format!("session={token}") }
}
