//! Asking for a service over HTTP: as a guest, signed in, twice, too late, and all at once.

use futures::TryStreamExt;
use gigsta::account::model::{ACCOUNTS, Account};
use gigsta::booking::machine::{Booking, Status};
use gigsta::booking::model::{BOOKINGS, BookingDocument, SLOT_CLAIMS, SlotClaim};
use gigsta::booking::store;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::doc;
use tokio::task::JoinSet;

use crate::support::ask::{Market, person};
use crate::support::database::in_database;
use crate::support::mails::{mail_to, path_in};
use crate::support::server::Answer;

async fn bookings(db: &Db) -> Vec<Booking> {
    let found = db.collection::<BookingDocument>(BOOKINGS).find(doc! {}).await.unwrap();
    found.map_ok(Booking::from).try_collect().await.unwrap()
}

fn cookie(answer: &Answer) -> String {
    let cookies = answer.header("set-cookie").lines();
    cookies.map(|cookie| cookie.split(';').next().unwrap().to_owned()).collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn a_guest_sees_both_times_once_the_browser_has_said_where_it_is() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let both = "Below each is the time where you are";
        for (cookie, shown) in [
            ("", false),
            ("zone=Pacific/Auckland", false),
            ("zone=Australia/Perth", true),
            ("zone=No/Such<b>", false),
            ("zone=", false),
        ] {
            let page = market.server.get("/book/lawn", &[("cookie", cookie)]).await;
            assert_eq!((page.status, page.body.contains(both)), (200, shown), "{cookie}: {}", page.body);
            let query = format!("/book/lawn/days?from={}&go=zone&chosen=", market.start.0);
            let days = market.server.get(&query, &[("cookie", cookie)]).await;
            assert_eq!((days.status, days.header("content-type")), (200, "text/html; charset=utf-8"));
            assert_eq!(days.body.contains(both), shown, "{cookie}");
            assert_eq!(days.body.is_empty(), !shown, "nothing new is nothing to draw: {cookie}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_signed_in_customer_chooses_reviews_and_sends_and_pressing_twice_sends_once() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let aroha = person(&market.server, "aroha").await;
        let me = [("cookie", aroha.cookie.as_str())];
        let page = market.server.get("/book/lawn", &me).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let chosen = market.choose(&me, market.start, "Front lawn <b>only</b>").await;
        assert_eq!((chosen.status, chosen.header("location")), (303, "/book/lawn/review"), "{}", chosen.body);
        let review = market.server.get("/book/lawn/review", &me).await;
        assert!(review.body.contains("held for you until") && review.body.contains("$120.00 NZD"), "{}", review.body);
        assert!(review.body.contains("Front lawn &lt;b&gt;only"), "{}", review.body);
        assert!(bookings(db).await.is_empty(), "nothing is sent by looking");
        let draft = market.field(&review, "draft");
        let form = format!("draft={draft}&version=1&action=request&message=Kia+ora");
        let (first, second) = tokio::join!(
            market.server.post("/book/lawn/send", &me, &form),
            market.server.post("/book/lawn/send", &me, &form)
        );
        let third = market.server.post("/book/lawn/send", &me, &form).await;
        for answer in [&first, &second, &third] {
            assert!(answer.header("location").starts_with(&format!("/bookings/{draft}")), "{answer:?}");
        }
        let sent = bookings(db).await;
        assert_eq!((sent.len(), sent[0].state.status), (1, Status::Requested));
        assert_eq!((sent[0].history.len(), sent[0].history[1].message.as_deref()), (2, Some("Kia ora")));
        assert_eq!(sent[0].state.price.unwrap().amount, 12_000, "the price is frozen with the request");
        let claims: Vec<SlotClaim> =
            db.collection(SLOT_CLAIMS).find(doc! {}).await.unwrap().try_collect().await.unwrap();
        assert!(!claims.is_empty() && claims.iter().all(|claim| claim.until.is_none()), "{claims:?}");
    })
    .await;
}

