//! The server as a client sees it: over a real port, with a real MongoDB behind it.

use gigsta::account::session::{SESSIONS, Session};
use gigsta::web::db::Db;
use mongodb::bson::doc;

use crate::support::database::in_database;
use crate::support::server::{Answer, Server};

const EMAIL: &str = "aroha@demo.test";
const RIGHT: &str = "email=aroha%40demo.test&password=kia-ora-gigsta";
const WRONG: &str = "email=aroha%40demo.test&password=nope";
const UNKNOWN: &str = "email=nobody%40demo.test&password=kia-ora-gigsta";
const NOT_RIGHT: &str = "The e-mail address or the password is not right.";

/// A server with one account.
async fn start(db: &Db) -> Server {
    let server = Server::start(db, |_| ()).await;
    server.account(EMAIL, "kia-ora-gigsta").await;
    server
}

/// What a browser would send back.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn signed_in(server: &Server, cookie: &str) -> bool {
    let answer = server.get("/sign-in", &[("cookie", cookie)]).await;
    assert!([200, 303].contains(&answer.status), "{answer:?}");
    answer.status == 303
}

async fn sessions(db: &Db) -> u64 {
    db.collection::<Session>(SESSIONS).count_documents(doc! {}).await.unwrap()
}

#[tokio::test]
async fn the_right_password_signs_in_by_form_and_by_function() {
    in_database(async |db| {
        let server = start(db).await;
        let form = server.post("/sign-in", &[], &format!("{RIGHT}&next=%2Fbookings%2F1%3Fx%3D2")).await;
        assert_eq!((form.status, form.header("location")), (303, "/bookings/1?x=2"));
        assert!(signed_in(&server, &cookie(&form)).await);

        let function = server.post("/api/sign_in", &[("accept", "text/html")], RIGHT).await;
        assert_eq!((function.status, function.header("location")), (200, ""), "{function:?}");
        assert!(signed_in(&server, &cookie(&function)).await);
        assert!(!signed_in(&server, "session=0000").await);
    })
    .await;
}

