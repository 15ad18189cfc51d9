//! The pages of services over HTTP.

use gigsta::catalogue::model::{SERVICES, ServiceDocument, ServiceStatus};
use gigsta::domain::standing::ProviderStatus;
use gigsta::provider::model::PROVIDERS;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use super::{FORM, gigsta, only};
use crate::actions::commands;
use crate::support::database::in_database;
use crate::support::people::Person;
use crate::support::server::{Answer, Server};

/// The form with some fields otherwise.
fn form(changes: &[(&str, &str)]) -> String {
    let kept = FORM.split('&').filter(|pair| !changes.iter().any(|(name, _)| pair.starts_with(&format!("{name}="))));
    let changed = changes.iter().map(|(name, value)| format!("{name}={value}"));
    kept.map(str::to_owned).chain(changed).collect::<Vec<_>>().join("&")
}

async fn post(server: &Server, who: &Person, path: &str, form: &str) -> Answer {
    server.post(path, &[("cookie", &who.cookie)], form).await
}

async fn get(server: &Server, who: &Person, path: &str) -> Answer {
    server.get(path, &[("cookie", &who.cookie)]).await
}

/// Writes a service and publishes it.
async fn publish(db: &Db, server: &Server, who: &Person, changes: &[(&str, &str)]) -> ServiceDocument {
    assert_eq!(post(server, who, "/provider/services/new", &form(changes)).await.status, 303);
    let path = format!("/provider/services/{}/publish", only(db).await.id.to_hex());
    assert_eq!(post(server, who, &path, "version=1").await.status, 303);
    only(db).await
}

#[tokio::test]
async fn a_service_is_written_published_seen_and_archived() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let hemi = gigsta(&server, "hemi").await;
        let empty = get(&server, &hemi, "/provider/services").await;
        assert!(empty.body.contains("Describe your first service"), "{}", empty.body);
        assert_eq!(get(&server, &hemi, "/provider/services/new").await.status, 200);

        let made = post(&server, &hemi, "/provider/services/new", FORM).await;
        assert_eq!((made.status, made.header("location")), (303, "/services/lawn-mowing?done=saved"));
        assert_eq!(server.get("/services/lawn-mowing", &[]).await.status, 404, "a draft");
        let preview = get(&server, &hemi, "/services/lawn-mowing?done=saved").await;
        assert!(preview.body.contains("Only you see this page") && preview.body.contains("Saved."));
        assert!(!preview.body.contains("ld+json") && !preview.body.contains("/book/lawn-mowing"));

        let service = only(db).await;
        let own = format!("/provider/services/{}", service.id.to_hex());
        let published = post(&server, &hemi, &format!("{own}/publish"), "version=1").await;
        assert_eq!((published.status, published.header("location")), (303, "/services/lawn-mowing?done=publish"));
        let page = server.get("/services/lawn-mowing", &[]).await;
        assert_eq!(page.status, 200);
        for words in [
            "Lawn mowing",
            "$75.00 NZD",
            "GST included",
            "Within 25 km of Te Aro, Wellington",
            "answers within 24 hours",
            "Free to cancel",
            "/book/lawn-mowing",
            "Choose a time",
            "property=\"og:title\"",
            "class=\"cover",
        ] {
            assert!(page.body.contains(words), "{words}\n{}", page.body);
        }
        assert!(page.body.contains(&format!("rel=\"canonical\" href=\"http://{}/services/lawn-mowing\"", server.addr)));
        assert!(!page.body.contains("Tory Street"), "the street is nobody's business");
        assert!(!page.body.contains("Only you see") && !page.body.contains("wasm"));

        let again = post(&server, &hemi, &format!("{own}/publish"), "version=1").await;
        assert_eq!(again.status, 303, "pressed twice");
        let stale = post(&server, &hemi, &format!("{own}/archive"), "version=1").await;
        assert_eq!(stale.status, 409);
        assert_eq!(post(&server, &hemi, &format!("{own}/archive"), "version=2").await.status, 303);
        assert_eq!(server.get("/services/lawn-mowing", &[]).await.status, 404);
        assert_eq!(post(&server, &hemi, &format!("{own}/draft"), "version=3").await.status, 303);
        assert_eq!(post(&server, &hemi, &format!("{own}/publish"), "version=4").await.status, 303);
        assert_eq!(server.get("/services/lawn-mowing", &[]).await.status, 200);
        let list = get(&server, &hemi, "/provider/services").await;
        assert!(list.body.contains("Published") && list.body.contains("Lawn mowing"));
    })
    .await;
}