#[tokio::test]
async fn a_guest_finishes_by_a_link_that_shows_first_and_works_once() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let chosen = market.choose(&[], market.start, "").await;
        assert_eq!(chosen.header("location"), "/book/lawn/review", "{}", chosen.body);
        let browser = cookie(&chosen);
        let me = [("cookie", browser.as_str())];
        let form = "name=Kiri&email=Kiri%2Bgigsta%40Example.test&phone=021+555+0199";
        let wrong = market.server.post("/book/lawn/guest", &me, "name=Kiri&email=&phone=1").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("value=\"Kiri\""), "nothing typed is lost");
        let told = market.server.post("/book/lawn/guest", &me, form).await;
        assert!(told.status == 200 && told.body.contains("Look into your mail"), "{}", told.body);
        let link = path_in(&mail_to(db, "kiri+gigsta@example.test").await, &market.server);
        // A mail scanner opens the link, in no browser of theirs: nothing happens.
        for _ in 0..3 {
            assert_eq!(market.server.get(&link, &[]).await.status, 200);
        }
        assert!(bookings(db).await.is_empty());
        assert_eq!(market.server.post(&link, &[], "password=short").await.status, 422);
        let done = market.server.post(&link, &[], "password=a+long+enough+one").await;
        assert_eq!(done.status, 303, "{}", done.body);
        let sent = bookings(db).await;
        assert_eq!((sent.len(), sent[0].state.status, sent[0].customer.name.as_str()), (1, Status::Requested, "Kiri"));
        let signed_in = cookie(&done);
        let booking =
            market.server.get(done.header("location").split('?').next().unwrap(), &[("cookie", &signed_in)]).await;
        assert_eq!(booking.status, 200, "the guest has an account now, and is signed in");
        let again = market.server.post(&link, &[], "password=a+long+enough+one").await;
        assert_eq!(again.status, 404, "{}", again.body);
        assert_eq!(market.server.get(&format!("{link}x"), &[]).await.status, 404, "an altered link");
        assert_eq!(bookings(db).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_address_with_an_account_gets_the_same_answer_and_is_asked_to_sign_in_only_behind_the_link() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let aroha = person(&market.server, "aroha").await;
        let chosen = market.choose(&[], market.start, "").await;
        let browser = cookie(&chosen);
        let me = [("cookie", browser.as_str())];
        let ask = async |email: &str| {
            let form = format!("name=Somebody&email={email}&phone=021+555+0199");
            let answer = market.server.post("/book/lawn/guest", &me, &form).await;
            (answer.status, answer.body.replace(email, "").replace(&email.replace("%40", "@"), ""))
        };
        assert_eq!(ask("aroha%40demo.test").await, ask("nobody%40demo.test").await);
        // The draft is the last guest's; the first link is good for its own address only.
        let stale = path_in(&mail_to(db, "aroha@demo.test").await, &market.server);
        assert_eq!(market.server.get(&stale, &[]).await.status, 404);
        ask("aroha%40demo.test").await;
        let link = path_in(&mail_to(db, "aroha@demo.test").await, &market.server);
        let stranger = market.server.get(&link, &[]).await;
        assert!(stranger.body.contains("Sign in, and you come back here"), "{}", stranger.body);
        assert_eq!(market.server.post(&link, &[], "password=a+long+enough+one").await.status, 409);
        let other = person(&market.server, "other").await;
        assert_eq!(market.server.post(&link, &[("cookie", &other.cookie)], "").await.status, 409);
        assert!(bookings(db).await.is_empty());
        let done = market.server.post(&link, &[("cookie", &aroha.cookie)], "").await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(bookings(db).await[0].customer.id, aroha.party.id);
    })
    .await;
}

#[tokio::test]
async fn two_guests_with_one_address_make_one_account() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let mut links = Vec::new();
        for (n, start) in [market.start, market.start.plus_hours(4)].into_iter().enumerate() {
            let browser = cookie(&market.choose(&[], start, "").await);
            let form = format!("name=Guest+{n}&email=kiri%40example.test&phone=021+555+0199");
            market.server.post("/book/lawn/guest", &[("cookie", &browser)], &form).await;
            links.push(path_in(&mail_to(db, "kiri@example.test").await, &market.server));
        }
        let post = |link: &String| {
            let (server, link) = (market.server.clone(), link.clone());
            async move { server.post(&link, &[], "password=a+long+enough+one").await.status }
        };
        let (first, second) = tokio::join!(post(&links[0]), post(&links[1]));
        assert_eq!([first, second].iter().filter(|status| **status == 303).count(), 1, "{first} {second}");
        assert_eq!(
            db.collection::<Account>(ACCOUNTS).count_documents(doc! { "email": "kiri@example.test" }).await.unwrap(),
            1
        );
        assert_eq!(bookings(db).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_people_after_one_time_one_gets_it_and_the_others_three_that_are_really_free() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let mut racers = JoinSet::new();
        for n in 0..64 {
            let racer = person(&market.server, &format!("racer{n}")).await;
            let (server, start) = (market.server.clone(), market.start);
            let form = format!(
                "command_id=race-{n:04}&service=lawn&starts_at={}&place[street]=1+Tory+Street&place[locality]=Te+Aro",
                start.plus_minutes(n % 3 * 30).rfc3339().replace(':', "%3A")
            );
            racers.spawn(async move { server.post("/api/request_booking", &[("cookie", &racer.cookie)], &form).await });
        }
        let answers = racers.join_all().await;
        let won = answers.iter().filter(|answer| answer.status == 200).count();
        let lost: Vec<_> = answers.iter().filter(|answer| answer.status == 409).collect();
        assert_eq!((won, won + lost.len()), (1, 64), "{:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
        let free = market.free(market.start, 14).await;
        let free: Vec<String> = free.iter().map(|at| at.text("Pacific/Auckland")).collect();
        for answer in lost {
            let offered = answer.json()["alternatives"].as_array().unwrap().clone();
            assert_eq!(offered.len(), 3, "{answer:?}");
            assert!(offered.iter().all(|at| free.iter().any(|free| at == free)), "{offered:?} of {free:?}");
        }
        assert_eq!(bookings(db).await.iter().filter(|b| b.state.status == Status::Requested).count(), 1);
        assert_eq!(bookings(db).await.len(), 1, "who lost left nothing behind");
    })
    .await;
}

