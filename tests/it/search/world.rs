//! Services and providers to be found.

use gigsta::catalogue;
use gigsta::catalogue::model::{GeoPoint, Reach, ServiceDocument, ServiceStatus};
use gigsta::catalogue::search::Found;
use gigsta::domain::place::{Place, Point};
use gigsta::domain::places;
use gigsta::domain::price::PriceTerms;
use gigsta::domain::rating::{Rating, Reliability};
use gigsta::domain::standing::ProviderStatus;
use gigsta::money::Currency;
use gigsta::provider::feed::Feeds;
use gigsta::provider::model::Provider;
use gigsta::provider::store;
use gigsta::provider::week::Span;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;

/// A listed service of a provider of its own, who works from nine to five every day; changed as the test likes.
pub async fn put(db: &Db, title: &str, change: impl FnOnce(&mut ServiceDocument)) -> (ServiceDocument, Provider) {
    let provider = provider();
    let mut service = service(title, &provider);
    change(&mut service);
    store::save(db, &provider).await.unwrap();
    assert!(catalogue::store::insert(db, &service).await.unwrap());
    (service, provider)
}

/// The same service, so many kilometres north of Te Aro and with another reach.
pub fn based(service: &ServiceDocument, km: f64, reach: Reach) -> ServiceDocument {
    let te_aro = places::resolve("Te Aro, Wellington").unwrap().point;
    // A degree of latitude on MongoDB's sphere.
    #[expect(clippy::cast_possible_truncation, reason = "a test goes a few kilometres")]
    let north = (km / 111.32 * 1e6).round() as i32;
    let point = Point { lat_e6: te_aro.lat_e6 + north, ..te_aro };
    let base = Place { point, ..service.base.clone() };
    ServiceDocument { location: GeoPoint::from(point), base, reach, ..service.clone() }
}

/// The titles in order.
pub fn titles(found: &Found) -> Vec<String> {
    found.hits.iter().map(|hit| hit.service.title.clone()).collect()
}

fn provider() -> Provider {
    Provider {
        id: ObjectId::new(),
        trading_name: "Hemi's".into(),
        about: String::new(),
        phone: String::new(),
        business_number: String::new(),
        base: None,
        zone: "Pacific/Auckland".into(),
        payout: None,
        status: ProviderStatus::Approved,
        active: true,
        week: std::array::from_fn(|_| vec![Span { from_minute: 9 * 60, to_minute: 17 * 60 }]),
        exceptions: Vec::new(),
        busy: Vec::new(),
        feeds: Feeds::default(),
        rating: Rating::default(),
        reliability: Reliability::default(),
        history: Vec::new(),
        version: 1,
        created_at: Timestamp(0),
    }
}

fn service(title: &str, provider: &Provider) -> ServiceDocument {
    let base = places::resolve("Te Aro, Wellington").unwrap().place("");
    ServiceDocument {
        id: ObjectId::new(),
        slug: ObjectId::new().to_hex(),
        provider_id: provider.id,
        provider_name: provider.trading_name.clone(),
        title: title.into(),
        description: "A job done well".into(),
        category: "lawns".into(),
        price: PriceTerms::Fixed { amount_cents: 12_000 },
        currency: Currency::Nzd,
        price_cents: Some(12_000),
        minutes: 60,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        lead_time_minutes: 60,
        notice_minutes: 60,
        instant: false,
        holds_requests: true,
        start_code: false,
        answer_hours: 24,
        reach: Reach::Radius { km: 50 },
        location: GeoPoint::from(base.point),
        base,
        zone: provider.zone.clone(),
        photos: Vec::new(),
        status: ServiceStatus::Active,
        listed: true,
        rating: Rating::default(),
        reliability: Reliability::default(),
        version: 1,
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    }
}
