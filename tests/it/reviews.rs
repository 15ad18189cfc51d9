//! Reviews: sealed until they are published, counted from the bookings, hidden by an admin; and what everybody sees.

use gigsta::booking::machine::aggregate::Party;
use gigsta::booking::machine::outbox::OutboxKind;
use gigsta::booking::machine::{Actor, Ask, Booking, Facts, Inputs, Role, TABLE, decide, history};
use gigsta::booking::store;
use gigsta::booking::store::reviews;
use gigsta::catalogue::model::{SERVICES, ServiceDocument};
use gigsta::domain::rating::{Rating, Reliability};
use gigsta::provider::model::{PROVIDERS, Provider};
use gigsta::review::ratings;
use gigsta::server::seed;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use crate::support::ask::{Market, person};
use crate::support::bookings::{NOON, act, draft, party, provider_of, service};
use crate::support::database::in_database;
use crate::support::people::Person;
use crate::support::server::{Answer, Server};

/// A booking that began so many days before `now` and was accepted.
async fn accepted(db: &Db, customer: &Party, provider: &Party, now: Timestamp, days: i64) -> Booking {
    let start = now.plus_hours(-24 * days);
    let asked = start.plus_hours(-48);
    let booking = draft(customer, provider, service(), start, asked);
    store::insert_draft(db, &booking, None).await.unwrap();
    let booking = act(db, &booking, Role::Customer, "request", &[], asked).await.unwrap();
    act(db, &booking, Role::Provider, "accept", &[], asked.plus_hours(1)).await.unwrap()
}

/// The same, completed three hours after it began.
async fn completed(db: &Db, customer: &Party, provider: &Party, now: Timestamp, days: i64) -> Booking {
    let mut booking = accepted(db, customer, provider, now, days).await;
    let start = booking.state.starts_at;
    for (role, action, hours) in
        [(Role::Provider, "start", 0), (Role::Provider, "finish", 2), (Role::Customer, "confirm", 3)]
    {
        booking = act(db, &booking, role, action, &[], start.plus_hours(hours)).await.unwrap();
    }
    booking
}

async fn review(db: &Db, booking: &Booking, role: Role, stars: &str, at: Timestamp) -> Booking {
    act(db, booking, role, "review", &[("stars", stars), ("text", "Said by the tests.")], at).await.unwrap()
}

/// An admin hides or shows a review.
async fn moderate(db: &Db, booking: &Booking, action: &str, at: Timestamp) -> Booking {
    let row = TABLE.row(action).unwrap();
    let raw = [("side".into(), "customer".into()), ("reason".into(), "It names a child.".into())].into();
    let inputs = Inputs::parse(row, &raw, booking).unwrap();
    let actor = Actor { role: Role::Admin, id: ObjectId::new().to_hex(), name: "Grace".into() };
    let done = decide(&Ask { booking, actor: &actor, row, inputs: &inputs, facts: &Facts::good(), now: at }).unwrap();
    assert!(done.outbox.iter().any(|entry| entry.kind == OutboxKind::UpdateRatings), "{:?}", done.outbox);
    store::apply(db, booking, done, None).await.unwrap()
}

async fn provider(db: &Db, party: &Party) -> Provider {
    let id = ObjectId::parse_str(&party.id).unwrap();
    gigsta::provider::store::find(db, id).await.unwrap().unwrap()
}