#[tokio::test]
async fn a_held_time_is_nobody_elses_until_its_fifteen_minutes_are_over() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let (aroha, liam) = (person(&market.server, "aroha").await, person(&market.server, "liam").await);
        let (aroha, liam) = ([("cookie", aroha.cookie.as_str())], [("cookie", liam.cookie.as_str())]);
        assert_eq!(market.choose(&aroha, market.start, "").await.status, 303);
        let late = market.choose(&liam, market.start, "Hedge").await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("Free instead") && late.body.contains("Hedge"), "{}", late.body);
        assert_eq!(market.choose(&aroha, market.start, "").await.status, 303, "one's own hold is no obstacle");
        market.server.state.clock.advance_minutes(16);
        assert_eq!(market.choose(&liam, market.start, "").await.status, 303);
        // Aroha's draft is still there, and says so honestly; her time is gone.
        let review = market.server.get("/book/lawn/review", &aroha).await;
        assert!(review.body.contains("not held for you any more"), "{}", review.body);
        let form = format!("draft={}&version=1&action=request&message=", market.field(&review, "draft"));
        let refused = market.server.post("/book/lawn/send", &aroha, &form).await;
        assert_eq!(refused.status, 409);
        assert!(bookings(db).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_holds_more_than_three_times_at_once() {
    in_database(async |db| {
        let market = Market::new(db).await;
        for n in 0..4 {
            market.service(&format!("lawn-{n}"), 120).await;
        }
        let aroha = person(&market.server, "aroha").await;
        let me = [("cookie", aroha.cookie.as_str())];
        let mut statuses = Vec::new();
        for n in 0..4 {
            let start = market.start.plus_hours(24 * n);
            statuses.push(market.choose_of(&format!("lawn-{n}"), &me, start, "").await.status);
        }
        assert_eq!(statuses, [303, 303, 303, 429]);
    })
    .await;
}

#[tokio::test]
async fn a_crash_between_the_booking_and_its_sending_is_mended_by_sending_again() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let aroha = person(&market.server, "aroha").await;
        let me = [("cookie", aroha.cookie.as_str())];
        market.choose(&me, market.start, "").await;
        let review = market.server.get("/book/lawn/review", &me).await;
        let draft = market.field(&review, "draft");
        // What is left when the server dies right after the booking was written as a draft.
        let mut left = crate::support::bookings::draft(
            &aroha.party,
            &market.provider,
            crate::support::bookings::service(),
            market.start,
            Timestamp::now(),
        );
        left.id = draft.clone();
        store::insert_draft(db, &left, None).await.unwrap();
        let form = format!("draft={draft}&version=1&action=request&message=");
        let sent = market.server.post("/book/lawn/send", &me, &form).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert_eq!(bookings(db).await[0].state.status, Status::Requested);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_refused_with_a_reason_and_nothing_typed_is_lost() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let aroha = person(&market.server, "aroha").await;
        let me = [("cookie", aroha.cookie.as_str())];
        let at = market.start.0;
        for (starts_at, place, status, says) in [
            (String::new(), "Te Aro", 422, "Choose a time"),
            ("nonsense".into(), "Te Aro", 422, "Choose a time"),
            (at.to_string(), "", 422, "Suburb or town"),
            (at.to_string(), "Atlantis", 422, "do not know this place"),
            (at.to_string(), "Newtown", 422, "More than one place"),
            (at.to_string(), "Sydney", 422, "outside the area"),
            ((at + 60_000).to_string(), "Te Aro", 409, "not free"),
            ((at - 7 * 24 * 3_600_000).to_string(), "Te Aro", 409, "not free"),
            (i64::MAX.to_string(), "Te Aro", 409, "not free"),
            (i64::MIN.to_string(), "Te Aro", 409, "not free"),
            ("9999-12-31T10:00:00Z".into(), "Te Aro", 422, "Choose a time"),
        ] {
            let form = format!("starts_at={starts_at}&street=1+Tory+Street&locality={place}&details=kept+words&go=on");
            let answer = market.server.post("/book/lawn", &me, &form.replace(' ', "+")).await;
            assert_eq!(answer.status, status, "{starts_at} {place}");
            assert!(
                answer.body.contains(says) && answer.body.contains("kept words"),
                "{starts_at} {place}: {}",
                answer.body
            );
        }
        let long = format!("starts_at={at}&street=1+Tory+Street&locality=Te+Aro&details={}&go=on", "a".repeat(2_001));
        assert_eq!(market.server.post("/book/lawn", &me, &long).await.status, 422);
        assert_eq!(market.server.get("/book/nothing", &me).await.status, 404);
        assert_eq!(market.server.get("/book/%24ne", &me).await.status, 404);
    })
    .await;
}
