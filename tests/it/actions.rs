//! Actions over HTTP: done once, by whoever was first, in few round trips; and a new row needs nothing else.

use std::collections::BTreeSet;

use futures::TryStreamExt;
use gigsta::booking::machine::row::{EMPTY, Who, stay};
use gigsta::booking::machine::{Role, Row, Status, TABLE, Table, effects, inputs};
use gigsta::booking::store;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::{Document, doc};
use tokio::task::JoinSet;

use crate::support::bookings::{act, draft, party, service};
use crate::support::database::in_database;
use crate::support::people::{Person, Scene};

#[tokio::test]
async fn an_action_is_answered_with_the_fresh_booking() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let answer =
            scene.send(&scene.provider, "accept", 2, "command-1", "&inputs[message]=Ka+pai+%F0%9F%91%8D").await;
        assert_eq!(answer.status, 200);
        let view = answer.json();
        assert_eq!((view["status"].as_str(), view["version"].as_i64()), (Some("accepted"), Some(3)));
        assert_eq!(view["history"][2]["message"], "Ka pai \u{1F44D}");
        let names = view["actions"].as_array().unwrap().iter().map(|action| action["action_name"].as_str().unwrap());
        assert_eq!(names.collect::<Vec<_>>(), ["cancel", "propose_change", "start", "report_no_show"]);
        assert_eq!(view["actions"][0]["preview"]["refund"]["amount"], 12_000);
    })
    .await;
}

#[tokio::test]
async fn one_command_has_one_effect_however_often_it_is_sent() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        for _ in 0..5 {
            let answer = scene.send(&scene.provider, "accept", 2, "command-1", "").await;
            assert_eq!((answer.status, answer.json()["version"].as_i64()), (200, Some(3)));
        }
        let other = scene.send(&scene.provider, "accept", 2, "command-1", "&inputs[message]=Hi").await;
        assert_eq!((other.status, &other.json()["code"]), (422, &"command_reused".into()));
        let other = scene.send(&scene.provider, "cancel", 3, "command-1", "&inputs[reason]=Ill").await;
        assert_eq!((other.status, &other.json()["code"]), (422, &"command_reused".into()));
        assert_eq!(scene.version().await, 3);
    })
    .await;
}

#[tokio::test]
async fn the_same_command_sent_many_times_at_once_has_one_effect() {
    in_database(async |db| {
        let scene = std::sync::Arc::new(Scene::new(db).await);
        let mut racers = JoinSet::new();
        for _ in 0..16 {
            let scene = scene.clone();
            racers.spawn(async move { scene.send(&scene.provider, "accept", 2, "command-1", "").await.status });
        }
        assert_eq!(racers.join_all().await, [200; 16]);
        assert_eq!(scene.version().await, 3);
    })
    .await;
}

#[tokio::test]
async fn who_saw_an_older_booking_is_told_what_changed_and_what_is_possible_now() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        scene.send(&scene.customer, "withdraw", 2, "command-1", "").await;
        let late = scene.send(&scene.provider, "accept", 2, "command-2", "").await;
        let error = late.json();
        assert_eq!((late.status, error["code"].as_str()), (409, Some("stale")));
        let changed = error["changed"][0].as_str().unwrap();
        assert!(changed.starts_with("Request withdrawn by the customer (Aroha, "), "{changed}");
        assert_eq!(error["booking"]["status"], "cancelled");
        let ahead = scene.send(&scene.provider, "accept", 9, "command-3", "").await;
        assert_eq!((ahead.status, scene.version().await), (409, 3));
    })
    .await;
}