#[tokio::test]
async fn an_address_is_found_however_it_is_typed() {
    in_database(async |db| {
        let server = start(db).await;
        let answer = server.post("/sign-in", &[], "email=+Aroha%40DEMO.test+&password=kia-ora-gigsta").await;
        assert_eq!((answer.status, answer.header("location")), (303, "/bookings"));
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_told_the_same() {
    in_database(async |db| {
        let server = start(db).await;
        for form in [WRONG, UNKNOWN] {
            let page = server.post("/sign-in", &[], form).await;
            assert_eq!(page.status, 401);
            assert!(page.body.contains(NOT_RIGHT) && page.header("set-cookie").is_empty(), "{page:?}");
            let typed = if form == WRONG { EMAIL } else { "nobody@demo.test" };
            assert!(
                page.body.contains(typed) && !page.body.contains("kia-ora"),
                "the address is kept, the password not"
            );
            let json = server.post("/api/sign_in", &[], form).await;
            assert_eq!((json.status, &json.json()["code"]), (401, &"wrong_credentials".into()));
            assert_eq!(json.json()["message"], NOT_RIGHT);
        }
        let empty = server.post("/api/sign_in", &[], "").await;
        assert_eq!((empty.status, &empty.json()["field"]), (422, &"email".into()));
        assert_eq!(sessions(db).await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_longer_than_any_is_refused_before_anything_is_kept_of_it() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        for _ in 0..20 {
            let form = format!("email={}@demo.test&password=wrong", "a".repeat(60_000));
            let page = server.post("/sign-in", &[], &form).await;
            assert_eq!(page.status, 422, "never 429: it is not counted");
            assert!(page.body.contains("too long. It has at most 254 letters."));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_is_shown_as_text_and_never_as_markup() {
    in_database(async |db| {
        let server = start(db).await;
        let page = server.post("/sign-in", &[], "email=%22%3E%3Cscript%3Ex%3C%2Fscript%3E&password=x").await;
        assert!(!page.body.contains("<script>x"), "{}", page.body);
        let page = server.get("/sign-in?next=%22%3E%3Cscript%3Ex%3C%2Fscript%3E", &[]).await;
        assert!(!page.body.contains("<script>x"), "{}", page.body);
    })
    .await;
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_over_https_from_other_hosts() {
    in_database(async |db| {
        let server = start(db).await;
        let plain = server.post("/sign-in", &[], RIGHT).await;
        let flags: Vec<_> = plain.header("set-cookie").split("; ").skip(1).collect();
        assert_eq!(flags, ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"]);
        assert!(cookie(&plain).starts_with("session="));

        let secure = Server::start(db, |config| config.base_url = "https://gigsta.example".into()).await;
        let answer = secure.post("/sign-in", &[], RIGHT).await;
        assert!(cookie(&answer).starts_with("__Host-session="), "{answer:?}");
        let flags: Vec<_> = answer.header("set-cookie").split("; ").skip(1).collect();
        assert_eq!(flags, ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=2592000"]);
        assert!(answer.header("strict-transport-security").starts_with("max-age="));
        assert!(signed_in(&secure, &cookie(&answer)).await);
    })
    .await;
}

#[tokio::test]
async fn the_database_holds_the_hash_of_a_token_and_not_the_token() {
    in_database(async |db| {
        let server = start(db).await;
        let cookie = cookie(&server.post("/sign-in", &[], RIGHT).await);
        let token = cookie.strip_prefix("session=").unwrap();
        let session = db.collection::<Session>(SESSIONS).find_one(doc! {}).await.unwrap().unwrap();
        assert_eq!((token.len(), session.token_hash.len()), (64, 64), "256 bits each");
        assert_ne!(token, session.token_hash);
        assert!(!signed_in(&server, &format!("session={}", session.token_hash)).await);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_signing_out_by_signing_in_anew_and_by_time() {
    in_database(async |db| {
        let server = start(db).await;
        let first = cookie(&server.post("/sign-in", &[], RIGHT).await);
        let second = cookie(&server.post("/sign-in", &[("cookie", &first)], RIGHT).await);
        assert!(!signed_in(&server, &first).await, "rotated");
        assert!(signed_in(&server, &second).await);

        let out = server.post("/sign-out", &[("cookie", &second)], "").await;
        assert_eq!((out.status, out.header("location")), (303, "/"));
        assert_eq!(out.header("set-cookie"), "session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0");
        assert!(!signed_in(&server, &second).await);

        let third = cookie(&server.post("/api/sign_in", &[], RIGHT).await);
        assert_eq!(server.post("/api/sign_out", &[("cookie", &third)], "").await.status, 200);
        assert_eq!(sessions(db).await, 0);

        let last = cookie(&server.post("/sign-in", &[], RIGHT).await);
        server.state.clock.advance_minutes(30 * 24 * 60 - 1);
        assert!(signed_in(&server, &last).await);
        server.state.clock.advance_minutes(1);
        assert!(!signed_in(&server, &last).await, "thirty days");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_led_to_another_site_after_signing_in() {
    in_database(async |db| {
        let server = start(db).await;
        for next in ["//evil.test", "%2F%5Cevil.test", "https%3A%2F%2Fevil.test", "%2F%09%2Fevil.test", "%0d%0ax:y"] {
            let answer = server.post("/sign-in", &[], &format!("{RIGHT}&next={next}")).await;
            assert_eq!((answer.status, answer.header("location")), (303, "/bookings"), "{next}");
        }
    })
    .await;
}

#[tokio::test]
async fn too_many_failures_have_to_wait_even_with_the_right_password() {
    in_database(async |db| {
        let server = start(db).await;
        for _ in 0..10 {
            assert_eq!(server.post("/api/sign_in", &[], WRONG).await.status, 401);
        }
        for path in ["/sign-in", "/api/sign_in"] {
            let refused = server.post(path, &[], RIGHT).await;
            assert_eq!(refused.status, 429, "{refused:?}");
            let seconds: u32 = refused.header("retry-after").parse().unwrap();
            assert!((1..=900).contains(&seconds));
        }
        assert_eq!(server.post("/api/sign_in", &[], UNKNOWN).await.status, 401, "others are not stopped");
        server.state.clock.advance_minutes(15);
        assert_eq!(server.post("/api/sign_in", &[], RIGHT).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn what_another_site_makes_a_browser_send_does_nothing() {
    in_database(async |db| {
        let server = start(db).await;
        for headers in
            [[("sec-fetch-site", "cross-site")], [("sec-fetch-site", "same-site")], [("origin", "http://evil.test")]]
        {
            let page = server.post("/sign-in", &headers, RIGHT).await;
            assert_eq!(page.status, 403, "{page:?}");
            assert!(page.header("content-type").starts_with("text/html") && page.header("set-cookie").is_empty());
            let json = server.post("/api/sign_in", &headers, RIGHT).await;
            assert_eq!((json.status, &json.json()["code"]), (403, &"cross_site".into()));
        }
        let own = format!("http://{}", server.addr);
        for headers in [[("sec-fetch-site", "same-origin")], [("origin", &own)]] {
            assert_eq!(server.post("/sign-in", &headers, RIGHT).await.status, 303);
        }
        assert_eq!(sessions(db).await, 2);
    })
    .await;
}

#[tokio::test]
async fn every_answer_carries_the_security_headers_and_an_id() {
    in_database(async |db| {
        let server = start(db).await;
        let mut ids = Vec::new();
        for path in ["/sign-in", "/nowhere", "/api/nothing", "/livez", "/pkg/app.0000.js", "/pkg/none.js", "/theme"] {
            let answer = server.get(path, &[]).await;
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "no inline script: {path}: {policy}");
            assert!(!policy.contains("unsafe-inline"), "{path}: {policy}");
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
                ("strict-transport-security", ""),
            ] {
                assert_eq!(answer.header(name), value, "{path}");
            }
            let kept = path == "/pkg/app.0000.js";
            let cache = if kept { "public, max-age=31536000, immutable" } else { "no-store" };
            assert_eq!(answer.header("cache-control"), cache, "{path}");
            ids.push(answer.header("x-request-id").to_owned());
        }
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 7, "each its own");
        let page = server.get("/nowhere", &[("x-request-id", "from-the-proxy_1.2")]).await;
        assert_eq!(page.header("x-request-id"), "from-the-proxy_1.2");
        assert!(page.body.contains("from-the-proxy_1.2"), "{}", page.body);
        let page = server.get("/nowhere", &[("x-request-id", "<script>alert(1)</script>")]).await;
        assert!(!page.header("x-request-id").contains('<') && !page.body.contains("<script>alert"));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_a_page_for_people_and_json_for_programs() {
    in_database(async |db| {
        let server = start(db).await;
        for (method, path) in
            [("GET", "/nowhere"), ("POST", "/nowhere"), ("GET", "/pkg/../Cargo.toml"), ("GET", "/dev/clock")]
        {
            let page = server.send(method, path, &[], b"").await;
            assert_eq!(page.status, 404, "{method} {path}");
            assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
        }
        for path in ["/api/nothing", "/api/", "/api/sign_in/x", "/api"] {
            let json = server.get(path, &[]).await;
            assert_eq!((json.status, &json.json()["code"]), (404, &"not_found".into()), "{path}");
        }
        let wrong = server.get("/api/sign_in", &[]).await;
        assert_eq!((wrong.status, wrong.header("allow")), (405, "POST"));
        assert_eq!(wrong.json()["code"], "wrong_method");
        let wrong = server.get("/theme", &[]).await;
        assert_eq!((wrong.status, wrong.header("allow")), (405, "POST"));
        assert!(wrong.header("content-type").starts_with("text/html"));
    })
    .await;
}

#[tokio::test]
async fn what_is_too_large_or_no_form_is_refused_in_our_own_words() {
    in_database(async |db| {
        let server = start(db).await;
        let megabyte = "a".repeat(1024 * 1024);
        for path in ["/sign-in", "/api/sign_in"] {
            let large = server.post(path, &[], &format!("email={megabyte}")).await;
            assert_eq!(large.status, 413, "{path}");
            let json = server.send("POST", path, &[("content-type", "application/json")], br#"{"email":"a"}"#).await;
            assert_eq!(json.status, 415, "{path}");
            let none = server.send("POST", path, &[], b"email=a&password=b").await;
            assert_eq!(none.status, 415, "{path}");
            let latin = server.post(path, &[], "email=%ff%fe&password=b").await;
            assert!([401, 422].contains(&latin.status), "{latin:?}");
            let twice = server.post(path, &[], "email=a&email=b&password=c&email[$ne]=d").await;
            assert!([401, 422].contains(&twice.status), "{twice:?}");
            for answer in [large, json, none, latin, twice] {
                for framework in ["serde", "axum", "deserialize", "server function", "content-type:"] {
                    assert!(!answer.body.to_lowercase().contains(framework), "{answer:?}");
                }
                if path.starts_with("/api") {
                    assert_eq!(answer.json()["status"], answer.status);
                }
            }
        }
        assert_eq!(sessions(db).await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_probes_tell_life_from_readiness() {
    in_database(async |db| {
        let server = start(db).await;
        assert_eq!(server.get("/livez", &[]).await.status, 200);
        assert_eq!(server.get("/readyz", &[]).await.status, 200);
        server.state.draining.cancel();
        assert_eq!(server.get("/readyz", &[]).await.status, 503);
        assert_eq!(server.get("/livez", &[]).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn files_are_served_with_the_right_type_and_as_they_were_compressed() {
    in_database(async |db| {
        let server = start(db).await;
        let plain = server.get("/pkg/app.0000.js", &[]).await;
        assert!(plain.header("content-type").contains("javascript"), "{plain:?}");
        let brotli = server.get("/pkg/app.0000.js", &[("accept-encoding", "gzip, br")]).await;
        assert_eq!((brotli.header("content-encoding"), brotli.body.as_str()), ("br", "brotli"));
        let rules = server.get("/speculation.json", &[]).await;
        assert_eq!(rules.header("content-type"), "application/speculationrules+json");
        assert_eq!(rules.header("cache-control"), "public, max-age=3600");
        let robots = server.get("/robots.txt", &[]).await;
        assert_eq!((robots.status, robots.header("cache-control")), (200, "public, max-age=3600"));
        let page = server.get("/sign-in", &[("accept-encoding", "br")]).await;
        assert_eq!(page.header("content-encoding"), "br");
        assert_eq!(page.header("speculation-rules"), "\"/speculation.json\"");
    })
    .await;
}

#[tokio::test]
async fn the_theme_is_kept_and_leads_back_to_where_it_was_chosen() {
    in_database(async |db| {
        let server = start(db).await;
        let referer = format!("http://{}/bookings?page=2", server.addr);
        let answer = server.post("/theme", &[("referer", &referer)], "theme=dark").await;
        assert_eq!((answer.status, answer.header("location")), (303, "/bookings?page=2"));
        assert_eq!(answer.header("set-cookie"), "theme=dark; SameSite=Lax; Path=/; Max-Age=31536000");
        assert_eq!(server.post("/theme", &[], "theme=pink").await.status, 422);
    })
    .await;
}

#[tokio::test]
async fn the_demos_clock_moves_forward_and_only_there() {
    in_database(async |db| {
        let server = Server::start(db, |config| config.demo = true).await;
        let before = server.state.clock.now();
        assert_eq!(server.get("/dev/clock", &[]).await.status, 200);
        let moved = server.post("/dev/clock", &[], "minutes=60").await;
        assert_eq!((moved.status, moved.header("location")), (303, "/dev/clock"));
        assert!((60..=61).contains(&server.state.clock.now().minutes_since(before)));
        for minutes in ["", "0", "-5", "86401", "9999999999999999999", "soon"] {
            assert_eq!(server.post("/dev/clock", &[], &format!("minutes={minutes}")).await.status, 422, "{minutes}");
        }
        let real = start(db).await;
        assert_eq!(real.post("/dev/clock", &[], "minutes=60").await.status, 404);
    })
    .await;
}
