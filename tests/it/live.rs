//! Streams of events over a real port, fed by the real change stream.

mod stream;

use std::time::Duration;

use futures::TryStreamExt;
use futures::future::join_all;
use gigsta::booking::store;
use gigsta::live::hub::{Hub, STREAMS};
use gigsta::time::Timestamp;
use gigsta::web::asset_names::asset_names;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use crate::support::ask::person;
use crate::support::bookings::{draft, service};
use crate::support::database::{connect, in_database};
use crate::support::people::Scene;
use crate::support::server::Server;
use stream::Stream;

fn of_booking(id: &str, version: i64) -> (String, String) {
    ("booking".into(), format!(r#"{{"id":"{id}","version":{version}}}"#))
}

fn closed(why: &str) -> (String, String) {
    ("close".into(), format!(r#"{{"why":"{why}"}}"#))
}

fn just(name: &str) -> (String, String) {
    (name.into(), "{}".into())
}

/// The stream of a person, past its first event.
async fn listening(server: &Server, cookie: &str) -> Stream {
    let mut stream = Stream::open(server, "/events", &[("cookie", cookie)]).await;
    assert_eq!((stream.status(), stream.said().await), (200, just("hello")));
    stream
}

#[tokio::test]
async fn a_stream_tells_the_version_at_once_and_every_later_one_and_nothing_more() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let (id, version) = (scene.booking.id.clone(), scene.booking.version);
        let mut customer = Stream::of(&scene, &scene.customer).await;
        let mut provider = listening(&scene.server, &scene.provider.cookie).await;
        let head = customer.head.to_lowercase();
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        assert!(head.contains("cache-control: no-cache") || head.contains("cache-control: no-store"), "{head}");
        assert!(!head.contains("content-encoding"), "a compressed stream waits until there is enough: {head}");
        assert_eq!(customer.said().await, of_booking(&id, version));

        let answer = scene.send(&scene.provider, "accept", version, "command-one", "").await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(customer.said().await, of_booking(&id, version + 1));
        assert_eq!(provider.said().await, of_booking(&id, version + 1));
    })
    .await;
}

#[tokio::test]
async fn a_stranger_gets_what_one_gets_for_a_booking_that_is_not_there() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let stranger = person(&scene.server, "stranger").await;
        let there = format!("/bookings/{}/events", scene.booking.id);
        let not_there = format!("/bookings/{}/events", ObjectId::new().to_hex());
        let cookie = [("cookie", stranger.cookie.as_str()), ("x-request-id", "the-same-for-both")];
        let (one, other) = (scene.server.get(&there, &cookie).await, scene.server.get(&not_there, &cookie).await);
        assert_eq!((one.status, other.status), (404, 404));
        assert_eq!(one.body, other.body);
        let no_id = scene.server.get("/bookings/what/events", &cookie).await;
        assert_eq!(no_id.status, 404);
        for path in [there.as_str(), "/events"] {
            assert_eq!(scene.server.get(path, &[]).await.status, 401);
            assert_eq!(scene.server.get(path, &[("cookie", "session=0000")]).await.status, 401);
        }
        assert_eq!(scene.server.state.live.streams(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_draft_concerns_its_customer_alone_and_others_hear_nothing_of_a_booking() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let stranger = person(&scene.server, "stranger").await;
        let mut customer = listening(&scene.server, &scene.customer.cookie).await;
        let mut provider = listening(&scene.server, &scene.provider.cookie).await;
        let mut stranger_hears = listening(&scene.server, &stranger.cookie).await;
        let now = Timestamp::now();
        let sketch = draft(&scene.customer.party, &scene.provider.party, service(), now.plus_hours(90), now);
        store::insert_draft(db, &sketch, None).await.unwrap();
        assert_eq!(customer.said().await, of_booking(&sketch.id, sketch.version));
        scene.send(&scene.provider, "accept", scene.booking.version, "command-one", "").await;
        let accepted = of_booking(&scene.booking.id, scene.booking.version + 1);
        assert_eq!(provider.said().await, accepted, "the first that the provider hears of");
        notice(db, &stranger.party.id).await;
        assert_eq!(stranger_hears.said().await, just("notice"), "the first that the stranger hears of");
    })
    .await;
}

