//! Every query of the store uses an index. The database itself tells which queries were asked, so none is forgotten
//! or explained otherwise than it was asked.

use std::ops::ControlFlow;

use gigsta::account::links::LinkKind;
use gigsta::account::{links, store as accounts};
use gigsta::admin::model::{AdminAct, AdminAction};
use gigsta::admin::store as admin;
use gigsta::booking::machine::{Role, Status, TABLE};
use gigsta::booking::store::ahead;
use gigsta::booking::store::days as sick_day;
use gigsta::booking::store::oversight;
use gigsta::booking::store::reviews;
use gigsta::booking::store::search::{self, Search};
use gigsta::booking::store::{self, ListFilter};
use gigsta::calendar::store as calendars;
use gigsta::catalogue;
use gigsta::domain::places;
use gigsta::domain::standing::ProviderStatus;
use gigsta::mail::store as mails;
use gigsta::mail::write::{Envelope, already_registered};
use gigsta::provider::free::Terms;
use gigsta::provider::hours_store;
use gigsta::provider::store as providers;
use gigsta::review::ratings;
use gigsta::server::seed;
use gigsta::web::db::Db;
use gigsta::web::viewer::Viewer;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;

use crate::support::bookings::{NOON, act, draft, party, provider_of, requested, service};
use crate::support::database::in_database;
use crate::support::plans;

/// Everything that is asked about people, their mails and their applications, at least once.
async fn ask_about_people(db: &Db) {
    let token = links::create(db, LinkKind::SignUp, "a@demo.test", doc! {}, NOON, 24).await.unwrap();
    links::find(db, LinkKind::SignUp, &token, NOON).await.unwrap().unwrap();
    links::latest(db, LinkKind::SignUp, "a@demo.test", NOON).await.unwrap().unwrap();
    links::use_once(db, LinkKind::SignUp, &token, NOON).await.unwrap().unwrap();
    links::use_up(db, LinkKind::SignUp, "a@demo.test", NOON).await.unwrap();
    let account = accounts::find_by_email(db, "provider@demo.test").await.unwrap().unwrap();
    let place = places::resolve("Te Aro").unwrap().place("1 Tory Street");
    let profile = accounts::Profile { name: "x".into(), phone: "x".into(), place, zone: "Etc/UTC".into() };
    accounts::save_profile(db, account.id, &profile).await.unwrap();
    for number in 0..50 {
        let key = number.to_string();
        let envelope =
            Envelope { key: &key, to: "a@demo.test", base_url: "http://x.test", now: NOON.plus_minutes(number) };
        mails::put(db, &already_registered(&envelope)).await.unwrap();
    }
    let (_, cursor) = mails::newest(db, None).await.unwrap();
    mails::newest(db, Some(cursor.unwrap())).await.unwrap();
    let claimed = mails::claim(db, NOON.plus_hours(9), NOON.plus_hours(10)).await.unwrap().unwrap();
    assert!(mails::again(db, &claimed, "x", NOON, NOON).await.unwrap());
    for _ in 0..30 {
        let claimed = mails::claim(db, NOON.plus_hours(9), NOON.plus_hours(10)).await.unwrap().unwrap();
        assert!(mails::give_up(db, &claimed, "x", NOON).await.unwrap());
    }
    let claimed = mails::claim(db, NOON.plus_hours(9), NOON.plus_hours(10)).await.unwrap().unwrap();
    assert!(mails::sent(db, &claimed, NOON).await.unwrap());
    let (dead, cursor) = mails::dead(db, None).await.unwrap();
    mails::dead(db, Some(cursor.unwrap())).await.unwrap();
    assert!(mails::retry(db, &dead[0].key, NOON).await.unwrap());
    mails::queue_health(db).await.unwrap();
    mails::keep_all(db).await.unwrap();
    mails::find(db, "7").await.unwrap().unwrap();
    accounts::save_password(db, account.id, "x").await.unwrap();
    let provider = providers::find(db, account.id).await.unwrap().unwrap();
    providers::find_public(db, account.id).await.unwrap().unwrap();
    assert!(providers::advance(db, &provider, &provider).await.unwrap());
    providers::queue(db, ProviderStatus::Approved, None).await.unwrap();
    providers::queue(db, ProviderStatus::Approved, Some(account.id)).await.unwrap();
    let token = calendars::make_feed(db, account.id, NOON).await.unwrap();
    calendars::feed_of(db, account.id).await.unwrap().unwrap();
    calendars::account_of(db, &token).await.unwrap().unwrap();
    assert!(!calendars::entries(db, account.id, NOON).await.unwrap().is_empty());
    calendars::revoke_feed(db, account.id).await.unwrap();
    providers::count_by_status(db).await.unwrap();
    providers::for_each(db, |_| ControlFlow::Continue(())).await.unwrap();
    catalogue::store::relist(db, account.id, false).await.unwrap();
    catalogue::store::relist(db, account.id, true).await.unwrap();
}

