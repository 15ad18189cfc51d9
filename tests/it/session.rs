//! What a session knows of its account follows every write that changes it.

use axum::http::{HeaderMap, HeaderValue};
use gigsta::account::session;
use gigsta::account::store::{self as accounts, Profile};
use gigsta::domain::standing::ProviderStatus;
use gigsta::notice::model::Notice;
use gigsta::notice::store as notices;
use gigsta::provider::store as providers;
use gigsta::time::Timestamp;
use gigsta::web::kit::Visit;
use mongodb::bson::oid::ObjectId;

use crate::support::bookings::provider_of;
use crate::support::database::in_database;
use crate::support::people::{Person, Scene};

fn headers(who: &Person) -> HeaderMap {
    HeaderMap::from_iter([("cookie".parse().unwrap(), HeaderValue::from_str(&who.cookie).unwrap())])
}

async fn visit(scene: &Scene, who: &Person) -> Option<Visit> {
    scene.server.state.visitors.visit(&headers(who), Timestamp::now()).await.unwrap()
}

fn id(who: &Person) -> ObjectId {
    who.party.id.parse().unwrap()
}

fn notice(to: &Person, key: &str, booking: &str) -> Notice {
    Notice {
        key: key.into(),
        to: to.party.id.clone(),
        kind: "accept".into(),
        booking: Some(booking.into()),
        href: format!("/bookings/{booking}"),
        title: "Accepted".into(),
        text: "Your request was accepted.".into(),
        at: Timestamp::now(),
        unread: Some(true),
        read_at: None,
    }
}

#[tokio::test]
async fn whatever_changes_what_pages_know_of_somebody_shows_on_the_next_one() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let (customer, provider) = (&scene.customer, &scene.provider);
        customer.is_known(&scene.server).await;
        let known = visit(&scene, customer).await.unwrap();
        assert_eq!((known.viewer.name.as_str(), known.viewer.provider, known.unread.count()), ("Aroha", None, 0));

        let place = scene.booking.place.clone();
        let profile = Profile { name: "Aroha N.".into(), phone: "1".into(), place, zone: "Australia/Perth".into() };
        accounts::save_profile(db, id(customer), &profile).await.unwrap();
        let known = visit(&scene, customer).await.unwrap();
        assert_eq!((known.viewer.name.as_str(), known.viewer.zone.as_str()), ("Aroha N.", "Australia/Perth"));

        customer.is_known(&scene.server).await;
        assert!(providers::begin(db, &provider_of(&customer.party)).await.unwrap());
        assert_eq!(visit(&scene, customer).await.unwrap().viewer.provider, Some(ProviderStatus::Approved));
        provider.is_known(&scene.server).await;
        let suspended =
            gigsta::provider::model::Provider { status: ProviderStatus::Suspended, ..provider_of(&provider.party) };
        providers::save(db, &suspended).await.unwrap();
        assert_eq!(visit(&scene, provider).await.unwrap().viewer.provider, Some(ProviderStatus::Suspended));

        customer.is_known(&scene.server).await;
        notices::put(db, &notice(customer, "a", "one")).await.unwrap();
        notices::put(db, &notice(customer, "b", "two")).await.unwrap();
        let known = visit(&scene, customer).await.unwrap();
        assert!(known.unread.count() == 2 && known.unread.is_about("one") && !known.unread.is_about("three"));
        customer.is_known(&scene.server).await;
        assert_eq!(notices::mark_read(db, &customer.party.id, Some("one"), Timestamp::now()).await.unwrap(), 1);
        assert_eq!(visit(&scene, customer).await.unwrap().unread.count(), 1);
        customer.is_known(&scene.server).await;
        notices::mark_seen(db, &customer.party.id, "b", Timestamp::now()).await.unwrap();
        assert_eq!(visit(&scene, customer).await.unwrap().unread.count(), 0);

        customer.is_known(&scene.server).await;
        session::end_all(db, id(customer)).await.unwrap();
        assert!(visit(&scene, customer).await.is_none(), "a session that was ended counts nowhere");
        assert!(visit(&scene, provider).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_was_looked_up_before_a_change_is_not_kept_after_it() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let hash = visit(&scene, &scene.customer).await.unwrap().token_hash;
        scene.customer.is_known(&scene.server).await;
        let read = session::find(db, &hash, Timestamp::now()).await.unwrap().unwrap();
        let known = read.known.clone().unwrap();
        session::forget(db, &[id(&scene.customer)]).await.unwrap();
        session::keep(db, &read, &known).await.unwrap();
        assert_eq!(session::find(db, &hash, Timestamp::now()).await.unwrap().unwrap().known, None);
    })
    .await;
}

#[tokio::test]
async fn of_an_admin_nothing_is_kept_so_that_who_is_none_any_more_is_none_at_once() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let set = |is_admin: bool| mongodb::bson::doc! { "$set": { "is_admin": is_admin } };
        let accounts = db.collection::<mongodb::bson::Document>("accounts");
        let own = mongodb::bson::doc! { "_id": id(&scene.customer) };
        accounts.update_one(own.clone(), set(true)).await.unwrap();
        assert!(visit(&scene, &scene.customer).await.unwrap().viewer.is_admin);
        accounts.update_one(own, set(false)).await.unwrap();
        assert!(!visit(&scene, &scene.customer).await.unwrap().viewer.is_admin);
    })
    .await;
}
