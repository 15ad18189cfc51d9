//! Bookings as calendars see them: a file for its two people, and a feed that can be taken back.

use gigsta::booking::machine::Role;
use gigsta::calendar::{self, Guest, store as calendars};
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;

use crate::support::bookings::{NOON, act, draft, party, provider_of, requested, service};
use crate::support::database::in_database;
use crate::support::people::{Person, Scene};
use crate::support::server::Answer;

fn value<'a>(text: &'a str, name: &str) -> &'a str {
    let line = text.lines().find(|line| line.starts_with(&format!("{name}:")));
    line.unwrap_or_else(|| panic!("{name} in {text}")).split_once(':').unwrap().1
}

async fn file(scene: &Scene, who: &Person) -> Answer {
    scene.server.get(&format!("/bookings/{}.ics", scene.booking.id), &[("cookie", &who.cookie)]).await
}

/// The path of a fresh feed, as the page shows it this once.
async fn feed_path(scene: &Scene, who: &Person) -> String {
    let page = scene.server.post("/account/calendar", &[("cookie", &who.cookie)], "").await;
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"), "{}", page.body);
    let from = page.body.find("value=\"http://").unwrap() + 7;
    let address = page.body[from..].split('"').next().unwrap();
    address.strip_prefix(&scene.server.state.config.base_url).unwrap().to_owned()
}

#[tokio::test]
async fn the_file_of_a_booking_is_for_its_two_people_and_says_how_it_stands() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let asked = file(&scene, &scene.provider).await;
        assert_eq!((asked.status, asked.header("content-type")), (200, "text/calendar; charset=utf-8"));
        assert_eq!(
            asked.header("content-disposition"),
            format!("attachment; filename=\"{}.ics\"", scene.booking.reference)
        );
        let unfolded = asked.body.replace("\r\n ", "");
        assert_eq!((value(&unfolded, "STATUS"), value(&unfolded, "METHOD")), ("TENTATIVE", "REQUEST"));
        assert!(!unfolded.contains("Cuba") && !unfolded.contains("customer@demo.test"), "{unfolded}");

        let accepted = scene.send(&scene.provider, "accept", 2, "command-1", "").await;
        assert_eq!(accepted.status, 200, "{}", accepted.body);
        let agreed = file(&scene, &scene.provider).await.body.replace("\r\n ", "");
        assert!(agreed.contains("12 Cuba Street") && !agreed.contains("customer@demo.test"), "{agreed}");
        assert_eq!((value(&agreed, "STATUS"), value(&agreed, "SEQUENCE")), ("CONFIRMED", "3"));

        let cancelled = scene.send(&scene.customer, "cancel", 3, "command-2", "&inputs[reason]=ill").await;
        assert_eq!(cancelled.status, 200, "{}", cancelled.body);
        let over = file(&scene, &scene.customer).await.body.replace("\r\n ", "");
        assert_eq!((value(&over, "METHOD"), value(&over, "SEQUENCE")), ("CANCEL", "4"));
        assert_eq!(value(&over, "UID"), value(&agreed, "UID"));
    })
    .await;
}

#[tokio::test]
async fn strangers_and_admins_find_no_file_and_guests_sign_in() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let stranger = Person::new(&scene.server, "stranger").await;
        let admin = Person::new(&scene.server, "admin").await;
        let id = ObjectId::parse_str(&admin.party.id).unwrap();
        let mut account = gigsta::account::store::find(db, id).await.unwrap().unwrap();
        account.is_admin = true;
        gigsta::account::store::save(db, account).await.unwrap();
        let nowhere = scene.server.get("/bookings/65f0c0ffee00000000000001.ics", &[("cookie", &stranger.cookie)]).await;
        // Without the head, which says when the page was asked for, and the number of the request.
        let bare = |answer: &Answer| {
            let (_, main) = answer.body.split_once("<main").unwrap();
            main.split("<code>").next().unwrap().to_owned()
        };
        let not_theirs = file(&scene, &stranger).await;
        assert_eq!((not_theirs.status, bare(&not_theirs)), (404, bare(&nowhere)), "not yours looks like not there");
        assert_eq!(file(&scene, &admin).await.status, 404);
        let guest = scene.server.get(&format!("/bookings/{}.ics", scene.booking.id), &[]).await;
        assert_eq!((guest.status, guest.header("location").starts_with("/sign-in?next=/bookings/")), (303, true));
    })
    .await;
}

