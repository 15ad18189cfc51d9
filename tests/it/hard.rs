//! The hard cases over HTTP: the code for the start, evidence with photos, a proposed time, and a sick day.

use gigsta::booking::machine::Role;
use gigsta::booking::slots;
use gigsta::booking::store;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use serde_json::Value;
use tokio::task::JoinSet;

use crate::support::ask::person;
use crate::support::bookings::{NOON, act, draft, party, provider_of, requested, service};
use crate::support::database::{folder, in_database};
use crate::support::people::{Person, Scene};
use crate::support::server::{Answer, Server};

mod sick_day;

const CODE: &str = "0472";

/// An accepted booking that asks for a code.
async fn with_code(db: &Db) -> Scene {
    let scene = Scene::new(db).await;
    let id = ObjectId::parse_str(&scene.booking.id).unwrap();
    let bookings = db.collection::<Document>("bookings");
    bookings.update_one(doc! { "_id": id }, doc! { "$set": { "start_code": CODE } }).await.unwrap();
    assert_eq!(scene.send(&scene.provider, "accept", 2, "accept-it", "").await.status, 200);
    scene
}

/// Ten minutes before the start.
fn go_to_the_start(scene: &Scene) {
    let minutes = scene.booking.state.starts_at.minutes_since(scene.server.state.clock.now());
    scene.server.state.clock.advance_minutes(minutes - 10);
}

async fn try_code(scene: &Scene, code: &str, command: &str) -> Answer {
    scene.send(&scene.provider, "start", 3, command, &format!("&inputs[start_code]={code}")).await
}

/// Whether the code stands there by itself, not inside of a longer number.
fn tells_code(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_alphanumeric()).any(|word| word == CODE)
}

#[tokio::test]
async fn the_code_is_seen_by_the_customer_and_by_nobody_else() {
    in_database(async |db| {
        let scene = with_code(db).await;
        let path = format!("/bookings/{}", scene.booking.id);
        let page = async |who: &Person| scene.server.get(&path, &[("cookie", &who.cookie)]).await.body;
        assert!(tells_code(&page(&scene.customer).await));
        go_to_the_start(&scene);
        let refused = try_code(&scene, "0471", "wrong-one").await;
        assert_eq!((refused.status, &refused.json()["code"]), (422, &"wrong_code".into()));
        let denied = scene.send(&scene.provider, "start", 9, "stale-one", "&inputs[start_code]=0471").await;
        assert_eq!(denied.status, 409);
        let action = format!("{path}/actions/start");
        let alone = scene.server.get(&action, &[("cookie", &scene.provider.cookie)]).await.body;
        assert!(alone.contains("inputmode=\"numeric\""), "{alone}");
        let list = scene.server.get("/api/list_bookings", &[("cookie", &scene.provider.cookie)]).await.body;
        let view = scene.view(&scene.provider).await.to_string();
        for text in [page(&scene.provider).await, view, refused.body, denied.body, alone, list] {
            assert!(!tells_code(&text), "{text}");
        }
        let started = try_code(&scene, CODE, "right-one").await;
        assert_eq!((started.status, &started.json()["status"]), (200, &"in_progress".into()));
        assert!(!tells_code(&started.body) && !tells_code(&page(&scene.customer).await));
    })
    .await;
}

