//! What an admin looks after: who may look, what is shown, trying again, and searching what happened.

use futures::TryStreamExt;
use gigsta::admin::model::{ADMIN_ACTS, AdminAct};
use gigsta::booking::machine::{Booking, Role, Status, TABLE};
use gigsta::booking::store as bookings;
use gigsta::booking::store::oversight;
use gigsta::booking::store::search::{self, MOST_SEARCHED, Search};
use gigsta::mail::store as mails;
use gigsta::mail::write::{Envelope, already_registered};
use gigsta::server::seed;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use crate::support::ask::person;
use crate::support::bookings::{NOON, act, draft, party, requested, service};
use crate::support::database::in_database;
use crate::support::people::Person;
use crate::support::server::{Answer, Server};

const PAGES: [&str; 5] = ["/admin", "/admin/disputes", "/admin/history", "/admin/categories", "/admin/work"];

async fn admin(server: &Server) -> Person {
    let admin = person(server, "grace").await;
    let id = ObjectId::parse_str(&admin.party.id).unwrap();
    let set = doc! { "$set": { "is_admin": true } };
    server.state.db.collection::<Document>("accounts").update_one(doc! { "_id": id }, set).await.unwrap();
    admin
}

async fn look(server: &Server, who: &Person, path: &str) -> Answer {
    server.get(path, &[("cookie", &who.cookie)]).await
}

async fn acts(db: &Db) -> Vec<AdminAct> {
    db.collection(ADMIN_ACTS).find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap().try_collect().await.unwrap()
}

#[tokio::test]
async fn nobody_but_an_admin_finds_anything_here() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        db.collection::<Document>("accounts").delete_many(doc! {}).await.unwrap();
        let server = Server::start(db, |_| ()).await;
        let (admin, other) = (admin(&server).await, person(&server, "aroha").await);
        for path in PAGES {
            assert_eq!(server.get(path, &[]).await.status, 303, "{path}");
            assert_eq!(look(&server, &other, path).await.status, 404, "{path}");
            let seen = look(&server, &admin, path).await;
            assert_eq!((seen.status, seen.body.matches("<h1>").count()), (200, 1), "{path}");
        }
        let form = "kind=effect&key=x";
        assert_eq!(server.post("/admin/work/retry", &[("cookie", &other.cookie)], form).await.status, 404);
        assert_eq!(server.post("/admin/work/retry", &[], form).await.status, 303);
        assert_eq!(acts(db).await, []);
    })
    .await;
}

#[tokio::test]
async fn the_dashboard_counts_every_status_and_names_the_oldest() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let admin = admin(&server).await;
        let empty = look(&server, &admin, "/admin").await.body;
        for told in ["Nobody disagrees", "Every clock is on time", "Everything was delivered", ">0</text>"] {
            assert!(empty.contains(told), "{told} in {empty}");
        }
        let now = Timestamp::now();
        let hemi = party("Hemi");
        for days in [2, 9, 4] {
            let made = now.plus_hours(-24 * days - 1);
            let booking = draft(&party("Aroha"), &hemi, service(), now.plus_hours(24 * days), made);
            bookings::insert_draft(db, &booking, None).await.unwrap();
            act(db, &booking, Role::Customer, "request", &[], made).await.unwrap();
        }
        let oldest = oversight::oldest_by_status(db).await.unwrap();
        assert_eq!(oldest.keys().collect::<Vec<_>>(), [&Status::Requested]);
        assert_eq!(oldest[&Status::Requested].created_at, now.plus_hours(-24 * 9 - 1));
        let page = look(&server, &admin, "/admin").await.body;
        assert!(page.contains(">3, oldest 9 days</text>"), "{page}");
        assert!(page.contains(&format!("/bookings/{}", oldest[&Status::Requested].booking)), "{page}");
        assert!(page.contains("the clock should have acted"), "their time to answer is over: {page}");
        let work = look(&server, &admin, "/admin/work").await.body;
        assert_eq!(work.matches("expire request").count(), 3, "{work}");
        assert_eq!(oversight::count_stuck(db, now).await.unwrap(), 3);
        assert!(oversight::stuck(db, now).await.unwrap().is_sorted_by_key(|late| late.next_due_at));
    })
    .await;
}