#[tokio::test]
async fn a_feed_brings_both_parts_and_can_be_asked_about_and_taken_back() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let path = feed_path(&scene, &scene.provider).await;
        // Somebody's calendar has no cookie.
        let feed = scene.server.get(&path, &[]).await;
        assert_eq!((feed.status, feed.header("content-type")), (200, "text/calendar; charset=utf-8"));
        assert_eq!(feed.header("cache-control"), "private, no-cache");
        assert_eq!(feed.body.matches("BEGIN:VEVENT").count(), 1);
        assert_eq!(value(&feed.body, "STATUS"), "TENTATIVE");
        let tag = feed.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() == 66, "{tag}");

        let again = scene.server.get(&path, &[("if-none-match", &tag)]).await;
        assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag.as_str()));
        scene.send(&scene.provider, "accept", 2, "command-1", "").await;
        let moved = scene.server.get(&path, &[("if-none-match", &tag)]).await;
        assert_eq!((moved.status, value(&moved.body, "STATUS")), (200, "CONFIRMED"));

        let newer = feed_path(&scene, &scene.provider).await;
        assert_ne!(path, newer);
        assert_eq!(scene.server.get(&path, &[]).await.status, 404, "a new address ends the old one");
        assert_eq!(scene.server.get(&newer, &[]).await.status, 200);

        let cookie = [("cookie", scene.provider.cookie.as_str())];
        let page = scene.server.get("/account/calendar", &cookie).await;
        assert!(!page.body.contains("/calendar/") || !page.body.contains(&newer), "it is shown once only");
        let revoked = scene.server.post("/account/calendar/revoke", &cookie, "").await;
        assert_eq!((revoked.status, revoked.header("location")), (303, "/account/calendar?done=revoked"));
        for wrong in [newer.as_str(), "/calendar/x.ics", "/calendar/x", "/calendar/.ics", &newer.to_uppercase()] {
            assert_eq!(scene.server.get(wrong, &[]).await.status, 404, "{wrong}");
        }
        assert_eq!(scene.server.get("/account/calendar?done=revoked", &cookie).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn only_the_hash_of_a_feeds_token_is_kept() {
    in_database(async |db| {
        let account = ObjectId::new();
        let token = calendars::make_feed(db, account, NOON).await.unwrap();
        let feed = calendars::feed_of(db, account).await.unwrap().unwrap();
        assert!(token.len() == 64 && !format!("{feed:?}").contains(&token), "{feed:?}");
        assert_eq!(calendars::account_of(db, &token).await.unwrap(), Some(account));
        assert_eq!(calendars::account_of(db, &feed.token_hash).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_feed_holds_what_was_agreed_or_is_asked_for_from_a_month_back_to_a_year_ahead() {
    in_database(async |db| {
        let (hemi, id) = hemi(db).await;
        let request = requested(db, &hemi, service(), NOON.plus_hours(48)).await;
        let agreed = requested(db, &hemi, service(), NOON.plus_hours(72)).await;
        let agreed = act(db, &agreed, Role::Provider, "accept", &[], NOON).await.unwrap();
        let declined = requested(db, &hemi, service(), NOON.plus_hours(96)).await;
        act(db, &declined, Role::Provider, "decline", &[("reason", "full")], NOON).await.unwrap();
        let sketch = draft(&hemi, &party("Liam"), service(), NOON.plus_hours(99), NOON);
        gigsta::booking::store::insert_draft(db, &sketch, None).await.unwrap();
        let entries = calendars::entries(db, id, NOON).await.unwrap();
        let ids: Vec<_> = entries.iter().map(|(entry, _)| entry.id.as_str()).collect();
        assert_eq!(ids, [request.id.as_str(), agreed.id.as_str()], "the earliest first");
        // The query's own small form is the same as that of a whole booking.
        assert_eq!(entries[1].0, calendar::event::Entry::from(&agreed));
        assert!(entries.iter().all(|(_, role)| *role == Role::Provider));
        let customer = ObjectId::parse_str(&agreed.customer.id).unwrap();
        assert_eq!(calendars::entries(db, customer, NOON).await.unwrap()[0].1, Role::Customer);
        // A month after it, it has gone; a year before it, it has not come.
        for (now, count) in [(24 * 32, 2), (24 * 33, 1), (24 * 34, 0), (-24 * 365, 0)] {
            assert_eq!(calendars::entries(db, id, NOON.plus_hours(now)).await.unwrap().len(), count, "{now}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_invitation_follows_the_agreement_and_every_move_of_it() {
    in_database(async |db| {
        let (hemi, _) = hemi(db).await;
        let server = crate::support::server::Server::start(db, |_| ()).await;
        let config = &server.state.site;
        let guest = Guest { role: Role::Customer, email: "aroha@demo.test" };
        let asked = requested(db, &hemi, service(), NOON.plus_hours(72)).await;
        assert_eq!(calendar::attachment(config, &asked, guest, "request", NOON), None);
        let agreed = act(db, &asked, Role::Provider, "accept", &[], NOON).await.unwrap();
        let invited = calendar::attachment(config, &agreed, guest, "accept", NOON).unwrap();
        assert_eq!((value(&invited, "METHOD"), value(&invited, "SEQUENCE")), ("REQUEST", "3"));
        let later = NOON.plus_hours(96).local_field("Pacific/Auckland");
        let proposed =
            act(db, &agreed, Role::Provider, "propose_change", &[("starts_at", &later)], NOON).await.unwrap();
        assert_eq!(calendar::attachment(config, &proposed, guest, "propose_change", NOON), None);
        let unmoved = calendar::invite(config, &proposed, guest, NOON);
        assert_eq!(value(&unmoved, "SEQUENCE"), "3", "a proposal moves nothing");
        let moved = act(db, &proposed, Role::Customer, "accept_change", &[], NOON).await.unwrap();
        let invited = calendar::attachment(config, &moved, guest, "accept_change", NOON).unwrap();
        assert_eq!((value(&invited, "SEQUENCE"), value(&invited, "DTSTART")), ("5", "20261209T230000Z"));
        let over = act(db, &moved, Role::Customer, "cancel", &[("reason", "ill")], NOON).await.unwrap();
        let ended = calendar::attachment(config, &over, guest, "cancel", NOON).unwrap();
        assert_eq!((value(&ended, "METHOD"), value(&ended, "SEQUENCE")), ("CANCEL", "6"));
    })
    .await;
}

async fn hemi(db: &Db) -> (gigsta::booking::machine::aggregate::Party, ObjectId) {
    let hemi = party("Hemi");
    gigsta::provider::store::save(db, &provider_of(&hemi)).await.unwrap();
    let id = ObjectId::parse_str(&hemi.id).unwrap();
    (hemi, id)
}