#[tokio::test]
async fn after_five_wrong_codes_only_the_customer_can_say_that_work_has_started() {
    in_database(async |db| {
        let scene = with_code(db).await;
        for n in 0..9 {
            let early = try_code(&scene, "1111", &format!("too-early-{n}")).await;
            assert_eq!((early.status, &early.json()["code"]), (409, &"outside_start_window".into()), "costs no try");
        }
        go_to_the_start(&scene);
        for n in 0..5 {
            assert_eq!(try_code(&scene, &format!("111{n}"), &format!("guess-{n:04}")).await.status, 422);
        }
        let right = try_code(&scene, CODE, "too-late-now").await;
        assert_eq!((right.status, &right.json()["code"]), (409, &"no_code_tries_left".into()));
        let view = scene.view(&scene.provider).await;
        let start = view["actions"].as_array().unwrap().iter().find(|action| action["action_name"] == "start").unwrap();
        assert_eq!((&start["available"], &start["denials"][0]["code"]), (&false.into(), &"no_code_tries_left".into()));
        let confirmed = scene.send(&scene.customer, "confirm_start", 3, "it-has-begun", "").await;
        assert_eq!((confirmed.status, &confirmed.json()["status"]), (200, &"in_progress".into()));
    })
    .await;
}

#[tokio::test]
async fn many_guesses_at_once_are_five_guesses() {
    in_database(async |db| {
        let scene = std::sync::Arc::new(with_code(db).await);
        go_to_the_start(&scene);
        let mut guesses = JoinSet::new();
        for n in 0..40 {
            let scene = scene.clone();
            guesses.spawn(async move {
                let answer = try_code(&scene, &format!("{:04}", 1000 + n), &format!("guess-{n:04}")).await;
                answer.json()["code"].as_str().unwrap().to_owned()
            });
        }
        let codes = guesses.join_all().await;
        let count = |wanted: &str| codes.iter().filter(|code| *code == wanted).count();
        assert_eq!((count("wrong_code"), count("no_code_tries_left")), (5, 35), "{codes:?}");
    })
    .await;
}

#[tokio::test]
async fn a_proposed_time_is_held_beside_the_booked_one_until_it_lapses() {
    in_database(async |db| {
        let hemi = party("Hemi");
        let start = NOON.plus_hours(120);
        let booking = requested(db, &hemi, service(), start).await;
        let booking = act(db, &booking, Role::Provider, "accept", &[], NOON).await.unwrap();
        let other = start.plus_hours(24);
        let text = other.local_field("Pacific/Auckland");
        let booking = act(db, &booking, Role::Provider, "propose_change", &[("starts_at", &text)], NOON).await.unwrap();
        for taken in [start, other] {
            let late = draft(&party("Liam"), &hemi, service(), taken, NOON);
            store::insert_draft(db, &late, None).await.unwrap();
            assert!(act(db, &late, Role::Customer, "request", &[], NOON).await.is_err(), "both are held");
        }
        let lapsed = act(db, &booking, Role::System, "lapse_change", &[], NOON.plus_hours(48)).await.unwrap();
        assert_eq!(slots::claims(&lapsed).len(), 10);
        requested(db, &hemi, service(), other).await;
    })
    .await;
}

/// A booking in dispute, on a server with a folder of its own for photos.
async fn disputed(db: &Db) -> (Scene, std::path::PathBuf) {
    let data = folder(&format!("evidence-{}", ObjectId::new().to_hex()));
    let mut scene = Scene::new(db).await;
    let clock = scene.server.state.clock.clone();
    scene.server = Server::start_with(db, |config| config.data = data.clone(), |state| state.clock = clock).await;
    assert_eq!(scene.send(&scene.provider, "accept", 2, "accept-it", "").await.status, 200);
    go_to_the_start(&scene);
    assert_eq!(scene.send(&scene.provider, "start", 3, "start-it", "").await.status, 200);
    let inputs = "&inputs[topic]=poor_work&inputs[reason]=It+is+crooked";
    assert_eq!(scene.send(&scene.customer, "open_dispute", 4, "dispute-it", inputs).await.status, 200);
    (scene, data)
}

fn jpeg() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(400, 300, |x, y| image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 90]));
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

