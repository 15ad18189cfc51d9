//! Becoming and being a provider, over HTTP, with an admin on the other side.

use gigsta::booking::store as bookings;
use gigsta::catalogue::model::{SERVICES, ServiceDocument};
use gigsta::domain::standing::ProviderStatus;
use gigsta::mail::model::{MAILS, Mail};
use gigsta::provider::history;
use gigsta::provider::model::{PROVIDERS, Provider};
use gigsta::provider::store;
use gigsta::server::{audit, seed};
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use crate::support::bookings::{NOON, party, service, viewer};
use crate::support::database::in_database;
use crate::support::people::{Person, Scene};
use crate::support::server::{Answer, Server};

const DETAILS: &str = "trading_name=Ngata+Gardens&about=Hedges.&phone=021+555+0142&street=12+Tory+Street\
    &locality=Te+Aro&business_number=9429+0000+0001+7";

/// An admin, signed in.
async fn admin(server: &Server) -> Person {
    let person = Person::new(server, "admin").await;
    let admin = doc! { "$set": { "is_admin": true } };
    let id = ObjectId::parse_str(&person.party.id).unwrap();
    server.state.db.collection::<Document>("accounts").update_one(doc! { "_id": id }, admin).await.unwrap();
    person
}

async fn provider(db: &Db, person: &Person) -> Option<Provider> {
    store::find(db, ObjectId::parse_str(&person.party.id).unwrap()).await.unwrap()
}

/// Sends a form upon the version that is stored.
async fn send(server: &Server, who: &Person, of: &Person, path: &str, form: &str) -> Answer {
    let version = provider(&server.state.db, of).await.map_or(0, |provider| provider.version);
    server.post(path, &[("cookie", &who.cookie)], &format!("version={version}&{form}")).await
}

async fn step(server: &Server, who: &Person, action: &str, form: &str) {
    let answer = send(server, who, who, &format!("/onboarding/{action}"), form).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/onboarding"), "{action} {answer:?}");
}

async fn decide(server: &Server, admin: &Person, of: &Person, action: &str, form: &str) -> Answer {
    send(server, admin, of, &format!("/admin/providers/{}/{action}", of.party.id), form).await
}

async fn submitted(server: &Server) -> Person {
    let person = Person::new(server, "applicant").await;
    for (action, form) in [("choose_provider", ""), ("save_details", DETAILS), ("save_payout", "payout=direct")] {
        step(server, &person, action, form).await;
    }
    step(server, &person, "submit", "").await;
    person
}

async fn page(server: &Server, who: &Person, path: &str) -> String {
    server.get(path, &[("cookie", &who.cookie)]).await.body
}

#[tokio::test]
async fn a_customer_becomes_a_provider_and_is_never_asked_twice() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let admin = admin(&server).await;
        let person = Person::new(&server, "applicant").await;
        let profile = "name=Aroha+Ngata&phone=021+555+0142&street=12+Tory+Street&locality=Te+Aro";
        server.post("/account", &[("cookie", &person.cookie)], profile).await;
        let text = page(&server, &person, "/onboarding").await;
        assert!(text.contains("Find services") && text.contains("Become a GigSta"), "{text}");
        step(&server, &person, "choose_provider", "").await;
        let text = page(&server, &person, "/onboarding").await;
        for known in
            ["step 1 of 3", "value=\"+64 21 555 0142\"", "value=\"12 Tory Street\"", "value=\"Te Aro, Wellington\""]
        {
            assert!(text.contains(known), "{known} in {text}");
        }
        assert!(page(&server, &person, "/provider").await.contains("Continue, 1 of 3"));

        let wrong = DETAILS.replace("0001+7", "0001+8");
        let refused = send(&server, &person, &person, "/onboarding/save_details", &wrong).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Ngata Gardens") && refused.body.contains("href=\"#business_number\""));
        let abn = DETAILS.replace("9429+0000+0001+7", "51+824+753+556");
        let refused = send(&server, &person, &person, "/onboarding/save_details", &abn).await;
        assert!(refused.status == 422 && refused.body.contains("enter the NZBN"), "{}", refused.body);

        step(&server, &person, "save_details", DETAILS).await;
        assert!(page(&server, &person, "/onboarding").await.contains("step 2 of 3"));
        assert!(page(&server, &person, "/provider").await.contains("Continue, 2 of 3"));
        step(&server, &person, "save_payout", "payout=direct").await;
        let text = page(&server, &person, "/onboarding").await;
        assert!(text.contains("step 3 of 3") && text.contains("9429 0000 0001 7"), "{text}");
        step(&server, &person, "submit", "").await;
        assert!(page(&server, &person, "/onboarding").await.contains("Your application is with us"));
        assert!(page(&server, &person, "/bookings").await.contains("No bookings yet"), "a customer as before");

        let queue = page(&server, &admin, "/admin/providers").await;
        assert!(queue.contains("Ngata Gardens") && queue.contains("Waiting for approval <b>1</b>"), "{queue}");
        let asked = decide(&server, &admin, &person, "ask_more", "message_ask_more=Which+licence%3F").await;
        assert_eq!(asked.status, 303, "{asked:?}");
        assert!(page(&server, &person, "/onboarding").await.contains("Which licence?"));
        step(&server, &person, "answer_more", "message=None+needed.").await;
        let one = page(&server, &admin, &format!("/admin/providers/{}", person.party.id)).await;
        for told in ["None needed.", "Question answered", "applicant@demo.test", "12 Tory Street, Te Aro, Wellington"] {
            assert!(one.contains(told), "{told} in {one}");
        }
        assert_eq!(decide(&server, &admin, &person, "approve", "").await.status, 303);

        let provider = provider(db, &person).await.unwrap();
        assert!(provider.takes_requests());
        assert_eq!(history::verify(&provider), Ok(()));
        let actions: Vec<_> = provider.history.iter().map(|event| event.action_name.as_str()).collect();
        assert_eq!(
            actions,
            ["choose_provider", "save_details", "save_payout", "submit", "ask_more", "answer_more", "approve"]
        );
        let mails = db.collection::<Mail>(MAILS);
        for kind in ["provider_submitted", "provider_more_asked", "provider_approved"] {
            let mail = mails.find_one(doc! { "to": "applicant@demo.test", "kind": kind }).await.unwrap();
            assert!(mail.is_some(), "{kind}");
        }
        assert!(page(&server, &person, "/provider").await.contains("You take requests."));
    })
    .await;
}