#[tokio::test]
async fn only_providers_have_services_and_only_their_own() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let (hemi, priya) = (gigsta(&server, "hemi").await, gigsta(&server, "priya").await);
        let service = publish(db, &server, &hemi, &[]).await;
        let own = format!("/provider/services/{}", service.id.to_hex());

        let visitor = server.get("/provider/services", &[]).await;
        assert!(visitor.header("location").starts_with("/sign-in?next="), "{visitor:?}");
        let customer = Person::new(&server, "aroha").await;
        for path in ["/provider/services", "/provider/services/new", &own, &format!("{own}/photos")] {
            let answer = get(&server, &customer, path).await;
            assert_eq!((answer.status, answer.header("location")), (303, "/onboarding"), "{path}");
            if path.contains(&own) {
                assert_eq!(get(&server, &priya, path).await.status, 404, "{path}");
            }
        }
        for path in ["", "/publish", "/archive", "/draft", "/photos/x"] {
            let answer = post(&server, &priya, &format!("{own}{path}"), &format!("{FORM}&version=2")).await;
            assert_eq!(answer.status, 404, "{path}");
        }
        for nonsense in ["nonsense", "000000000000000000000000", "%7B%22%24ne%22%3A1%7D"] {
            assert_eq!(get(&server, &hemi, &format!("/provider/services/{nonsense}")).await.status, 404);
            assert_eq!(get(&server, &hemi, &format!("/services/{nonsense}")).await.status, 404);
        }
        assert_eq!(only(db).await, service);
    })
    .await;
}

#[tokio::test]
async fn two_edits_at_once_are_told_apart_and_nothing_typed_is_lost() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let hemi = gigsta(&server, "hemi").await;
        post(&server, &hemi, "/provider/services/new", FORM).await;
        let own = format!("/provider/services/{}", only(db).await.id.to_hex());
        let first = post(&server, &hemi, &own, &form(&[("title", "First"), ("version", "1")])).await;
        assert_eq!(first.status, 303, "{first:?}");
        let second = form(&[("title", "Second"), ("description", "Typed+for+an+hour"), ("version", "1")]);
        let refused = post(&server, &hemi, &own, &second).await;
        assert_eq!(refused.status, 409);
        for words in ["changed meanwhile", "value=\"Second\"", "Typed for an hour", "First", "All of it."] {
            assert!(refused.body.contains(words), "{words}\n{}", refused.body);
        }
        assert!(refused.body.contains("name=\"version\" value=\"2\""), "so that the next try succeeds");
        assert_eq!(only(db).await.title, "First");
        let again = form(&[("title", "Second"), ("version", "2")]);
        assert_eq!(post(&server, &hemi, &own, &again).await.status, 303);
        let now = only(db).await;
        assert_eq!((now.title.as_str(), now.slug.as_str()), ("Second", "lawn-mowing"), "the address stays");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_a_422_with_everything_that_was_typed() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let hemi = gigsta(&server, "hemi").await;
        let long = "x".repeat(5000);
        for (name, value) in [
            ("title", long.as_str()),
            ("title", ""),
            ("radius_km", "0"),
            ("radius_km", "50000"),
            ("amount", "-5"),
            ("minutes", "61"),
            ("category", "%24where"),
            ("answer_hours", "73"),
        ] {
            let answer = post(&server, &hemi, "/provider/services/new", &form(&[(name, value)])).await;
            assert_eq!(answer.status, 422, "{name}");
            assert!(answer.body.contains(&format!("href=\"#{name}\"")) && answer.body.contains("All of it."), "{name}");
            assert!(name != "title" || answer.body.contains(value));
        }
        assert_eq!(post(&server, &hemi, "/provider/services/new", "").await.status, 422);
        let asked = form(&[("base", "other"), ("locality", "Newtown")]);
        let asked = post(&server, &hemi, "/provider/services/new", &asked).await;
        assert!(asked.status == 422 && asked.body.contains("Newtown, New South Wales"), "{}", asked.body);
        assert_eq!(db.collection::<Document>(SERVICES).count_documents(doc! {}).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_service_and_a_title_used_twice_two_addresses() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let hemi = gigsta(&server, "hemi").await;
        let once = form(&[("id", "0123456789abcdef01234567")]);
        let (one, two) = tokio::join!(
            post(&server, &hemi, "/provider/services/new", &once),
            post(&server, &hemi, "/provider/services/new", &once)
        );
        assert_eq!((one.header("location"), two.status), (two.header("location"), 303));
        only(db).await;
        let other = post(&server, &hemi, "/provider/services/new", FORM).await;
        assert!(other.header("location").starts_with("/services/lawn-mowing-"), "{other:?}");
        let priya = gigsta(&server, "priya").await;
        let taken = post(&server, &priya, "/provider/services/new", &once).await;
        assert!(taken.header("location").starts_with("/services/lawn-mowing-"), "somebody else's id is no way in");
        assert_eq!(db.collection::<Document>(SERVICES).count_documents(doc! {}).await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn only_a_whole_service_of_an_approved_provider_is_published() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let hemi = gigsta(&server, "hemi").await;
        let gaps = form(&[("description", ""), ("amount", "")]);
        assert_eq!(post(&server, &hemi, "/provider/services/new", &gaps).await.status, 303);
        let own = format!("/provider/services/{}", only(db).await.id.to_hex());
        let refused = post(&server, &hemi, &format!("{own}/publish"), "version=1").await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("href=\"#description\"") && refused.body.contains("href=\"#amount\""));
        assert_eq!(post(&server, &hemi, &own, &form(&[("version", "1")])).await.status, 303);

        let providers = db.collection::<Document>(PROVIDERS);
        let pending = mongodb::bson::serialize_to_bson(&ProviderStatus::Pending).unwrap();
        providers.update_many(doc! {}, doc! { "$set": { "status": pending } }).await.unwrap();
        let preview = get(&server, &hemi, "/services/lawn-mowing").await;
        assert!(preview.body.contains("As soon as you are approved"), "{}", preview.body);
        let refused = post(&server, &hemi, &format!("{own}/publish"), "version=2").await;
        assert!(refused.status == 409 && refused.body.contains("As soon as you are approved"), "{refused:?}");
        assert_eq!(only(db).await.status, ServiceStatus::Draft);

        let approved = mongodb::bson::serialize_to_bson(&ProviderStatus::Approved).unwrap();
        providers.update_many(doc! {}, doc! { "$set": { "status": approved } }).await.unwrap();
        assert_eq!(post(&server, &hemi, &format!("{own}/publish"), "version=2").await.status, 303);
        let emptied = post(&server, &hemi, &own, &form(&[("version", "3"), ("description", "")])).await;
        assert_eq!(emptied.status, 422, "what is published stays whole");
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_markup_into_the_page_of_a_service() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let hemi = gigsta(&server, "hemi").await;
        let evil = "%3C%2Fscript%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%3E";
        let service = publish(db, &server, &hemi, &[("title", evil), ("description", evil)]).await;
        let page = server.get(&format!("/services/{}", service.slug), &[]).await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("<script>") && !page.body.contains("\"><script"), "{}", page.body);
        assert_eq!(page.body.matches("<script").count(), 1, "the structured data and nothing else");
        assert_eq!(page.body.matches("</script").count(), 1);
        let data = page.body.split("ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["name"], "</script><script>alert(1)</script>\">");
        assert_eq!((&data["offers"]["price"], &data["offers"]["priceCurrency"]), (&"75.00".into(), &"NZD".into()));
        for path in ["", "/photos"] {
            let page = get(&server, &hemi, &format!("/provider/services/{}{path}", service.id.to_hex())).await;
            let scripts: Vec<_> = page.body.split("<script").skip(1).collect();
            let ours = matches!(scripts[..], [one] if one.starts_with(" type=\"module\" id=\"live\" src=\"/pkg/live."));
            assert!(page.status == 200 && ours, "{}", page.body);
        }
    })
    .await;
}

