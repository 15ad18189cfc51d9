//! Services as their providers write them and everybody sees them: the store, and the pages over HTTP.

mod pages;
pub mod photos;
mod writes;

use gigsta::catalogue::model::{SERVICES, ServiceDocument, ServiceStatus};
use gigsta::catalogue::offer_form::{self, Bases};
use gigsta::catalogue::store::{self, Seen};
use gigsta::domain::photo::Photo;
use gigsta::domain::places;
use gigsta::provider::model::Provider;
use gigsta::provider::store as providers;
use gigsta::ui::form::Form;
use gigsta::web::db::Db;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;

use crate::support::bookings::{NOON, party, provider_of};
use crate::support::people::Person;
use crate::support::server::Server;

/// The form of a whole service, as a browser sends it.
const FORM: &str = "title=Lawn+mowing&description=All+of+it.&category=lawns&price_kind=fixed&amount=75&minutes=60\
                    &buffer_before=0&buffer_after=15&lead_time=120&notice=1440&answer_hours=24&holds_requests=on\
                    &reach=radius&radius_km=25&base=business";

/// A stored provider of Te Aro who may publish.
async fn provider(db: &Db, id: &str) -> Provider {
    let mut provider = provider_of(&party("Walker Lawns"));
    provider.id = ObjectId::parse_str(id).unwrap();
    provider.base = Some(places::resolve("Te Aro").unwrap().place("12 Tory Street"));
    providers::save(db, &provider).await.unwrap();
    provider
}

/// Somebody who is signed in and may publish.
async fn gigsta(server: &Server, name: &str) -> Person {
    let person = Person::new(server, name).await;
    provider(&server.state.db, &person.party.id).await;
    person
}

/// A stored draft with everything in it.
async fn draft(db: &Db, provider: &Provider, slug: &str) -> ServiceDocument {
    let pairs: Vec<_> = FORM.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), value.replace('+', " "))).collect();
    let bases = Bases { current: None, business: provider.base.as_ref() };
    let offer = offer_form::read(Form::from_pairs(&pairs), &bases).unwrap();
    let service = offer_form::begin(provider, offer, ObjectId::new(), slug.into(), NOON);
    assert!(store::insert(db, &service).await.unwrap());
    service
}

fn seen(service: &ServiceDocument) -> Seen {
    Seen { provider_id: service.provider_id, id: service.id, version: service.version }
}

fn photo(id: char) -> Photo {
    Photo { id: id.to_string().repeat(32), alt: "A lawn".into(), width: 800, height: 600 }
}

/// Everything that the store can ask, at least once.
pub async fn ask_everything(db: &Db) {
    let hemi = provider(db, &ObjectId::new().to_hex()).await;
    let service = draft(db, &hemi, "lawn-mowing").await;
    assert!(!store::insert(db, &service).await.unwrap());
    store::find_listed(db, "lawn-mowing").await.unwrap();
    for viewer in [None, Some(hemi.id)] {
        let found = store::find_visible::<ServiceDocument>(db, "lawn-mowing", viewer, Vec::new()).await.unwrap();
        assert_eq!(found.is_some(), viewer.is_some(), "a draft is its provider's own");
    }
    store::find_own(db, hemi.id, service.id).await.unwrap().unwrap();
    let saved = store::save(db, &service, NOON).await.unwrap().unwrap();
    let active = store::set_status(db, seen(&saved), ServiceStatus::Active, true, NOON).await.unwrap().unwrap();
    store::relist(db, hemi.id, true).await.unwrap();
    let with_photo = store::add_photo(db, hemi.id, active.id, &photo('a'), NOON).await.unwrap().unwrap();
    store::set_photos(db, seen(&with_photo), &[], NOON).await.unwrap().unwrap();
    store::of_provider(db, hemi.id).await.unwrap();
    assert_eq!(store::count_of_provider(db, hemi.id, 10).await.unwrap(), 1);
}

/// The one service there is.
async fn only(db: &Db) -> ServiceDocument {
    let services = db.collection::<ServiceDocument>(SERVICES);
    assert_eq!(services.count_documents(doc! {}).await.unwrap(), 1);
    services.find_one(doc! {}).await.unwrap().unwrap()
}