#[tokio::test]
async fn a_rejected_applicant_reads_why_and_can_send_it_again() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let admin = admin(&server).await;
        let person = submitted(&server).await;
        let silent = decide(&server, &admin, &person, "reject", "message_reject=+").await;
        assert!(silent.status == 422 && silent.body.contains("href=\"#message_reject\""), "{silent:?}");
        let said = decide(&server, &admin, &person, "reject", "message_reject=Not+%3Cyours%3E.").await;
        assert_eq!(said.status, 303);
        let text = page(&server, &person, "/onboarding").await;
        assert!(text.contains("Not &lt;yours&gt;.") && text.contains("Send it again"), "{text}");
        step(&server, &person, "save_details", &DETAILS.replace("Ngata", "Other")).await;
        step(&server, &person, "submit", "").await;
        let provider = provider(db, &person).await.unwrap();
        assert_eq!((provider.status, provider.trading_name.as_str()), (ProviderStatus::Pending, "Other Gardens"));
        assert_eq!(history::verify(&provider), Ok(()));
    })
    .await;
}

#[tokio::test]
async fn nobody_but_an_admin_decides_and_no_admin_on_their_own() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let person = submitted(&server).await;
        let path = format!("/admin/providers/{}", person.party.id);
        let me = [("cookie", person.cookie.as_str())];
        for path in ["/admin/providers", &path] {
            assert_eq!(server.get(path, &me).await.status, 404, "{path}");
            assert_eq!(server.get(path, &[]).await.status, 303, "{path}");
        }
        assert_eq!(decide(&server, &person, &person, "approve", "").await.status, 404);
        assert_eq!(send(&server, &person, &person, "/onboarding/approve", "").await.status, 404);
        let set = doc! { "$set": { "is_admin": true } };
        db.collection::<Document>("accounts").update_one(doc! { "email": "applicant@demo.test" }, set).await.unwrap();
        gigsta::account::session::forget(db, &[person.party.id.parse().unwrap()]).await.unwrap();
        let own = decide(&server, &person, &person, "approve", "").await;
        assert!(own.status == 409 && own.body.contains("your own application"), "{own:?}");
        assert_eq!(provider(db, &person).await.unwrap().status, ProviderStatus::Pending);
        for nonsense in ["/admin/providers/x", "/admin/providers/000000000000000000000000"] {
            assert_eq!(server.get(nonsense, &me).await.status, 404, "{nonsense}");
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_admins_who_decide_at_once_one_is_told_that_it_was_too_late() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let admin = admin(&server).await;
        let person = submitted(&server).await;
        let (one, other) = tokio::join!(
            decide(&server, &admin, &person, "approve", ""),
            decide(&server, &admin, &person, "reject", "message_reject=No."),
        );
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let stale = format!("/admin/providers/{}/suspend", person.party.id);
        let stale = server.post(&stale, &[("cookie", &admin.cookie)], "version=1&message_suspend=Why%3F").await;
        assert_eq!(stale.status, 409);
        // Where suspending is still possible, the reason typed for it is there.
        assert!(stale.body.contains("Why?") || !stale.body.contains("message_suspend"), "{stale:?}");
        let provider = provider(db, &person).await.unwrap();
        assert_eq!((provider.history.len(), history::verify(&provider)), (5, Ok(())));
    })
    .await;
}