async fn notice(db: &Db, to: &str) {
    let id = format!("{}:{to}", ObjectId::new().to_hex());
    db.collection::<Document>("notices").insert_one(doc! { "_id": id, "to": to, "kind": "notice" }).await.unwrap();
}

#[tokio::test]
async fn notices_and_messages_are_told_to_their_people_and_what_only_the_worker_writes_is_not() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let id = ObjectId::parse_str(&scene.booking.id).unwrap();
        let mut customer = listening(&scene.server, &scene.customer.cookie).await;
        let mut provider = Stream::of(&scene, &scene.provider).await;
        provider.next().await.unwrap();
        notice(db, &scene.customer.party.id).await;
        assert_eq!(customer.said().await, just("notice"));

        let bookings = db.collection::<Document>("bookings");
        bookings.update_one(doc! { "_id": id }, doc! { "$set": { "outbox": [] } }).await.unwrap();
        let message = doc! { "booking": id, "by": &scene.customer.party.id, "text": "secret", "at": 1_i64 };
        db.collection::<Document>("messages").insert_one(message).await.unwrap();
        let told = ("message".to_owned(), format!(r#"{{"booking":"{}"}}"#, scene.booking.id));
        assert_eq!(customer.said().await, told);
        assert_eq!(provider.said().await, told);

        let read = doc! { "$set": { "read_at": 1_i64 } };
        db.collection::<Document>("notices").update_one(doc! { "to": &scene.customer.party.id }, read).await.unwrap();
        assert_eq!(customer.said().await, just("notice"), "the bell elsewhere counts one less");
    })
    .await;
}

#[tokio::test]
async fn who_connects_late_is_told_to_look_again() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let mut other = listening(&scene.server, &scene.provider.cookie).await;
        let loaded = Timestamp::now().plus_minutes(1).0;
        scene.send(&scene.provider, "accept", scene.booking.version, "command-one", "").await;
        let event = other.next().await.unwrap();
        assert_eq!((event.name.clone(), event.data.clone()), of_booking(&scene.booking.id, scene.booking.version + 1));

        let cookie = ("cookie", scene.customer.cookie.as_str());
        let old = format!("/events?since={}", event.id.parse::<i64>().unwrap() - 1);
        let mut late = Stream::open(&scene.server, &old, &[cookie]).await;
        assert_eq!(late.said().await, just("hello"));
        assert_eq!(late.said().await, just("look"));

        let ages_ago = ("last-event-id", "1000");
        let mut back = Stream::open(&scene.server, &format!("/events?since={loaded}"), &[cookie, ages_ago]).await;
        assert_eq!(back.said().await, just("hello"));
        assert_eq!(back.said().await, just("look"), "the last event counts, not when the page was loaded");

        let mut odd = Stream::open(&scene.server, "/events?since=%00x", &[cookie, ("last-event-id", "x")]).await;
        assert_eq!(odd.said().await, just("hello"));
    })
    .await;
}

#[tokio::test]
async fn of_a_thousand_streams_of_one_person_the_newest_few_stay_open() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let aroha = person(&server, "aroha").await;
        let liam = person(&server, "liam").await;
        let mut other = listening(&server, &liam.cookie).await;
        let mut first = listening(&server, &aroha.cookie).await;
        let mut streams = Vec::new();
        for _ in 0..20 {
            streams.extend(join_all((0..50).map(|_| listening(&server, &aroha.cookie))).await);
        }
        assert_eq!(first.said().await, closed("limit"));
        assert_eq!(first.next().await, None);
        assert_eq!(server.state.live.streams(), STREAMS + 1);
        notice(db, &aroha.party.id).await;
        let ends = join_all(streams.iter_mut().map(Stream::said)).await;
        let open = ends.iter().filter(|end| **end == just("notice")).count();
        let shut = ends.iter().filter(|end| **end == closed("limit")).count();
        assert_eq!((open, shut), (STREAMS, streams.len() - STREAMS));
        notice(db, &liam.party.id).await;
        assert_eq!(other.said().await, just("notice"), "nobody else is kept out");
    })
    .await;
}