#[tokio::test]
async fn ratings_are_those_of_the_bookings_however_often_they_are_counted() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let hemi = &market.provider;
        let day = NOON.plus_hours(40 * 24);
        let counted = async |booking: &Booking| {
            ratings::update(db, booking).await.unwrap();
            ratings::update(db, booking).await.unwrap();
            let hemi = provider(db, hemi).await;
            (hemi.rating, hemi.reliability)
        };
        let rated = |count, sum, completed, strikes| (Rating { count, sum }, Reliability { completed, strikes });

        let sealed = completed(db, &party("Aroha"), hemi, day, 10).await;
        assert_eq!(counted(&sealed).await, rated(0, 0, 1, 0));
        let sealed = review(db, &sealed, Role::Customer, "2", day).await;
        assert_eq!(counted(&sealed).await, rated(0, 0, 1, 0), "what is sealed does not count");

        let mut both = completed(db, &party("Liam"), hemi, day, 8).await;
        both = review(db, &both, Role::Customer, "5", day).await;
        both = review(db, &both, Role::Provider, "1", day).await;
        assert_eq!(counted(&both).await, rated(1, 5, 2, 0), "what providers say counts for nobody's stars");

        let published = store::load(db, &sealed.id, day).await.unwrap().unwrap().booking;
        let published = act_as_clock(db, &published, "close_reviews", day.plus_hours(24 * 20)).await;
        assert_eq!(counted(&published).await, rated(2, 7, 2, 0));

        let hidden = moderate(db, &published, "hide_review", day.plus_hours(24 * 21)).await;
        assert_eq!(counted(&hidden).await, rated(1, 5, 2, 0));
        let shown = moderate(db, &hidden, "unhide_review", day.plus_hours(24 * 22)).await;
        assert_eq!(counted(&shown).await, rated(2, 7, 2, 0));
        assert_eq!(history::verify(&shown), Ok(()));

        // Let down: cancelled by the provider, and a settled no-show of theirs. A customer's own is nobody's fault here.
        let off = accepted(db, &party("Mia"), hemi, day, 6).await;
        let early = off.state.starts_at.plus_hours(-5);
        let off = act(db, &off, Role::Provider, "cancel", &[("reason", "ill")], early).await.unwrap();
        assert_eq!(counted(&off).await, rated(2, 7, 2, 1));
        for (role, days) in [(Role::Customer, 5), (Role::Provider, 4)] {
            let absent = accepted(db, &party("Ana"), hemi, day, days).await;
            let late = absent.state.starts_at.plus_hours(1);
            let absent = act(db, &absent, role, "report_no_show", &[], late).await.unwrap();
            let absent = act_as_clock(db, &absent, "settle_no_show", late.plus_hours(24)).await;
            assert_eq!(counted(&absent).await, rated(2, 7, 2, 2), "{role:?}");
        }
        let mine = accepted(db, &party("Tui"), hemi, day, 3).await;
        let early = mine.state.starts_at.plus_hours(-5);
        let mine = act(db, &mine, Role::Customer, "cancel", &[("reason", "ill")], early).await.unwrap();
        assert_eq!(counted(&mine).await, rated(2, 7, 2, 2), "a customer may change their mind");

        // The same on the services, so that a search needs no join; and no version grew.
        let services = db.collection::<ServiceDocument>(SERVICES);
        let lawn = services.find_one(doc! { "slug": "lawn" }).await.unwrap().unwrap();
        assert_eq!((lawn.rating, lawn.reliability), rated(2, 7, 2, 2));
        assert_eq!((lawn.version, provider(db, hemi).await.version), (1, 1));
    })
    .await;
}

async fn act_as_clock(db: &Db, booking: &Booking, action: &str, at: Timestamp) -> Booking {
    act(db, booking, Role::System, action, &[], at).await.unwrap()
}

#[tokio::test]
async fn those_who_count_at_once_agree_in_the_end() {
    in_database(async |db| {
        let hemi = party("Hemi");
        gigsta::provider::store::save(db, &provider_of(&hemi)).await.unwrap();
        let mut all = Vec::new();
        for days in 1..=6 {
            all.push(completed(db, &party("Aroha"), &hemi, NOON, days).await);
        }
        let count = async |booking: &Booking| {
            let both = review(db, booking, Role::Customer, "4", NOON.plus_hours(1)).await;
            let both = review(db, &both, Role::Provider, "5", NOON.plus_hours(2)).await;
            ratings::update(db, &both).await.unwrap();
        };
        futures::future::join_all(all.iter().map(count)).await;
        assert_eq!(provider(db, &hemi).await.rating, Rating { count: 6, sum: 24 });
    })
    .await;
}

/// Somebody signed in who is not one of the people of the booking.
async fn people(server: &Server) -> (Person, Person, Person, Person) {
    let admin = person(server, "grace").await;
    let set = doc! { "$set": { "is_admin": true } };
    let id = ObjectId::parse_str(&admin.party.id).unwrap();
    server.state.db.collection::<Document>("accounts").update_one(doc! { "_id": id }, set).await.unwrap();
    (person(server, "aroha").await, person(server, "hemi").await, admin, person(server, "stranger").await)
}

/// Sends an action upon the version that is stored.
async fn send(server: &Server, who: &Person, booking: &Booking, action: &str, inputs: &str) -> Answer {
    let db = &server.state.db;
    let version = store::load(db, &booking.id, NOON).await.unwrap().unwrap().booking.version;
    let key = ObjectId::new().to_hex();
    let id = &booking.id;
    let form = format!("booking_id={id}&action_name={action}&version={version}&command_id={key}{inputs}");
    server.post("/api/perform_booking_action", &[("cookie", &who.cookie)], &form).await
}