#[tokio::test]
async fn a_provider_has_a_bounded_number_of_services_and_one_not_yet_approved_has_fewer() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let hemi = gigsta(&server, "hemi").await;
        let new = async |id: &str| post(&server, &hemi, "/provider/services/new", &form(&[("id", id)])).await;
        let status = async |status: ProviderStatus| {
            let set = doc! { "$set": { "status": status.name() } };
            db.collection::<Document>(PROVIDERS).update_many(doc! {}, set).await.unwrap();
        };
        status(ProviderStatus::Pending).await;
        let ids: Vec<String> = (0..11).map(|_| ObjectId::new().to_hex()).collect();
        for id in &ids[..10] {
            assert_eq!(new(id).await.status, 303);
        }
        let refused = new(&ids[10]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("You have 10 services, the most there can be."), "{}", refused.body);
        assert!(refused.body.contains("Lawn mowing"), "what was typed is still there");
        assert_eq!(new(&ids[0]).await.status, 303, "sent again, it is the service that is there");
        status(ProviderStatus::Approved).await;
        assert_eq!(new(&ids[10]).await.status, 303);
        assert_eq!(db.collection::<Document>(SERVICES).count_documents(doc! {}).await.unwrap(), 11);
    })
    .await;
}

#[tokio::test]
async fn a_services_page_takes_two_reads_and_the_first_page_one_and_then_none() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let hemi = gigsta(&server, "hemi").await;
        publish(db, &server, &hemi, &[]).await;
        let page = async |path: &str| assert_eq!(server.get(path, &[]).await.status, 200);
        let asked = commands(db, page("/services/lawn-mowing")).await;
        assert_eq!(asked, ["aggregate", "find"], "the service with its provider, what is claimed of their time");
        let asked = commands(db, page("/")).await;
        assert_eq!(asked[2..], ["aggregate"], "how many services there are of each category");
        let asked = commands(db, page("/")).await;
        assert_eq!(asked[3..], [""; 0]);
    })
    .await;
}