#[tokio::test]
async fn signing_out_closes_the_streams_of_that_session_in_every_process() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let elsewhere = Server::start(db, |_| ()).await;
        let mut here = Stream::of(&scene, &scene.customer).await;
        here.next().await.unwrap();
        let mut there = listening(&elsewhere, &scene.customer.cookie).await;
        let mut provider = listening(&elsewhere, &scene.provider.cookie).await;
        let out = scene.server.post("/sign-out", &[("cookie", &scene.customer.cookie)], "").await;
        assert_eq!(out.status, 303);
        for stream in [&mut here, &mut there] {
            assert_eq!(stream.said().await, closed("signed_out"));
            assert_eq!(stream.next().await, None);
        }
        notice(db, &scene.provider.party.id).await;
        assert_eq!(provider.said().await, just("notice"));
    })
    .await;
}

#[tokio::test]
async fn a_session_that_runs_out_closes_its_streams() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let aroha = person(&server, "aroha").await;
        let mut stream = listening(&server, &aroha.cookie).await;
        server.state.clock.advance_minutes(25 * 60);
        assert_eq!(stream.said().await, closed("signed_out"));
        assert_eq!(stream.next().await, None);
    })
    .await;
}

#[tokio::test]
async fn what_is_done_through_one_process_is_heard_through_another() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let other = Server::start(&connect(db.database.name()).await, |_| ()).await;
        let path = format!("/bookings/{}/events", scene.booking.id);
        let mut there = Stream::open(&other, &path, &[("cookie", &scene.customer.cookie)]).await;
        assert_eq!(there.said().await, of_booking(&scene.booking.id, scene.booking.version));
        let begun = std::time::Instant::now();
        scene.send(&scene.provider, "accept", scene.booking.version, "command-one", "").await;
        let sent = begun.elapsed();
        assert_eq!(there.said().await, of_booking(&scene.booking.id, scene.booking.version + 1));
        println!("answered after {sent:?}, heard in the other process after {:?}", begun.elapsed());
    })
    .await;
}

/// Kills the cursor of the change stream on this database, as a failing node does, as soon as it is there.
async fn kill_change_stream(db: &Db) {
    let admin = db.client.database("admin");
    let pipeline = [
        doc! { "$currentOp": { "idleCursors": true, "allUsers": true } },
        doc! { "$match": { "ns": { "$regex": format!("^{}", db.database.name()) } } },
    ];
    for _ in 0..1_000 {
        let found: Vec<Document> = admin.aggregate(pipeline.clone()).await.unwrap().try_collect().await.unwrap();
        // Idle, or waiting for the next change.
        let cursor = |one: &Document| {
            let idle = one.get_document("cursor").ok().and_then(|cursor| cursor.get_i64("cursorId").ok());
            idle.or_else(|| one.get_document("command").ok()?.get_i64("getMore").ok())
        };
        let cursors: Vec<i64> = found.iter().filter_map(cursor).collect();
        if !cursors.is_empty() {
            let killed = db.database.run_command(doc! { "killCursors": "$cmd.aggregate", "cursors": cursors });
            let killed = killed.await.unwrap();
            assert!(!killed.get_array("cursorsKilled").unwrap().is_empty(), "{killed}");
            return;
        }
        println!("{found:?}");
    }
    panic!("no change stream was found");
}

#[tokio::test]
async fn a_change_stream_that_is_killed_goes_on_where_it_broke() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let mut customer = Stream::of(&scene, &scene.customer).await;
        customer.next().await.unwrap();
        let mut version = scene.booking.version;
        for (number, action) in ["propose_change", "withdraw_change", "propose_change"].into_iter().enumerate() {
            kill_change_stream(db).await;
            let at = Timestamp::now().plus_hours(96).local_field("Pacific/Auckland").replace(':', "%3A");
            let inputs = if action == "propose_change" { format!("&inputs[starts_at]={at}") } else { String::new() };
            let answer = scene.send(&scene.customer, action, version, &format!("command-{number}"), &inputs).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            version += 1;
            assert_eq!(customer.said().await, of_booking(&scene.booking.id, version));
        }
    })
    .await;
}