/// Everything the store can ask, at least once.
async fn ask_everything(db: &Db) {
    crate::services::ask_everything(db).await;
    crate::notices::ask_everything(db).await;
    let hemi = party("Hemi");
    gigsta::provider::store::save(db, &provider_of(&hemi)).await.unwrap();
    let booking = requested(db, &hemi, service(), NOON.plus_hours(48)).await;
    let sketch = draft(&party("Liam"), &hemi, service(), NOON.plus_hours(49), NOON);
    store::insert_draft(db, &sketch, None).await.unwrap();
    let viewer = |id: &str, is_admin| Viewer {
        id: id.into(),
        name: "x".into(),
        is_admin,
        zone: "Etc/UTC".into(),
        provider: None,
    };
    let (customer, admin) = (viewer(&booking.customer.id, false), viewer("0", true));
    for viewer in [&customer, &admin] {
        store::find_for(db, viewer, &booking.id, NOON).await.unwrap().unwrap();
        store::version_for(db, viewer, &booking.id).await.unwrap().unwrap();
        for status in [None, Some(Status::Requested)] {
            for role in [None, Some(Role::Customer), Some(Role::Provider)] {
                let id = ObjectId::parse_str(&booking.id).unwrap();
                for cursor in [None, Some(store::Cursor { at: booking.state.starts_at, key: id })] {
                    let filter = ListFilter { status, role, cursor };
                    store::list_for(db, viewer, &filter).await.unwrap();
                }
            }
        }
    }
    store::load(db, &sketch.id, NOON).await.unwrap().unwrap();
    store::parties_of(db, ObjectId::parse_str(&sketch.id).unwrap()).await.unwrap();
    store::new_time_free(db, &sketch, NOON, NOON).await.unwrap();
    store::next_free_times(db, &sketch, NOON).await.unwrap();
    store::count_by_status(db).await.unwrap();
    store::record_of(db, &hemi.id).await.unwrap();
    ask_about_hours(db, ObjectId::parse_str(&hemi.id).unwrap()).await;
    store::find_due(db, NOON.plus_hours(100), 10).await.unwrap();
    store::for_each(db, |_| ControlFlow::Continue(())).await.unwrap();
    let accepted = act(db, &booking, Role::Provider, "accept", &[], NOON).await.unwrap();
    act(db, &accepted, Role::Provider, "cancel", &[("reason", "ill")], NOON).await.unwrap();
}

/// Everything that an admin asks, and what is counted and shown of reviews.
async fn look_back(db: &Db) {
    let reviewed = accounts::find_by_email(db, "provider@demo.test").await.unwrap().unwrap().id;
    ratings::recount(db, reviewed).await.unwrap();
    let cursor = reviews::Cursor::read(&format!("{}_{reviewed}", NOON.0));
    for before in [None, cursor] {
        assert!(!reviews::of_provider(db, reviewed, before).await.unwrap().0.is_empty());
    }
    oversight::oldest_by_status(db).await.unwrap();
    oversight::stuck(db, NOON.plus_hours(1000)).await.unwrap();
    oversight::count_stuck(db, NOON.plus_hours(1000)).await.unwrap();
    assert!(!oversight::disputes(db).await.unwrap().is_empty());
    let act = AdminAct {
        id: ObjectId::new(),
        at: NOON,
        by: "1".into(),
        by_name: "Grace".into(),
        action: AdminAction::RetryMail,
        subject: "x".into(),
    };
    admin::record(db, &act).await.unwrap();
    assert_eq!(admin::latest_acts(db).await.unwrap(), [act]);
    let all: Vec<String> = TABLE.rows().iter().map(|row| row.action_name.into()).collect();
    for actions in [vec!["accept".to_owned()], all] {
        for actor_id in [None, Some(reviewed.to_hex())] {
            for reference in [None, Some("GS-000000".to_owned())] {
                let (actions, actor_id) = (actions.clone(), actor_id.clone());
                let (from, to) = (NOON.plus_hours(-24 * 7), NOON);
                search::search(db, &Search { reference, actor_id, actions, from, to }).await.unwrap();
            }
        }
    }
}

/// Everything about a provider's hours.
async fn ask_about_hours(db: &Db, id: ObjectId) {
    let provider = gigsta::provider::store::find(db, id).await.unwrap().unwrap();
    let terms = Terms { minutes: 60, buffer_before_minutes: 0, buffer_after_minutes: 0, lead_time_minutes: 0 };
    store::free_starts_of(db, &provider, terms, NOON, NOON.plus_hours(48), NOON).await.unwrap();
    ahead::bookings_ahead(db, id, NOON).await.unwrap();
    let (ahead, _) = sick_day::between(db, id, NOON, NOON.plus_hours(24 * 31)).await.unwrap();
    let ids: Vec<ObjectId> = ahead.iter().map(|booking| ObjectId::parse_str(&booking.id).unwrap()).collect();
    sick_day::own(db, id, &ids).await.unwrap();
    assert!(store::take_code_try(db, &ahead[0].id).await.unwrap());
    hours_store::week_before(db, id).await.unwrap();
    hours_store::feeds_due(db, NOON, 10).await.unwrap();
    assert!(hours_store::save_week(db, id, 1, &provider.week, &provider.week).await.unwrap());
    assert!(hours_store::save_exceptions(db, id, 2, &provider.exceptions).await.unwrap());
    let feeds = provider.feeds.with(Vec::new());
    assert!(hours_store::save_feeds(db, id, &feeds).await.unwrap());
    assert!(!hours_store::save_feeds(db, id, &feeds).await.unwrap(), "somebody was faster");
}

#[tokio::test]
async fn every_query_uses_an_index() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        plans::note(db).await;
        ask_everything(db).await;
        ask_about_people(db).await;
        look_back(db).await;
        let explained = plans::explain(db, &[], |_, _| true).await;
        assert!(explained >= 58, "only {explained} queries were explained");
    })
    .await;
}
