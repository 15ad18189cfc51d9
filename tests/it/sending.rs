//! How pages and files are sent: what caches may keep, what is asked about again, and compressed bytes that hold the same.

use gigsta::server::seed;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::{Document, doc};

use crate::support::database::in_database;
use crate::support::people::{Person, Scene};
use crate::support::server::{Answer, Server};

const SHORTLY: &str = "public, max-age=60, stale-while-revalidate=240";
const CHECKED: &str = "public, no-cache";

/// The pages that show everybody who is not signed in the same, and how they may be kept.
async fn public_pages(db: &Db) -> Vec<(String, &'static str)> {
    seed::scale::fill(db, Timestamp::now(), 20, |_| Ok(())).await.unwrap();
    let service = db.collection::<Document>("services").find_one(doc! { "listed": true }).await.unwrap().unwrap();
    let provider = service.get_object_id("provider_id").unwrap();
    let pages = [
        ("/".to_owned(), SHORTLY),
        ("/machine".into(), SHORTLY),
        ("/services?q=lawn".into(), CHECKED),
        (format!("/services/{}", service.get_str("slug").unwrap()), CHECKED),
        (format!("/providers/{provider}"), CHECKED),
    ];
    pages.into()
}

/// What a page varies by.
fn vary(answer: &Answer) -> Vec<&str> {
    let mut names: Vec<_> = answer.header("vary").split([',', '\n']).map(str::trim).collect();
    names.sort_unstable();
    names
}