#[tokio::test]
async fn of_64_who_accept_overlapping_requests_one_succeeds_and_the_others_get_free_times() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let provider = &scene.provider;
        let now = Timestamp::now();
        let start = now.plus_hours(200);
        let mut requests = Vec::new();
        for n in 0..64 {
            let open = gigsta::booking::machine::aggregate::Service { holds_requests: false, ..service() };
            let draft = draft(&party("Liam"), &provider.party, open, start.plus_minutes(n), now);
            store::insert_draft(db, &draft, None).await.unwrap();
            requests.push(act(db, &draft, Role::Customer, "request", &[], now).await.unwrap().id);
        }
        let mut racers = JoinSet::new();
        let (addr, cookie) = (scene.server.addr, provider.cookie.clone());
        for (n, id) in requests.into_iter().enumerate() {
            let server = crate::support::server::Server { addr, state: scene.server.state.clone() };
            let cookie = cookie.clone();
            racers.spawn(async move {
                let form = format!("booking_id={id}&action_name=accept&version=2&command_id=racer-{n:04}");
                let answer = server.post("/api/perform_booking_action", &[("cookie", &cookie)], &form).await;
                (answer.status, answer.json())
            });
        }
        let answers = racers.join_all().await;
        let won = answers.iter().filter(|(status, _)| *status == 200).count();
        let lost: Vec<_> = answers.iter().filter(|(status, _)| *status == 409).collect();
        assert_eq!((won, lost.len()), (1, 63));
        for (_, error) in lost {
            assert_eq!(error["code"], "slot_taken");
            assert_eq!(error["alternatives"].as_array().map(Vec::len), Some(3), "{error}");
        }
    })
    .await;
}

/// What the profiler kept of what the database was asked while something was done.
pub(crate) async fn profiled(db: &Db, what: impl Future<Output = ()>) -> Vec<Document> {
    db.database.run_command(doc! { "profile": 2 }).await.unwrap();
    what.await;
    db.database.run_command(doc! { "profile": 0 }).await.unwrap();
    let profile = db.database.collection::<Document>("system.profile");
    let own = doc! { "ns": { "$not": { "$regex": "system.profile$" } }, "command.profile": { "$exists": false } };
    profile.find(own).await.unwrap().try_collect().await.unwrap()
}

/// The commands that the database got while something was done, by name.
pub(crate) async fn commands(db: &Db, what: impl Future<Output = ()>) -> Vec<String> {
    // Of an update the profiler keeps what was asked for, and its name beside it.
    let name = |entry: &Document| match entry.get_str("op").unwrap() {
        op @ ("update" | "remove") => op.to_owned(),
        _ => entry.get_document("command").unwrap().keys().next().unwrap().clone(),
    };
    profiled(db, what).await.iter().map(name).collect()
}

#[tokio::test]
async fn a_page_takes_two_reads_and_an_action_without_slots_two_reads_and_one_write() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        scene.customer.is_known(&scene.server).await;
        scene.provider.is_known(&scene.server).await;
        let path = format!("/bookings/{}", scene.booking.id);
        let page = commands(db, async {
            assert_eq!(scene.server.get(&path, &[("cookie", &scene.customer.cookie)]).await.status, 200);
        });
        assert_eq!(page.await, ["find", "find"], "the session, the booking");
        let list = commands(db, async {
            assert_eq!(scene.server.get("/bookings", &[("cookie", &scene.customer.cookie)]).await.status, 200);
        });
        assert_eq!(list.await[2..], ["find", "find"], "the session, the bookings");
        let json = commands(db, async {
            assert_eq!(scene.view(&scene.customer).await["status"], "requested");
        });
        assert_eq!(json.await[4..], ["find", "find"], "the session, the booking");
        let action = commands(db, async {
            let answer = scene.send(&scene.provider, "quote", 2, "command-1", "&inputs[amount]=99.50").await;
            assert_eq!(answer.status, 200, "{answer:?}");
        });
        let both = action.await;
        assert_eq!(both[6..], ["find", "find", "findAndModify"], "{both:?}");
    })
    .await;
}