/// Everything that somebody can read of a booking and its provider.
async fn everything(server: &Server, who: &Person, booking: &Booking) -> String {
    let mut all = String::new();
    let (id, provider) = (&booking.id, &booking.provider.id);
    for path in [
        format!("/api/get_booking?booking_id={id}"),
        format!("/api/get_available_booking_actions?booking_id={id}"),
        "/api/list_bookings".into(),
        format!("/bookings/{id}"),
        format!("/bookings/{id}/actions/review"),
        format!("/machine?booking={id}"),
        format!("/providers/{provider}"),
        "/services".into(),
        "/services/lawn".into(),
        "/admin/history?days=30".into(),
    ] {
        all += &server.get(&path, &[("cookie", &who.cookie)]).await.body;
    }
    let mut mails = db_text(&server.state.db, "mails").await;
    mails += &db_text(&server.state.db, "notices").await;
    all + &mails
}

async fn db_text(db: &Db, collection: &str) -> String {
    use futures::TryStreamExt;
    let all = db.collection::<Document>(collection).find(doc! {}).await.unwrap();
    all.try_collect::<Vec<_>>().await.unwrap().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_sealed_review_is_seen_by_its_author_alone() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let server = &market.server;
        let (aroha, hemi, admin, _) = people(server).await;
        let id = ObjectId::parse_str(&hemi.party.id).unwrap();
        gigsta::provider::store::save(db, &provider_of(&hemi.party)).await.unwrap();
        let set = doc! { "$set": { "provider_id": id } };
        db.collection::<Document>(SERVICES).update_one(doc! { "slug": "lawn" }, set).await.unwrap();
        let booking = completed(db, &aroha.party, &hemi.party, Timestamp::now(), 2).await;
        let text = "&inputs[stars]=2&inputs[text]=Unspoken+words";
        let done = send(server, &aroha, &booking, "review", text).await;
        assert_eq!(done.status, 200, "{done:?}");
        ratings::update(db, &booking).await.unwrap();
        for (who, own) in [(&aroha, true), (&hemi, false), (&admin, false)] {
            let seen = everything(server, who, &booking).await;
            assert_eq!(seen.contains("Unspoken words"), own, "{}", who.party.name);
            assert_eq!(seen.contains("2 of 5 stars"), own, "{}", who.party.name);
        }
        // As long as it is sealed it can be mended.
        let mended =
            send(server, &aroha, &booking, "edit_review", "&inputs[stars]=3&inputs[text]=Second+thoughts").await;
        assert_eq!(mended.status, 200, "{mended:?}");
        assert!(!everything(server, &hemi, &booking).await.contains("Second thoughts"));

        let other = send(server, &hemi, &booking, "review", "&inputs[stars]=4&inputs[text]=Fine+tea").await;
        assert_eq!(other.status, 200, "{other:?}");
        ratings::update(db, &booking).await.unwrap();
        for who in [&aroha, &hemi, &admin] {
            let seen = everything(server, who, &booking).await;
            assert!(seen.contains("Second thoughts") && seen.contains("Fine tea"), "{}", who.party.name);
            assert!(!seen.contains("Unspoken words"), "what was edited is gone");
        }
        let late = send(server, &aroha, &booking, "edit_review", "&inputs[stars]=1").await;
        assert!(late.status == 409 && late.body.contains("review_published"), "{late:?}");

        // Everybody reads the customer's, and nobody the provider's about the customer.
        let profile = server.get(&format!("/providers/{}", hemi.party.id), &[]).await.body;
        assert!(profile.contains("Second thoughts") && profile.contains("3.0 of 5, 1 review"), "{profile}");
        assert!(!profile.contains("Fine tea"), "{profile}");
        let lawn = server.get("/services/lawn", &[]).await.body;
        assert!(lawn.contains("\"aggregateRating\":{\"@type\":\"AggregateRating\",\"ratingValue\":\"3.0\""), "{lawn}");
    })
    .await;
}