#[tokio::test]
async fn a_suspended_providers_services_are_hidden_and_their_bookings_go_on() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        // The scene brings its own people, who have the same addresses.
        db.collection::<Document>("accounts").delete_many(doc! {}).await.unwrap();
        let scene = Scene::new(db).await;
        let server = &scene.server;
        let admin = admin(server).await;
        let template =
            db.collection::<Provider>(PROVIDERS).find_one(doc! { "status": "approved" }).await.unwrap().unwrap();
        let id = ObjectId::parse_str(&scene.provider.party.id).unwrap();
        store::save(db, &Provider { id, ..template }).await.unwrap();
        let services = db.collection::<ServiceDocument>(SERVICES);
        let offered = services.find_one(doc! { "listed": true }).await.unwrap().unwrap();
        for (slug, status) in [("one", "active"), ("two", "draft")] {
            let mine = ServiceDocument { id: ObjectId::new(), slug: slug.into(), provider_id: id, ..offered.clone() };
            services.insert_one(&mine).await.unwrap();
            let set = doc! { "$set": { "status": status, "listed": status == "active" } };
            services.update_one(doc! { "slug": slug }, set).await.unwrap();
        }
        let listed = async || services.count_documents(doc! { "provider_id": id, "listed": true }).await.unwrap();
        let profile = format!("/providers/{}", scene.provider.party.id);
        let seen = server.get(&profile, &[]).await;
        assert!(seen.status == 200 && seen.body.contains("/services/one") && !seen.body.contains("/services/two"));

        let paused = send(server, &scene.provider, &scene.provider, "/provider/requests/pause", "").await;
        assert_eq!((paused.status, listed().await), (303, 0), "{paused:?}");
        let resumed = send(server, &scene.provider, &scene.provider, "/provider/requests/resume", "").await;
        assert_eq!((resumed.status, listed().await), (303, 1), "only what is active comes back");

        let form = "about=New+words.&phone=%2B64+27+555+0118";
        let changed = send(server, &scene.provider, &scene.provider, "/provider/profile", form).await;
        assert_eq!(changed.status, 303, "{changed:?}");
        assert!(server.get(&profile, &[]).await.body.contains("New words."));
        let wrong = send(server, &scene.provider, &scene.provider, "/provider/profile", "about=Kept.&phone=1").await;
        assert!(wrong.status == 422 && wrong.body.contains("Kept."), "{wrong:?}");

        let done = decide(server, &admin, &scene.provider, "suspend", "message_suspend=Complaints.").await;
        assert_eq!((done.status, listed().await), (303, 0), "{done:?}");
        assert_eq!(server.get(&profile, &[]).await.status, 404);
        assert!(page(server, &scene.provider, "/provider").await.contains("Complaints."));
        let accepted = scene.send(&scene.provider, "accept", 2, "accept-once", "").await;
        assert_eq!(accepted.status, 200, "a running booking stays workable: {accepted:?}");
        let other = crate::support::bookings::draft(
            &party("Liam"),
            &scene.provider.party,
            service(),
            NOON.plus_hours(60),
            NOON,
        );
        bookings::insert_draft(db, &other, None).await.unwrap();
        let facts = bookings::find_for(db, &viewer("0", true), &other.id, NOON).await.unwrap().unwrap().facts;
        assert!(!facts.provider_active, "no new requests");

        let done = decide(server, &admin, &scene.provider, "reinstate", "").await;
        assert_eq!((done.status, listed().await), (303, 1), "{done:?}");
    })
    .await;
}

#[tokio::test]
async fn the_audit_finds_an_application_that_was_altered() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        assert_eq!(audit::verify_providers(db).await.unwrap(), 6);
        let altered = doc! { "$set": { "business_number": "51824753556" } };
        db.collection::<Document>(PROVIDERS).update_one(doc! { "status": "pending" }, altered).await.unwrap();
        let fault = audit::verify_providers(db).await.unwrap_err().to_string();
        assert!(fault.contains("Rangi Window Cleaning"), "{fault}");
    })
    .await;
}

#[tokio::test]
async fn a_public_profile_shows_neither_phone_nor_mail_nor_street() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        let server = Server::start(db, |_| ()).await;
        let providers = db.collection::<Provider>(PROVIDERS);
        let hemi = providers.find_one(doc! { "trading_name": "Walker Plumbing" }).await.unwrap().unwrap();
        let page = server.get(&format!("/providers/{}", hemi.id), &[]).await;
        assert_eq!(page.status, 200);
        for shown in [
            "Walker Plumbing",
            "Wellington",
            "7:00 am to 12:00 pm",
            "4.5 of 5, 2 reviews",
            "<meta name=\"description\"",
        ] {
            assert!(page.body.contains(shown), "{shown} in {}", page.body);
        }
        let street = hemi.base.as_ref().unwrap().label.split(',').next().unwrap().to_owned();
        for hidden in [hemi.phone.as_str(), "provider@demo.test", &street, &hemi.business_number] {
            assert!(!page.body.contains(hidden), "{hidden}");
        }
        let waiting = providers.find_one(doc! { "status": "pending" }).await.unwrap().unwrap();
        for hidden in [waiting.id.to_hex().as_str(), "x", "000000000000000000000000"] {
            assert_eq!(server.get(&format!("/providers/{hidden}"), &[]).await.status, 404, "{hidden}");
        }
    })
    .await;
}