#[tokio::test]
async fn disputes_come_oldest_first_with_their_alarm_and_their_due_date() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let admin = admin(&server).await;
        assert!(look(&server, &admin, "/admin/disputes").await.body.contains("No open dispute"));
        let now = Timestamp::now();
        for (name, days) in [("Early", 3), ("Late", 16), ("Middle", 8)] {
            let start = now.plus_hours(-24 * days);
            let booking = draft(&party(name), &party("Hemi"), service(), start, start.plus_hours(-48));
            bookings::insert_draft(db, &booking, None).await.unwrap();
            let mut booking = booking;
            for (role, action, hours) in
                [(Role::Customer, "request", -48), (Role::Provider, "accept", -47), (Role::Provider, "start", 0)]
            {
                booking = act(db, &booking, role, action, &[], start.plus_hours(hours)).await.unwrap();
            }
            let reason = [("reason", "It <b>hums</b>.")];
            act(db, &booking, Role::Customer, "open_dispute", &reason, start.plus_hours(1)).await.unwrap();
        }
        let page = look(&server, &admin, "/admin/disputes").await.body;
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
        assert!(at("Late and Hemi") < at("Middle and Hemi") && at("Middle and Hemi") < at("Early and Hemi"));
        assert!(at("Overdue") < at("Open for more than 7 days") && at("Open for more than 7 days") < at("On time"));
        assert!(page.contains("$120.00 NZD") && page.contains("Opened by the customer 15 days ago"), "{page}");
        assert!(look(&server, &admin, "/admin").await.body.contains("2 past the alarm, the oldest 15 days"));
    })
    .await;
}

/// A booking with an effect that was given up, and a mail that was.
async fn dead_letters(db: &Db) -> (Booking, String) {
    let booking = requested(db, &party("Hemi"), service(), NOON.plus_hours(48)).await;
    let set = doc! { "$set": {
        "outbox.0.status": "dead", "outbox.0.tries": 8, "outbox.0.error": "<b>refused</b>",
    } };
    let id = ObjectId::parse_str(&booking.id).unwrap();
    db.collection::<Document>("bookings").update_one(doc! { "_id": id }, set).await.unwrap();
    let envelope = Envelope { key: "verify:1", to: "a@demo.test", base_url: "http://x.test", now: NOON };
    mails::put(db, &already_registered(&envelope)).await.unwrap();
    let set =
        doc! { "$set": { "status": "dead", "tries": 8_i64, "failed_at": NOON.0, "last_error": "550 no such person" } };
    db.collection::<Document>("mails").update_one(doc! { "_id": "verify:1" }, set).await.unwrap();
    let key = format!("{}:2:0", booking.id);
    (booking, key)
}

#[tokio::test]
async fn a_dead_letter_is_tried_again_once_and_it_is_known_who_wanted_it() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let admin = admin(&server).await;
        let (booking, key) = dead_letters(db).await;
        let page = look(&server, &admin, "/admin/work").await.body;
        for told in
            [&booking.reference, "&lt;b&gt;refused", "550 no such person", "a@demo.test", "notice, after request"]
        {
            assert!(page.contains(told), "{told} in {page}");
        }
        assert!(!page.contains("has an account already.\n"), "not what a mail says: {page}");
        let dashboard = look(&server, &admin, "/admin").await.body;
        assert!(dashboard.contains("given up, can be tried again"), "{dashboard}");

        let retry = async |form: &str| server.post("/admin/work/retry", &[("cookie", &admin.cookie)], form).await;
        for (form, action) in
            [(format!("kind=effect&key={key}"), "retry_effect"), ("kind=mail&key=verify:1".into(), "retry_mail")]
        {
            let done = retry(&form).await;
            assert_eq!((done.status, done.header("location")), (303, "/admin/work?done=retry#letters"), "{done:?}");
            let last = acts(db).await.pop().unwrap();
            assert_eq!((last.action.name(), last.by.as_str()), (action, admin.party.id.as_str()));
            let again = retry(&form).await;
            assert!(again.status == 409 && again.body.contains("no longer dead"), "{again:?}");
        }
        let one = async |collection: &str, filter: Document| {
            db.collection::<Document>(collection).find_one(filter).await.unwrap().unwrap()
        };
        let stored = one("bookings", doc! { "reference": &booking.reference }).await;
        let entry = stored.get_array("outbox").unwrap()[0].as_document().unwrap();
        assert_eq!((entry.get_str("status").unwrap(), entry.get_i64("tries").unwrap()), ("pending", 0));
        assert_eq!(one("mails", doc! { "_id": "verify:1" }).await.get_str("status").unwrap(), "pending");
        assert_eq!(acts(db).await.len(), 4, "what was tried in vain is known too");
        let page = look(&server, &admin, "/admin/work?done=retry").await.body;
        assert!(page.contains("Nothing was given up.") && page.contains("grace: retry mail"), "{page}");

        let long = "x".repeat(400);
        for bad in ["", "kind=effect", "kind=coup&key=1", &format!("kind=mail&key={long}")] {
            assert_eq!(retry(bad).await.status, 422, "{bad:.40}");
        }
        for stranger in ["kind=effect&key=1:2:3", "kind=mail&key[$ne]=1&key=%24ne"] {
            assert_eq!(retry(stranger).await.status, 409, "{stranger}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_happened_is_found_by_person_booking_action_and_day() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let (admin, aroha, hemi) =
            (admin(&server).await, person(&server, "aroha").await, person(&server, "hemi").await);
        let now = Timestamp::now();
        let mut all = Vec::new();
        for days in [1, 30] {
            let made = now.plus_hours(-24 * days);
            let booking = draft(&aroha.party, &hemi.party, service(), made.plus_hours(100), made);
            bookings::insert_draft(db, &booking, None).await.unwrap();
            let booking = act(db, &booking, Role::Customer, "request", &[], made).await.unwrap();
            let reason = [("reason", "Away <i>then</i>")];
            all.push(act(db, &booking, Role::Provider, "decline", &reason, made.plus_hours(1)).await.unwrap());
        }
        let count = async |query: &str| {
            let page = look(&server, &admin, &format!("/admin/history?{query}")).await;
            assert_eq!(page.status, 200, "{query} {page:?}");
            page.body.matches("<li><span><b>").count()
        };
        let long_ago = time_field(now.plus_hours(-24 * 60));
        assert_eq!(count("").await, 3, "the last seven days, when nobody says which");
        assert_eq!(count(&format!("from={long_ago}")).await, 6);
        assert_eq!(count(&format!("from={long_ago}&action=decline")).await, 2);
        assert_eq!(count(&format!("from={long_ago}&who=aroha%40demo.test")).await, 4);
        assert_eq!(count(&format!("from={long_ago}&who={}", hemi.party.id)).await, 2);
        assert_eq!(count(&format!("from={long_ago}&who=hemi%40demo.test&action=request")).await, 0);
        assert_eq!(
            count(&format!("from={long_ago}&reference={}", all[1].reference.to_lowercase())).await,
            0,
            "as it is written"
        );
        assert_eq!(count(&format!("from={long_ago}&reference=GS-NOBODY")).await, 0);
        let page = look(&server, &admin, "/admin/history?action=decline").await.body;
        assert!(page.contains("Away &lt;i&gt;then") && page.contains(&format!("/bookings/{}", all[0].id)), "{page}");

        for (bad, kept) in [
            ("who=nobody%40demo.test", "nobody@demo.test"),
            ("action=%24ne", "There is no such action"),
            ("from=soon", "Give a day"),
            ("from=2020-01-01&reference=GS-1", "GS-1"),
        ] {
            let page = look(&server, &admin, &format!("/admin/history?{bad}")).await;
            assert!(page.status == 422 && page.body.contains(kept), "{bad} {page:?}");
        }
    })
    .await;
}