#[tokio::test]
async fn an_admin_hides_a_review_and_its_author_reads_why() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let server = &market.server;
        let (aroha, hemi, admin, stranger) = people(server).await;
        gigsta::provider::store::save(db, &provider_of(&hemi.party)).await.unwrap();
        let booking = completed(db, &aroha.party, &hemi.party, Timestamp::now(), 2).await;
        let hide = "&inputs[side]=customer&inputs[reason]=It+names+a+child.";
        let nothing = send(server, &admin, &booking, "hide_review", hide).await;
        assert!(nothing.status == 422 && nothing.body.contains("no_public_review"), "{nothing:?}");
        send(server, &aroha, &booking, "review", "&inputs[stars]=1&inputs[text]=Little+Kauri").await;
        let sealed = send(server, &admin, &booking, "hide_review", hide).await;
        assert!(sealed.status == 422 && sealed.body.contains("no_public_review"), "{sealed:?}");
        send(server, &hemi, &booking, "review", "&inputs[stars]=5").await;

        for (who, status) in [(&aroha, 409), (&hemi, 409), (&stranger, 404)] {
            assert_eq!(send(server, who, &booking, "hide_review", hide).await.status, status, "{}", who.party.name);
        }
        for bad in ["&inputs[side]=customer", "&inputs[reason]=x", "&inputs[side]=admin&inputs[reason]=x"] {
            assert_eq!(send(server, &admin, &booking, "hide_review", bad).await.status, 422, "{bad}");
        }
        let done = send(server, &admin, &booking, "hide_review", hide).await;
        assert_eq!(done.status, 200, "{done:?}");
        ratings::update(db, &booking).await.unwrap();
        assert_eq!(provider(db, &hemi.party).await.rating, Rating::default());
        let path = format!("/bookings/{}", booking.id);
        let page = async |who: &Person| server.get(&path, &[("cookie", &who.cookie)]).await.body;
        let own = page(&aroha).await;
        assert!(own.contains("Little Kauri") && own.contains("Hidden by the GigSta team: It names a child."), "{own}");
        assert!(page(&admin).await.contains("Little Kauri"), "who hides it can look at it again");
        assert!(!page(&hemi).await.contains("Little Kauri"));
        let reply = send(server, &hemi, &booking, "reply_to_review", "&inputs[text]=No").await;
        assert_eq!(reply.status, 409, "there is nothing to reply to");
        let profile = server.get(&format!("/providers/{}", hemi.party.id), &[]).await.body;
        assert!(!profile.contains("Little Kauri") && profile.contains("No reviews yet"), "{profile}");
        let stored = store::load(db, &booking.id, NOON).await.unwrap().unwrap().booking;
        let last = stored.history.last().unwrap();
        assert_eq!((last.action_name.as_str(), last.message.as_deref()), ("hide_review", Some("It names a child.")));
        assert_eq!((last.actor_id.as_deref(), history::verify(&stored)), (Some(admin.party.id.as_str()), Ok(())));
        let again = send(server, &admin, &booking, "hide_review", hide).await;
        assert_eq!(again.status, 422, "{again:?}");
        let shown = send(server, &admin, &booking, "unhide_review", hide).await;
        assert_eq!(shown.status, 200, "{shown:?}");
        assert!(page(&hemi).await.contains("Little Kauri"));
    })
    .await;
}

#[tokio::test]
async fn a_review_is_refused_twice_too_late_from_strangers_and_with_nonsense_in_it() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let server = &market.server;
        let (aroha, hemi, _, stranger) = people(server).await;
        gigsta::provider::store::save(db, &provider_of(&hemi.party)).await.unwrap();
        let booking = completed(db, &aroha.party, &hemi.party, Timestamp::now(), 2).await;
        let long = "x".repeat(10_000);
        for (inputs, code) in [
            ("&inputs[stars]=0".to_owned(), "bad_stars"),
            ("&inputs[stars]=6".into(), "bad_stars"),
            ("&inputs[stars]=-1".into(), "bad_stars"),
            ("&inputs[stars]=4.5".into(), "bad_stars"),
            ("&inputs[stars]=five".into(), "bad_stars"),
            ("&inputs[text]=Good".into(), "missing_input"),
            (format!("&inputs[stars]=5&inputs[text]={long}"), "too_long"),
            ("&inputs[stars]=5&inputs[hidden]=no".into(), "unknown_input"),
        ] {
            let answer = send(server, &aroha, &booking, "review", &inputs).await;
            let json = answer.json();
            assert_eq!((answer.status, json["code"].as_str().unwrap()), (422, code), "{inputs:.60}");
            assert!(json["message"].as_str().unwrap().ends_with('.'), "{json}");
        }
        // The page says it at the field, and keeps what was typed.
        let path = format!("/bookings/{}/actions/review", booking.id);
        let form = format!("version={}&command_id=once-and-no-more&inputs[stars]=9&inputs[text]=Kept", booking.version);
        let page = server.post(&path, &[("cookie", &aroha.cookie)], &form).await;
        assert!(
            page.status == 422 && page.body.contains("one to five stars") && page.body.contains("Kept"),
            "{page:?}"
        );
        assert_eq!(send(server, &stranger, &booking, "review", "&inputs[stars]=5").await.status, 404);

        let evil = "&inputs[stars]=5&inputs[text]=%3C/p%3E%3Cscript%3Ealert(1)%3C/script%3E";
        assert_eq!(send(server, &aroha, &booking, "review", evil).await.status, 200);
        let twice = send(server, &aroha, &booking, "review", "&inputs[stars]=1").await;
        assert!(twice.status == 409 && twice.body.contains("already_reviewed"), "{twice:?}");
        send(server, &hemi, &booking, "review", "&inputs[stars]=5").await;
        let profile = server.get(&format!("/providers/{}", hemi.party.id), &[]).await.body;
        assert!(profile.contains("&lt;script&gt;alert(1)") && !profile.contains("<script>alert"), "{profile}");

        let old = completed(db, &aroha.party, &hemi.party, Timestamp::now(), 16).await;
        let late = send(server, &aroha, &old, "review", "&inputs[stars]=5").await;
        assert!(late.status == 409 && late.body.contains("review_window_over"), "{late:?}");
        let running = accepted(db, &aroha.party, &hemi.party, Timestamp::now().plus_hours(72), 1).await;
        let early = send(server, &aroha, &running, "review", "&inputs[stars]=5").await;
        assert_eq!(early.status, 409, "{early:?}");
    })
    .await;
}

