//! The store of services: every write is one document's, and its filter says whose.

use gigsta::booking::machine::Role;
use gigsta::booking::store as bookings;
use gigsta::catalogue::model::ServiceStatus;
use gigsta::catalogue::store::{self, MAX_PHOTOS, Seen};
use mongodb::bson::oid::ObjectId;

use super::{draft, photo, provider, seen};
use crate::support::bookings::{NOON, act, party, requested};
use crate::support::database::in_database;

#[tokio::test]
async fn nobody_writes_to_somebody_elses_service_nor_over_a_newer_version() {
    in_database(async |db| {
        let hemi = provider(db, &ObjectId::new().to_hex()).await;
        let service = draft(db, &hemi, "mowing").await;
        let other = Seen { provider_id: ObjectId::new(), ..seen(&service) };
        assert!(store::find_own(db, other.provider_id, service.id).await.unwrap().is_none());
        assert!(store::set_status(db, other, ServiceStatus::Active, true, NOON).await.unwrap().is_none());
        assert!(store::set_photos(db, other, &[], NOON).await.unwrap().is_none());
        assert!(store::add_photo(db, other.provider_id, service.id, &photo('a'), NOON).await.unwrap().is_none());
        let mut stolen = service.clone();
        stolen.provider_id = other.provider_id;
        assert!(store::save(db, &stolen, NOON).await.unwrap().is_none());

        let writes = (0..8).map(|number| {
            let mut mine = service.clone();
            mine.title = format!("Title {number}");
            async move { store::save(db, &mine, NOON).await.unwrap() }
        });
        let written = futures::future::join_all(writes).await;
        assert_eq!(written.iter().flatten().count(), 1, "one of eight at once");
        let now = store::find_own(db, hemi.id, service.id).await.unwrap().unwrap();
        assert_eq!((now.version, now.slug.as_str()), (2, "mowing"));
    })
    .await;
}

#[tokio::test]
async fn an_edit_leaves_status_photos_and_stars_as_they_are() {
    in_database(async |db| {
        let hemi = provider(db, &ObjectId::new().to_hex()).await;
        let service = draft(db, &hemi, "mowing").await;
        let service = store::add_photo(db, hemi.id, service.id, &photo('a'), NOON).await.unwrap().unwrap();
        let service = store::set_status(db, seen(&service), ServiceStatus::Active, true, NOON).await.unwrap().unwrap();
        let mut edited = service.clone();
        edited.title = "Mowing and edges".into();
        edited.status = ServiceStatus::Archived;
        edited.photos.clear();
        edited.slug = "other".into();
        let saved = store::save(db, &edited, NOON.plus_hours(1)).await.unwrap().unwrap();
        let wanted = gigsta::catalogue::model::ServiceDocument {
            title: edited.title,
            version: service.version + 1,
            updated_at: NOON.plus_hours(1),
            ..service
        };
        assert_eq!(saved, wanted);
    })
    .await;
}

#[tokio::test]
async fn approval_and_suspension_list_and_unlist_what_is_active_and_nothing_else() {
    in_database(async |db| {
        let hemi = provider(db, &ObjectId::new().to_hex()).await;
        let others = provider(db, &ObjectId::new().to_hex()).await;
        for (owner, slug) in [(&hemi, "one"), (&hemi, "two"), (&others, "three")] {
            let service = draft(db, owner, slug).await;
            store::set_status(db, seen(&service), ServiceStatus::Active, true, NOON).await.unwrap().unwrap();
        }
        draft(db, &hemi, "draft").await;
        let listed = async || {
            let mut slugs = Vec::new();
            for slug in ["one", "two", "three", "draft"] {
                slugs.extend(store::find_listed(db, slug).await.unwrap().map(|_| slug));
            }
            slugs
        };
        assert_eq!(listed().await, ["one", "two", "three"]);
        assert_eq!(store::relist(db, hemi.id, false).await.unwrap(), 3);
        assert_eq!(listed().await, ["three"]);
        store::relist(db, hemi.id, true).await.unwrap();
        assert_eq!(listed().await, ["one", "two", "three"]);
    })
    .await;
}

#[tokio::test]
async fn of_many_photos_at_once_no_more_stay_than_there_is_room_for() {
    in_database(async |db| {
        let hemi = provider(db, &ObjectId::new().to_hex()).await;
        let service = draft(db, &hemi, "mowing").await;
        let adds = "0123456789abcdef".chars().map(|id| async move {
            store::add_photo(db, hemi.id, service.id, &photo(id), NOON).await.unwrap().is_some()
        });
        let added = futures::future::join_all(adds).await;
        assert_eq!(added.into_iter().filter(|added| *added).count(), MAX_PHOTOS);
        let now = store::find_own(db, hemi.id, service.id).await.unwrap().unwrap();
        assert_eq!(now.photos.len(), MAX_PHOTOS);
    })
    .await;
}

#[tokio::test]
async fn a_running_booking_knows_nothing_of_later_edits() {
    in_database(async |db| {
        let party = party("Hemi");
        let hemi = provider(db, &party.id).await;
        let service = draft(db, &hemi, "mowing").await;
        let service = store::set_status(db, seen(&service), ServiceStatus::Active, true, NOON).await.unwrap().unwrap();
        let booking = requested(db, &party, service.snapshot(), NOON.plus_hours(48)).await;
        let accepted = act(db, &booking, Role::Provider, "accept", &[], NOON).await.unwrap();

        let mut edited = service.clone();
        edited.title = "Something else".into();
        edited.price = gigsta::domain::price::PriceTerms::Fixed { amount_cents: 1 };
        edited.buffer_after_minutes = 240;
        let edited = store::save(db, &edited, NOON).await.unwrap().unwrap();
        store::set_status(db, seen(&edited), ServiceStatus::Archived, true, NOON).await.unwrap().unwrap();

        let now = bookings::load(db, &accepted.id, NOON).await.unwrap().unwrap().booking;
        assert_eq!(now, accepted);
        assert_eq!(now.service, service.snapshot());
        let started = NOON.plus_hours(48);
        act(db, &now, Role::Provider, "start", &[], started).await.unwrap();
    })
    .await;
}