#[tokio::test]
async fn an_action_with_slots_asks_the_same_and_writes_them_in_its_transaction() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        scene.provider.is_known(&scene.server).await;
        let asked = commands(db, async {
            let answer = scene.send(&scene.provider, "accept", 2, "command-1", "").await;
            assert_eq!(answer.status, 200, "{answer:?}");
        });
        let asked = asked.await;
        assert_eq!(asked, ["find", "find", "findAndModify", "update"], "the claims are firm from now");
    })
    .await;
}

#[tokio::test]
async fn strangers_and_those_who_guess_get_the_same_answer_as_for_nothing() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let stranger = Person::new(&scene.server, "stranger").await;
        let mut answers = BTreeSet::new();
        for id in [scene.booking.id.as_str(), "0123456789abcdef01234567", "nonsense", "%00", "..%2f"] {
            for path in [
                format!("/api/get_booking?booking_id={id}"),
                format!("/api/get_available_booking_actions?booking_id={id}"),
            ] {
                let answer = scene.server.get(&path, &[("cookie", &stranger.cookie)]).await;
                assert_eq!(answer.status, 404, "{path}");
                answers.insert(answer.body);
            }
        }
        assert_eq!(answers.len(), 1, "{answers:?}");
        let sent = scene.send(&stranger, "accept", 2, "command-1", "").await;
        assert_eq!((sent.status, answers.contains(&sent.body)), (404, true));
        let page = scene.server.get(&format!("/bookings/{}", scene.booking.id), &[("cookie", &stranger.cookie)]).await;
        assert!(page.status == 404 && !page.body.contains(&scene.booking.reference));
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_its_customers_own_until_it_is_sent() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let now = Timestamp::now();
        let draft = draft(&scene.customer.party, &scene.provider.party, service(), now.plus_hours(99), now);
        store::insert_draft(db, &draft, None).await.unwrap();
        let path = format!("/api/get_booking?booking_id={}", draft.id);
        assert_eq!(scene.server.get(&path, &[("cookie", &scene.customer.cookie)]).await.status, 200);
        assert_eq!(scene.server.get(&path, &[("cookie", &scene.provider.cookie)]).await.status, 404);
        let list = scene.server.get("/api/list_bookings", &[("cookie", &scene.provider.cookie)]).await.json();
        assert_eq!(list["bookings"].as_array().map(Vec::len), Some(1), "{list}");
    })
    .await;
}

const EXTRA: Row = Row {
    action_name: "share_photo",
    button_label: "Share a photo",
    note: "Photo shared by the {role}",
    edges: &[stay(&[Who::Customer, Who::Provider], &[Status::Requested])],
    inputs: &[inputs::Field::Message.optional()],
    effects: &[effects::Effect::TellOther],
    ..EMPTY
};

#[tokio::test]
async fn one_more_row_is_a_button_with_the_default_icon_a_page_and_an_action() {
    in_database(async |db| {
        let rows: Vec<Row> = TABLE.rows().iter().copied().chain([EXTRA]).collect();
        let scene = Scene::with_table(db, Table(rows.leak())).await;
        let cookie = [("cookie", scene.customer.cookie.as_str())];
        let path = format!("/bookings/{}", scene.booking.id);
        let page = scene.server.get(&path, &cookie).await.body;
        let (before, after) = page.split_once("</svg>Share a photo").expect("the button is there");
        let button = format!("{}{}", &before[before.rfind("<button").unwrap()..], &after[..20]);
        assert!(button.contains("#i-circle-dot"), "{button}");
        let form = scene.server.get(&format!("{path}/actions/share_photo"), &cookie).await;
        assert!(form.status == 200 && form.body.contains("inputs[message]"), "{}", form.body);
        let sent = "version=2&command_id=command-1&inputs[message]=Look";
        let done = scene.server.post(&format!("{path}/actions/share_photo"), &cookie, sent).await;
        assert_eq!(done.status, 303, "{done:?}");
        let view = scene.view(&scene.provider).await;
        assert_eq!(view["history"][2]["note"], "Photo shared by the customer");
    })
    .await;
}
