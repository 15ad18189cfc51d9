//! The page of the search as a client sees it.

use gigsta::catalogue::model::Reach;
use gigsta::catalogue::searches::Searches;
use gigsta::server::seed;
use gigsta::time::Timestamp;

use super::world::put;
use crate::actions::commands;
use crate::support::database::in_database;
use crate::support::people::Person;
use crate::support::server::Server;

#[tokio::test]
async fn a_search_asks_two_things_beside_the_session() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        seed::scale::fill(db, Timestamp::now(), 400, |_| Ok(())).await.unwrap();
        let person = Person::new(&server, "customer").await;
        person.is_known(&server).await;
        let cookie = [("cookie", person.cookie.as_str())];
        let mut before = 0;
        let mut new = |all: Vec<String>| {
            let known = std::mem::replace(&mut before, all.len());
            all.into_iter().skip(known).collect::<Vec<_>>()
        };
        for address in
            ["", "?place=Sydney&radius=200", "?q=lawn&place=Sydney&sort=next_free", "?category=garden&sort=price"]
        {
            let asked = commands(db, async {
                let page = server.get(&format!("/services{address}"), &cookie).await;
                assert!(page.status == 200 && page.body.contains("class=\"cards\""), "{address}: {}", page.body);
            });
            assert_eq!(
                new(asked.await),
                ["find", "aggregate", "aggregate"],
                "{address}: session, services, calendars and claims"
            );
        }
        let asked = commands(db, async {
            let page = server.get("/services?place=Sydney&q=nothingofthekind", &cookie).await;
            assert!(page.body.contains("Nothing fits this search"), "{}", page.body);
        });
        assert_eq!(new(asked.await), ["find", "aggregate", "aggregate"], "what a wider search would find");
        let asked = commands(db, async {
            for _ in 0..3 {
                assert_eq!(server.get("/", &[]).await.status, 200);
            }
        });
        assert_eq!(new(asked.await), ["aggregate"], "the first page counts once a minute");
    })
    .await;
}

#[tokio::test]
async fn bad_input_is_said_in_the_form_and_never_fails_the_page() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        put(db, "Lawn mowing", |_| ()).await;
        let many = format!("q={}", "word+".repeat(5000));
        for (address, words) in [
            ("place=Karori&radius=0", "The distance is 1 to 200 km. We looked within 1 km."),
            ("place=Karori&radius=50000", "We looked within 200 km."),
            ("near=91,181", "This position is not in New Zealand or Australia."),
            ("near=%00", "This position is not in New Zealand or Australia."),
            ("q=%24%5E.%2A%5B%28", "There is no word in this."),
            (many.as_str(), "Only the first 200 letters were looked for."),
            ("page=-1", "There is no page \"-1\"."),
            ("page=1000000000", "There is no page \"1000000000\"."),
            ("day=2020-01-01", "That day is over."),
            ("day=9999-12-31", "That is too far ahead."),
            ("day=2026-09-27&part=%24ne", "Choose a part of the day from the list."),
            ("category[$ne]=x&category=%24ne", "There is no such category."),
            ("min=90&max=40", "The lower price is now the first."),
            ("place=Newtown", "Which Newtown?"),
            ("place=Atlantis", "Or choose a town"),
            ("place=%3Cscript%3E", "We do not know that place."),
        ] {
            let page = server.get(&format!("/services?{address}"), &[]).await;
            let short: String = address.chars().take(60).collect();
            assert_eq!(page.status, 200, "{short}");
            assert!(page.body.contains(words) && page.body.contains("role=\"alert\""), "{short}: {}", page.body);
            assert!(!page.body.contains("<script>"), "{short}");
        }
        for address in ["%", "=&&=", "q=%FF%FE", "q", "a=b&q=lawn&q=mowing", "day=2026-04-05&part=morning"] {
            assert_eq!(server.get(&format!("/services?{address}"), &[]).await.status, 200, "{address}");
        }
    })
    .await;
}

#[tokio::test]
async fn where_nothing_is_found_every_way_on_is_a_link() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        put(db, "Lawn mowing", |service| *service = super::world::based(service, 90.0, Reach::Radius { km: 150 }))
            .await;
        let page = server.get("/services?q=lawn&place=Te+Aro&instant=on", &[]).await.body;
        assert!(page.contains("Nothing fits this search") && page.contains("comes to that place"), "{page}");
        let page = server.get("/services?q=lawn&place=Te+Aro", &[]).await.body;
        assert!(page.contains("Within 200 km there is one"), "{page}");
        assert!(page.contains("href=\"/services?q=lawn&amp;place=Te+Aro,+Wellington&amp;radius=50\""), "{page}");
        let found = server.get("/services?q=lawn&place=Te+Aro,+Wellington&radius=200", &[]).await.body;
        assert!(found.contains("Lawn mowing") && found.contains("90 km"), "{found}");
        let beyond = server.get("/services?page=7", &[]).await.body;
        assert!(beyond.contains("There is no such page") && beyond.contains("href=\"/services\""), "{beyond}");
    })
    .await;
}

#[tokio::test]
async fn towns_are_suggested_while_one_types_and_may_be_cached() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let answer = server.get("/api/suggest_places?typed=karo", &[]).await;
        assert_eq!(answer.json()[0], "Karori, Wellington");
        assert_eq!(answer.header("cache-control"), "public, max-age=86400");
        assert!(answer.header("permissions-policy").contains("geolocation=(self)"));
        let many = server.get("/api/suggest_places?typed=n", &[]).await.json();
        assert!(many.as_array().unwrap().len() <= 8, "{many}");
        for nothing in ["", "%24%5E.*", "%00"] {
            let none = server.get(&format!("/api/suggest_places?typed={nothing}"), &[]).await.json();
            assert_eq!(none.as_array().map(Vec::len), Some(0), "{nothing}");
        }
    })
    .await;
}

#[tokio::test]
async fn search_engines_are_told_what_is_listed_and_nothing_else() {
    in_database(async |db| {
        let server = Server::start(db, |config| config.base_url = "https://gigsta.example".into()).await;
        let (listed, provider) = put(db, "Lawn mowing", |_| ()).await;
        let (hidden, _) = put(db, "Old", |service| service.listed = false).await;
        let robots = server.get("/robots.txt", &[]).await;
        assert!(robots.body.contains("Sitemap: https://gigsta.example/sitemap.xml"), "{robots:?}");
        let map = server.get("/sitemap.xml", &[]).await;
        assert!(map.header("content-type").starts_with("application/xml"), "{map:?}");
        for path in [format!("services/{}", listed.slug), format!("providers/{}", provider.id.to_hex())] {
            assert!(map.body.contains(&format!("<loc>https://gigsta.example/{path}</loc>")), "{}", map.body);
        }
        assert!(!map.body.contains(&hidden.slug), "{}", map.body);
        let first = server.get("/", &[]).await.body;
        assert!(first.contains("/services?category=garden") && first.contains("action=\"/services\""), "{first}");
    })
    .await;
}

#[tokio::test]
async fn a_sitemap_waits_its_turn_among_the_searches_and_other_pages_do_not() {
    in_database(async |db| {
        let none = Searches::new(db.clone(), 0);
        let server = Server::start_with(db, |_| (), |state| state.searches = none).await;
        let (map, page) = tokio::join!(server.get("/sitemap.xml", &[]), server.get("/sign-in", &[]));
        assert_eq!((map.status, map.header("retry-after")), (503, "3"));
        assert_eq!(page.status, 200);
    })
    .await;
}