async fn add_evidence(
    scene: &Scene,
    who: &Person,
    version: i64,
    command: &str,
    words: &str,
    files: &[Vec<u8>],
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in
        [("version", version.to_string().as_str()), ("command_id", command), ("inputs[evidence]", words)]
    {
        body.extend(format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for file in files {
        let head = "--cut\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n";
        body.extend(head.bytes());
        body.extend(file);
        body.extend(b"\r\n");
    }
    body.extend(b"--cut--\r\n");
    let path = format!("/bookings/{}/actions/add_evidence/photos", scene.booking.id);
    let headers = [("cookie", who.cookie.as_str()), ("content-type", "multipart/form-data; boundary=cut")];
    scene.server.send("POST", &path, &headers, &body).await
}

fn kept(data: &std::path::Path) -> usize {
    std::fs::read_dir(data.join("photos")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn evidence_with_photos_is_added_once_and_seen_by_both() {
    in_database(async |db| {
        let (scene, data) = disputed(db).await;
        let two = [jpeg(), jpeg()];
        for _ in 0..2 {
            let answer = add_evidence(&scene, &scene.customer, 5, "evidence-1", "Look <b>here</b>.", &two).await;
            assert_eq!((answer.status, scene.version().await), (303, 6), "{}", answer.body);
        }
        assert_eq!(kept(&data), 2);
        let page =
            scene.server.get(&format!("/bookings/{}", scene.booking.id), &[("cookie", &scene.provider.cookie)]).await;
        let view = scene.view(&scene.provider).await;
        let dispute = page.body.as_str();
        assert!(dispute.contains("Look &lt;b&gt;here&lt;/b&gt;.") && !dispute.contains("<b>here"), "{dispute}");
        assert!(dispute.contains("The work was done badly") && dispute.contains("It is crooked"), "{dispute}");
        assert_eq!(dispute.matches("class=\"thumb\"").count(), 2);
        assert_eq!(view["history"][5]["changes"], Value::from(vec!["With 2 photos"]));
        assert!(view.get("dispute").is_none(), "public JSON carries no HTML");
        let shown = dispute.split("src=\"/photos/").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(scene.server.get(&format!("/photos/{shown}"), &[]).await.status, 200);
        std::fs::remove_dir_all(data).unwrap();
    })
    .await;
}

#[tokio::test]
async fn evidence_that_is_refused_keeps_its_words_and_no_photos() {
    in_database(async |db| {
        let (scene, data) = disputed(db).await;
        let five = vec![jpeg(); 5];
        let many = add_evidence(&scene, &scene.customer, 5, "evidence-1", "All of them", &five).await;
        assert!(many.status == 422 && many.body.contains("at most 4") && many.body.contains("All of them</textarea>"));
        let none =
            add_evidence(&scene, &scene.customer, 5, "evidence-2", "No photo", &[jpeg(), b"text".to_vec()]).await;
        assert!(none.status == 422 && none.body.contains("no photo that we can read"), "{}", none.body);
        let empty = add_evidence(&scene, &scene.customer, 5, "evidence-3", "  ", &[jpeg()]).await;
        assert_eq!(empty.status, 422);
        let late = add_evidence(&scene, &scene.customer, 4, "evidence-4", "Too late", &[jpeg()]).await;
        assert_eq!(late.status, 409);
        let stranger = Person::new(&scene.server, "stranger").await;
        assert_eq!(add_evidence(&scene, &stranger, 5, "evidence-5", "Hello", &[jpeg()]).await.status, 404);
        // Somebody else's photo cannot be named.
        let inputs = "&inputs[evidence]=Mine&inputs[photos]=0123456789abcdef0123456789abcdef";
        let named = scene.send(&scene.provider, "add_evidence", 5, "evidence-6", inputs).await;
        assert_eq!((named.status, named.json()["history"][5]["changes"].as_array().map(Vec::len)), (200, Some(0)));
        assert_eq!((kept(&data), scene.version().await), (0, 6));
        std::fs::remove_dir_all(data).unwrap();
    })
    .await;
}

#[tokio::test]
async fn both_sides_and_both_parts_of_the_price_are_told_in_a_dispute() {
    in_database(async |db| {
        let (scene, data) = disputed(db).await;
        let above =
            scene.send(&scene.customer, "offer_settlement", 5, "offer-above", "&inputs[refund_amount]=120.01").await;
        assert_eq!((above.status, &above.json()["code"]), (422, &"more_than_agreed".into()));
        let offer = "&inputs[refund_amount]=60&inputs[message]=Half+and+half";
        assert_eq!(scene.send(&scene.provider, "offer_settlement", 5, "offer-one", offer).await.status, 200);
        let own = scene.send(&scene.provider, "accept_settlement", 6, "take-own", "").await;
        assert_eq!((own.status, &own.json()["code"]), (409, &"no_offer_open".into()));
        let view = scene.view(&scene.customer).await;
        assert!(view.get("aside").is_none(), "public JSON carries no HTML");
        let path = format!("/bookings/{}", scene.booking.id);
        let page = scene.server.get(&path, &[("cookie", &scene.customer.cookie)]).await;
        let aside = page.body.as_str();
        assert!(aside.contains("$60.00 NZD back to customer, $60.00 NZD kept by provider"), "{aside}");
        assert!(aside.contains("Half and half") && aside.contains("the dispute is over"), "{aside}");
        let situation = view["situation"].as_str().unwrap();
        assert!(situation.contains("our team rules by") && situation.ends_with('.'), "{situation}");
        let added = scene.send(&scene.customer, "add_evidence", 6, "evidence-1", "&inputs[evidence]=Crooked").await;
        assert_eq!(added.json()["history"][6]["changes"].as_array().map(Vec::len), Some(0), "no offer is told again");
        _ = std::fs::remove_dir_all(data);
    })
    .await;
}

#[tokio::test]
async fn a_price_out_of_range_or_in_another_currency_is_refused_at_its_field() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        for (n, amount) in ["0", "1000000000000", "150+AUD", "-1", "%E2%82%AC150"].iter().enumerate() {
            let inputs = format!("&inputs[amount]={amount}");
            let answer = scene.send(&scene.provider, "quote", 2, &format!("quote-no-{n}"), &inputs).await;
            assert_eq!((answer.status, &answer.json()["field"]), (422, &"amount".into()), "{amount}");
        }
        let same = scene.booking.state.starts_at.rfc3339().replace(':', "%3A");
        let inputs = format!("&inputs[starts_at]={same}");
        let answer = scene.send(&scene.provider, "propose_change", 2, "same-time", &inputs).await;
        assert_eq!((answer.status, &answer.json()["code"]), (422, &"new_time_not_possible".into()));
        assert_eq!(scene.version().await, 2);
    })
    .await;
}

#[tokio::test]
async fn quotes_tell_who_named_what_when_and_which_is_open_until_when() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let one = "&inputs[amount]=150&inputs[message]=With+the+edges";
        scene.send(&scene.provider, "quote", 2, "quote-one", one).await;
        scene.send(&scene.customer, "counter", 3, "counter-one", "&inputs[amount]=130").await;
        scene.send(&scene.provider, "quote", 4, "quote-two", "&inputs[amount]=140").await;
        let view = scene.view(&scene.customer).await;
        let quotes = view["quotes"].as_array().unwrap();
        let told: Vec<_> = quotes.iter().map(|quote| quote["standing"].as_str().unwrap()).collect();
        assert_eq!(told[0], "Answered by customer with $130.00 NZD.");
        assert_eq!(told[1], "Answered by provider with $140.00 NZD.");
        assert!(
            told[2].starts_with("On the table until ") && told[2].ends_with(": customer can take it."),
            "{}",
            told[2]
        );
        assert_eq!(quotes[0]["message"], "With the edges");
        assert_eq!(quotes[1]["message"], Value::Null);
        scene.send(&scene.customer, "accept_quote", 5, "take-it-now", "").await;
        assert_eq!(scene.view(&scene.provider).await["quotes"][2]["standing"], "Agreed.");
    })
    .await;
}