fn unpacked(answer: &Answer) -> String {
    assert_eq!(answer.header("content-encoding"), "br", "{answer:?}");
    let mut text = Vec::new();
    brotli::BrotliDecompress(&mut answer.bytes.as_ref(), &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

#[tokio::test]
async fn pages_for_everybody_are_kept_and_not_sent_again_to_whoever_has_them() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        for (path, kept) in public_pages(db).await {
            let page = server.get(&path, &[]).await;
            assert_eq!((page.status, page.header("cache-control")), (200, kept), "{path}");
            assert_eq!(vary(&page), ["accept-encoding", "cookie"], "{path}");
            let tag = page.header("etag").to_owned();
            assert!(tag.starts_with("W/\"") && tag.len() > 40, "{path}: {tag}");

            let brotli = server.get(&path, &[("accept-encoding", "gzip, br")]).await;
            assert_eq!((brotli.header("etag"), unpacked(&brotli)), (tag.as_str(), page.body), "{path}");

            for known in [tag.as_str(), tag.trim_start_matches("W/"), "*", &format!("\"other\", {tag}")] {
                let again = server.get(&path, &[("if-none-match", known), ("accept-encoding", "br")]).await;
                assert_eq!((again.status, again.body.as_str()), (304, ""), "{path} with {known}");
                assert_eq!((again.header("etag"), again.header("cache-control")), (tag.as_str(), kept), "{path}");
                assert_eq!(vary(&again), ["accept-encoding", "cookie"], "{path}");
            }
            assert_eq!(server.get(&path, &[("if-none-match", "\"other\"")]).await.status, 200, "{path}");

            let dark = server.get(&path, &[("cookie", "theme=dark"), ("if-none-match", &tag)]).await;
            assert_eq!(
                (dark.status, dark.header("cache-control")),
                (200, kept),
                "{path}: another appearance is another page"
            );
            assert_ne!(dark.header("etag"), tag, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_with_anything_of_one_person_is_kept_nowhere() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let person = Person::new(&server, "customer").await;
        let pages = public_pages(db).await;
        for (path, _) in &pages {
            let tag = server.get(path, &[]).await.header("etag").to_owned();
            // Signed in, by a session that has ended, and by a cookie that nobody knows.
            for cookie in [person.cookie.as_str(), "session=0000", "theme=dark; __Host-session=0000", "who=me"] {
                let page = server.get(path, &[("cookie", cookie), ("if-none-match", &tag)]).await;
                assert_eq!((page.status, page.header("cache-control")), (200, "no-store"), "{path} with {cookie}");
                assert_eq!(page.header("etag"), "", "{path} with {cookie}");
            }
            let page = server.get(path, &[("cookie", &person.cookie)]).await;
            assert!(page.body.contains("action=\"/sign-out\""), "{path}: {}", page.body);
        }
        for path in ["/sign-in", "/sign-up", "/forgot-password", "/bookings", "/account", "/notices", "/nowhere"] {
            for headers in [&[][..], &[("cookie", person.cookie.as_str())]] {
                let page = server.get(path, headers).await;
                assert_eq!((page.header("cache-control"), page.header("etag")), ("no-store", ""), "{path}");
            }
        }
        // What is shown in answer to a form, or in place of a page, is nobody's to keep.
        let (service, _) = &pages[3];
        for answer in [
            server.get(&format!("{service}-not-there"), &[]).await,
            server.post(service, &[], "").await,
            server.get("/machine?booking=0", &[]).await,
        ] {
            assert!(answer.status >= 300, "{answer:?}");
            assert_eq!((answer.header("cache-control"), answer.header("etag")), ("no-store", ""), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_booking_is_sent_as_brotli_that_holds_the_whole_page() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let path = format!("/bookings/{}", scene.booking.id);
        let cookie = ("cookie", scene.customer.cookie.as_str());
        let page = scene.server.get(&path, &[cookie, ("accept-encoding", "gzip, deflate, br, zstd")]).await;
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        assert_eq!((vary(&page), page.header("etag")), (vec!["accept-encoding"], ""));
        let (html, plain) = (unpacked(&page), scene.server.get(&path, &[cookie]).await);
        assert_eq!(plain.header("content-encoding"), "");
        for text in [&html, &plain.body] {
            assert!(text.starts_with("<!DOCTYPE html>") && text.ends_with("</body></html>"), "{text}");
            assert!(text.contains(&scene.booking.reference), "{text}");
        }
        // Keys and instants are fresh in each, and as long as before.
        assert_eq!(html.len(), plain.body.len());
        let gzip = scene.server.get(&path, &[cookie, ("accept-encoding", "gzip")]).await;
        assert_eq!(gzip.header("content-encoding"), "gzip");
        let none = scene.server.get("/bookings/0", &[cookie, ("accept-encoding", "br")]).await;
        assert_eq!(none.status, 404);
        assert!(unpacked(&none).ends_with("</body></html>"));
        let head = scene.server.send("HEAD", &path, &[cookie, ("accept-encoding", "br")], b"").await;
        assert_eq!((head.status, head.body.as_str(), vary(&head)), (200, "", vec!["accept-encoding"]));
    })
    .await;
}

#[tokio::test]
async fn files_are_sent_as_they_were_compressed_when_they_were_built() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        let kept = "public, max-age=31536000, immutable";
        for (path, kind, cache) in
            [("/pkg/app.0000.js", "text/javascript", kept), ("/icon.svg", "image/svg+xml", "public, max-age=3600")]
        {
            for (accepted, encoding) in [("gzip, br", "br"), ("gzip", "gzip"), ("", ""), ("br;q=0", "")] {
                let file = server.get(path, &[("accept-encoding", accepted)]).await;
                assert_eq!((file.status, file.header("content-encoding")), (200, encoding), "{path}: {accepted}");
                assert_eq!((file.header("content-type"), file.header("cache-control")), (kind, cache), "{path}");
                assert_eq!(vary(&file), ["accept-encoding"], "{path}: {accepted}");
                let content = ["br", "gzip"].contains(&encoding);
                let as_built = if encoding == "br" { "brotli" } else { "gzip" };
                assert_eq!(file.body == as_built, content, "{path}: {accepted}: {}", file.body);
            }
        }
    })
    .await;
}