fn time_field(at: Timestamp) -> String {
    at.local_field("Pacific/Auckland").split('T').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_search_reads_only_so_many_bookings_and_says_so() {
    in_database(async |db| {
        let booking = draft(&party("Aroha"), &party("Hemi"), service(), NOON.plus_hours(100), NOON);
        let all = (0..=MOST_SEARCHED).map(|number| {
            let id = ObjectId::new().to_hex();
            (Booking { reference: format!("GS-{number}"), id, ..booking.clone() }, Vec::new())
        });
        bookings::insert_all(db, all.collect()).await.unwrap();
        let actions = TABLE.rows().iter().map(|row| row.action_name.to_owned()).chain(["create_draft".into()]);
        let search = Search { actions: actions.collect(), from: NOON, to: NOON.plus_hours(1), ..Search::default() };
        let found = search::search(db, &search).await.unwrap();
        assert_eq!((found.events.len(), found.more), (MOST_SEARCHED, true));
        let one = Search { reference: Some("GS-7".into()), ..search };
        let found = search::search(db, &one).await.unwrap();
        assert_eq!((found.events.len(), found.more), (1, false));
    })
    .await;
}

#[tokio::test]
async fn the_machine_lights_the_way_of_ones_own_booking_alone() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let (aroha, other) = (person(&server, "aroha").await, person(&server, "liam").await);
        let draft = draft(&aroha.party, &party("Hemi"), service(), NOON.plus_hours(100), NOON);
        bookings::insert_draft(db, &draft, None).await.unwrap();
        let booking = act(db, &draft, Role::Customer, "request", &[], NOON).await.unwrap();
        let path = format!("/machine?booking={}", booking.id);
        let page = look(&server, &aroha, &path).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.body.matches("machine-node lit").count(), 2, "{}", page.body);
        assert_eq!(page.body.matches("machine-edge lit").count(), 1, "{}", page.body);
        assert_eq!(look(&server, &other, &path).await.status, 404);
        assert_eq!(look(&server, &other, "/machine?booking=x").await.status, 404);
        assert_eq!(server.get(&path, &[]).await.status, 303);
        assert_eq!(server.get("/machine", &[]).await.status, 200);
    })
    .await;
}