#[tokio::test]
async fn reviews_come_page_by_page_and_none_is_lost_or_repeated() {
    in_database(async |db| {
        let hemi = party("Hemi");
        gigsta::provider::store::save(db, &provider_of(&hemi)).await.unwrap();
        // Several are published in the same instant.
        for number in 0..23 {
            let booking = completed(db, &party("Aroha Ngata"), &hemi, NOON, 1 + number % 12).await;
            let at = booking.state.completed_at.unwrap();
            let both = review(db, &booking, Role::Customer, "4", at).await;
            review(db, &both, Role::Provider, "5", NOON.plus_hours(number / 6)).await;
        }
        let id = ObjectId::parse_str(&hemi.id).unwrap();
        let (mut seen, mut cursor, mut pages) = (Vec::new(), None, 0);
        loop {
            let (page, next) = reviews::of_provider(db, id, cursor).await.unwrap();
            seen.extend(page);
            pages += 1;
            let Some(next) = next else { break };
            assert_eq!(reviews::Cursor::read(&next.to_string()), Some(next));
            cursor = Some(next);
        }
        assert_eq!((pages, seen.len()), (3, 23));
        assert!(seen.is_sorted_by_key(|one| std::cmp::Reverse(one.at)));
        assert!(seen.iter().all(|one| one.by == "Aroha" && one.service == "Lawn mowing"));
        let server = Server::start(db, |_| ()).await;
        let path = format!("/providers/{}", hemi.id);
        let first = server.get(&path, &[]).await.body;
        assert_eq!(first.matches("class=\"review\"").count(), 10);
        assert!(first.contains("Older reviews") && !first.contains("Ngata"), "{first}");
        for nonsense in ["x", "1_1", "_", "9999999999999999999_0"] {
            assert_eq!(server.get(&format!("{path}?reviews={nonsense}"), &[]).await.status, 200, "{nonsense}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_demo_has_reviews_whose_ratings_are_right() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        let providers = db.collection::<Provider>(PROVIDERS);
        let hemi = providers.find_one(doc! { "trading_name": "Walker Plumbing" }).await.unwrap().unwrap();
        assert_eq!(hemi.rating, Rating { count: 2, sum: 9 });
        assert!(hemi.reliability.completed > 3 && hemi.reliability.strikes == 2, "{:?}", hemi.reliability);
        ratings::recount(db, hemi.id).await.unwrap();
        assert_eq!(
            gigsta::provider::store::find(db, hemi.id).await.unwrap().unwrap(),
            hemi,
            "counted by the same rules"
        );
        let (shown, _) = reviews::of_provider(db, hemi.id, None).await.unwrap();
        assert_eq!(shown.len(), 2, "the one that gives away a number is hidden");
        let sealed = doc! { "state.reviews_published_at": null, "state.reviews.provider.stars": 5 };
        assert!(db.collection::<Document>("bookings").find_one(sealed).await.unwrap().is_some(), "one is sealed");
    })
    .await;
}