#[tokio::test]
async fn when_the_past_is_lost_everybody_is_sent_to_connect_again() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let aroha = person(&server, "aroha").await;
        let mut stream = listening(&server, &aroha.cookie).await;
        // A dropped database ends its change stream, and its token leads nowhere.
        db.database.drop().await.unwrap();
        assert_eq!(stream.said().await, closed("again"));
        assert_eq!(stream.next().await, None);
        let aroha = person(&server, "aroha").await;
        let mut stream = listening(&server, &aroha.cookie).await;
        notice(db, &aroha.party.id).await;
        let mut said = stream.said().await;
        if said == just("look") {
            said = stream.said().await;
        }
        assert_eq!(said, just("notice"), "the new one works");
    })
    .await;
}

#[tokio::test]
async fn a_quiet_stream_says_that_it_is_there() {
    in_database(async |db| {
        let quick = |state: &mut gigsta::server::state::AppState| state.live = Hub::new(Duration::from_millis(20));
        let server = Server::start_with(db, |_| (), quick).await;
        let aroha = person(&server, "aroha").await;
        let mut stream = Stream::open(&server, "/events", &[("cookie", &aroha.cookie)]).await;
        let first = stream.block().await.unwrap();
        assert!(first.contains("retry: 2000") || first.contains("retry:2000"), "{first}");
        for _ in 0..3 {
            let beat = stream.block().await.unwrap();
            assert!(beat.starts_with(':') && !beat.contains("data"), "{beat}");
            assert!(beat.contains("\nid:"), "whoever connects again after it has missed nothing before: {beat}");
        }
        notice(db, &aroha.party.id).await;
        assert_eq!(stream.said().await, just("notice"));
    })
    .await;
}

#[tokio::test]
async fn stopping_closes_every_stream_and_opens_no_other() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let aroha = person(&server, "aroha").await;
        let mut stream = listening(&server, &aroha.cookie).await;
        server.state.draining.cancel();
        assert_eq!(stream.said().await, closed("stopping"));
        assert_eq!(stream.next().await, None);
        let refused = server.get("/events", &[("cookie", &aroha.cookie)]).await;
        assert_eq!((refused.status, refused.header("retry-after")), (503, "10"));
    })
    .await;
}

#[tokio::test]
async fn only_pages_of_people_who_are_signed_in_bring_the_script() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let aroha = person(&server, "aroha").await;
        let tag = format!(r#"<script type="module" id="live" src="{}" data-at=""#, asset_names().live);
        let before = Timestamp::now().0;
        for path in ["/", "/bookings"] {
            let page = server.get(path, &[("cookie", &aroha.cookie)]).await.body;
            let rest = page.split_once(&tag).unwrap_or_else(|| panic!("{page}")).1;
            let at: i64 = rest.split('"').next().unwrap().parse().unwrap();
            assert!((before..=Timestamp::now().0).contains(&at));
        }
        assert!(!server.get("/", &[]).await.body.contains("id=\"live\""));
        // What is rendered in answer to a form says so: its address may have nothing to look at again.
        let says = |page: &str| page.split_once(&tag).unwrap().1.split_once('>').unwrap().0.contains("data-posted");
        let cookie = ("cookie", aroha.cookie.as_str());
        let refused = server.post("/account/notices", &[cookie], "quiet_from=21%3A00").await;
        assert!(refused.status == 422 && says(&refused.body), "{}", refused.body);
        assert!(!says(&server.get("/account/notices", &[cookie]).await.body));
    })
    .await;
}

/// With `--nocapture` it tells what they cost; alone, because the memory is that of all tests that run.
#[tokio::test]
async fn a_thousand_people_listen_and_the_one_it_is_for_hears() {
    fn resident() -> isize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let people = join_all((0..1_000).map(|number| {
            let server = server.clone();
            async move { person(&server, &format!("person{number}")).await }
        }))
        .await;
        let mut streams = vec![listening(&server, &people[0].cookie).await];
        let before = resident();
        for crowd in people[1..].chunks(50) {
            streams.extend(join_all(crowd.iter().map(|one| listening(&server, &one.cookie))).await);
        }
        assert_eq!(streams.len(), 1_000);
        eprintln!("{} streams: {} kB more than with one, both ends", streams.len(), resident() - before);
        let begun = std::time::Instant::now();
        notice(db, &people[999].party.id).await;
        assert_eq!(streams[999].said().await, just("notice"));
        eprintln!("one of them heard after {:?}", begun.elapsed());
    })
    .await;
}
