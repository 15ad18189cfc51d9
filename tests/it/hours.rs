//! A provider's hours over HTTP and in the database: the week, the days that are different, other calendars.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::header::LOCATION;
use axum::http::{HeaderName, StatusCode};
use axum::routing::get;
use gigsta::booking::machine::Role;
use gigsta::booking::model::{BOOKINGS, SLOT_CLAIMS};
use gigsta::booking::store as bookings;
use gigsta::provider::feed::Feeds;
use gigsta::provider::fetch::Fetcher;
use gigsta::provider::free::Terms;
use gigsta::provider::hours_store;
use gigsta::provider::model::Provider;
use gigsta::provider::store;
use gigsta::provider::week::Span;
use gigsta::time::{self, Timestamp};
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use crate::support::bookings::{NOON, act, draft, party, provider_of, requested, service};
use crate::support::database::in_database;
use crate::support::people::Person;
use crate::support::server::{Answer, Server};

const PATH: &str = "/provider/availability";
const ZONE: &str = "Pacific/Auckland";

/// A server with a provider who works day and night.
struct Scene {
    server: Server,
    hemi: Person,
    id: ObjectId,
}

impl Scene {
    async fn new(db: &Db) -> Scene {
        Scene::with(db, Fetcher::default()).await
    }

    async fn with(db: &Db, fetcher: Fetcher) -> Scene {
        let server = Server::start_with(db, |_| (), |state| state.fetcher = fetcher).await;
        let hemi = Person::new(&server, "provider").await;
        let mut provider = provider_of(&hemi.party);
        provider.week = std::array::from_fn(|_| vec![Span { from_minute: 0, to_minute: 1440 }]);
        store::save(db, &provider).await.unwrap();
        Scene { server, id: provider.id, hemi }
    }

    async fn page(&self, query: &str) -> Answer {
        self.server.get(&format!("{PATH}{query}"), &[("cookie", &self.hemi.cookie)]).await
    }

    async fn post(&self, path: &str, form: &str) -> Answer {
        self.server.post(&format!("{PATH}{path}"), &[("cookie", &self.hemi.cookie)], form).await
    }

    async fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        let head = format!(
            "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/calendar\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
        let kind = ("content-type", "multipart/form-data; boundary=x");
        self.server.send("POST", &format!("{PATH}/files"), &[("cookie", &self.hemi.cookie), kind], &body).await
    }

    async fn stored(&self) -> Provider {
        store::find(&self.server.state.db, self.id).await.unwrap().unwrap()
    }

    /// A request of a customer for three days from now.
    async fn request(&self) -> gigsta::booking::machine::Booking {
        let db = &self.server.state.db;
        let now = Timestamp::now();
        let draft = draft(&party("Aroha"), &self.hemi.party, service(), now.plus_hours(72), now);
        bookings::insert_draft(db, &draft, None).await.unwrap();
        act(db, &draft, Role::Customer, "request", &[], now).await.unwrap()
    }
}

/// The date that many days from now on the provider's wall.
fn date(days: i32) -> String {
    time::day_at(Timestamp::now(), ZONE).plus_days(days).date
}

fn calendar(start: Timestamp) -> String {
    let start = start.rfc3339().replace(['-', ':'], "");
    format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:{start}\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

/// A whole hour two days ahead.
fn soon() -> Timestamp {
    Timestamp((Timestamp::now().0 / 3_600_000 + 48) * 3_600_000)
}

#[tokio::test]
async fn a_week_is_saved_and_can_be_taken_back() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let saved = scene.post("/week", "version=1&mon=8:30-12,+13-17&tue=9am+-+5pm&sat=22-24&sun=0-2,2-4").await;
        let location = "/provider/availability?done=week-joined#done";
        assert_eq!((saved.status, saved.header("location")), (303, location), "{saved:?}");
        let provider = scene.stored().await;
        let spans =
            |day: usize| provider.week[day].iter().map(|span| (span.from_minute, span.to_minute)).collect::<Vec<_>>();
        assert_eq!([spans(0), spans(1), spans(2)], [vec![(510, 720), (780, 1020)], vec![(540, 1020)], vec![]]);
        assert_eq!((spans(6), provider.version), (vec![(0, 240)], 2));

        let page = scene.page("?done=week-joined").await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Your week is saved.") && page.body.contains("Undo"), "{}", page.body);
        assert!(page.body.contains("value=\"08:30-12:00, 13:00-17:00\""), "{}", page.body);
        assert!(page.body.contains("name=\"mon\" value=\"00:00-24:00\""), "{}", page.body);
        let all_day = "00:00-24:00";
        let undo = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|day| format!("&{day}={all_day}")).concat();
        assert_eq!(scene.post("/week", &format!("version=2{undo}")).await.status, 303);
        assert_eq!(scene.stored().await.week[6], [Span { from_minute: 0, to_minute: 1440 }]);
    })
    .await;
}

#[tokio::test]
async fn hours_that_cannot_be_are_told_at_the_day_and_nothing_typed_is_lost() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let page = scene.post("/week", "version=1&mon=8-12,11-13&tue=9-10&wed=x%22%3E%3Cscript%3E").await;
        assert_eq!(page.status, 422);
        for words in [
            "Monday: 08:00-12:00 and 11:00-13:00 overlap.",
            "value=\"8-12,11-13\"",
            "value=\"9-10\"",
            "Wednesday:",
            "href=\"#mon\"",
        ] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert!(!page.body.contains("<script>"), "{}", page.body);
        assert_eq!(scene.stored().await.version, 1);
    })
    .await;
}

#[tokio::test]
async fn who_saved_in_another_window_is_told_and_keeps_what_was_typed() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        assert_eq!(scene.post("/week", "version=1&mon=8-12").await.status, 303);
        for (path, form, kept) in [
            ("/week", "version=1&mon=9-12", "value=\"9-12\"".to_owned()),
            ("/week", "mon=9-12", "value=\"9-12\"".to_owned()),
            ("/days", &format!("version=1&date={}&kind=off&note=Fishing", date(5)), "value=\"Fishing\"".to_owned()),
        ] {
            let page = scene.post(path, form).await;
            assert_eq!(page.status, 409, "{form}");
            assert!(page.body.contains("another window") && page.body.contains(&kept), "{}", page.body);
            assert!(page.body.contains("name=\"version\" value=\"2\""), "the next try can succeed: {}", page.body);
        }
        assert_eq!(scene.stored().await.version, 2);
    })
    .await;
}

#[tokio::test]
async fn bookings_that_other_hours_leave_outside_are_named_first_and_never_changed() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let booking = scene.request().await;
        let document = async || db.collection::<Document>(BOOKINGS).find_one(doc! {}).await.unwrap().unwrap();
        let claims = async || db.collection::<Document>(SLOT_CLAIMS).count_documents(doc! {}).await.unwrap();
        let before = (document().await, claims().await);
        let off =
            format!("version=1&date={}&kind=off", booking.state.starts_at.local_field(ZONE).split('T').next().unwrap());
        for (path, form) in [("/week", "version=1&mon=".to_owned()), ("/days", off)] {
            for confirm in ["", "&confirm=000000000000000000000001"] {
                let page = scene.post(path, &format!("{form}{confirm}")).await;
                assert_eq!(page.status, 409, "{path}");
                for words in
                    ["outside your hours", &booking.reference, &format!("/bookings/{}", booking.id), "Save anyway"]
                {
                    assert!(page.body.contains(words), "{words}: {}", page.body);
                }
            }
            assert_eq!(scene.stored().await.version, 1, "nothing is saved yet");
        }
        let anyway = format!("version=1&mon=&confirm={}", booking.id);
        assert_eq!(scene.post("/week", &anyway).await.status, 303);
        assert!(scene.stored().await.week.iter().all(Vec::is_empty));
        assert_eq!((document().await, claims().await), before, "the booking is untouched");
    })
    .await;
}

#[tokio::test]
async fn days_that_are_different_are_added_replaced_and_removed() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let (day, past) = (date(10), date(-1));
        for (wrong, words) in [
            (format!("date={past}&kind=off&note=Kept"), "is over"),
            ("date=9999-12-31&kind=off&note=Kept".into(), "too far ahead"),
            ("date=2027-02-30&kind=off&note=Kept".into(), "no such date"),
            (format!("date={day}&kind=other&note=Kept"), "Write the hours"),
            (format!("date={day}&kind=other&hours=9-8&note=Kept"), "ends before it begins"),
            (format!("date={day}&note=Kept"), "Choose what is different"),
            (format!("date={day}&kind=$where&note=Kept"), "Choose what is different"),
        ] {
            let page = scene.post("/days", &format!("version=1&{wrong}")).await;
            assert_eq!(page.status, 422, "{wrong}");
            assert!(page.body.contains(words) && page.body.contains("value=\"Kept\""), "{words}: {}", page.body);
        }
        let other = format!("version=1&date={day}&kind=other&hours=10-12&note=Market");
        assert_eq!(scene.post("/days", &other).await.status, 303);
        assert_eq!(scene.post("/days", &format!("version=2&date={day}&kind=off&note=Ill")).await.status, 303);
        let all = scene.stored().await.exceptions;
        assert_eq!((all.len(), all[0].note.as_str(), all[0].spans.len()), (1, "Ill", 0));
        assert!(scene.page("").await.body.contains("day off"));
        assert_eq!(scene.post("/days/remove", &format!("version=3&date={day}")).await.status, 303);
        assert_eq!(scene.stored().await.exceptions, []);
    })
    .await;
}

#[tokio::test]
async fn public_holidays_become_days_off_one_at_a_time_or_all_at_once() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let page = scene.page("?region=NZ-WGN").await;
        assert!(
            page.body.contains("Wellington Anniversary Day") && page.body.contains("Add as day off"),
            "{}",
            page.body
        );
        let year = time::day_at(Timestamp::now(), ZONE).civil().year();
        let christmas = [year, year + 1].map(|year| format!("{year}-12-25"));
        let christmas = christmas.iter().find(|day| day.as_str() >= date(0).as_str()).unwrap();
        let one = format!("version=1&region=NZ-WGN&date={christmas}");
        assert_eq!(scene.post("/holidays", &one).await.status, 303);
        let stored = scene.stored().await.exceptions;
        assert_eq!((stored.len(), stored[0].note.as_str()), (1, "Christmas Day"));
        assert_eq!(scene.post("/holidays", "version=2&region=NZ-WGN&date=all").await.status, 303);
        let stored = scene.stored().await.exceptions;
        assert!(stored.len() >= 12 && stored.windows(2).all(|pair| pair[0].date < pair[1].date), "{stored:?}");
        assert!(scene.page("?region=NZ-WGN").await.body.contains("planned"));
    })
    .await;
}

#[tokio::test]
async fn the_week_is_a_table_that_can_be_turned() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let booking = scene.request().await;
        let week = time::day_at(booking.state.starts_at, ZONE).week().0;
        let page = scene.page(&format!("?week={week}")).await;
        assert!(page.body.contains("held by a request") && page.body.contains("scope=\"row\""), "{}", page.body);
        for odd in ["?week=9999-W01", "?week=2020-W01", "?week=%24gt", "?week=2026-W99", "?region=AU-XYZ"] {
            let page = scene.page(odd).await;
            assert_eq!(page.status, 200, "{odd}");
            assert!(!page.body.contains("This week"), "this week is shown: {odd}");
        }
    })
    .await;
}

#[tokio::test]
async fn hours_are_their_providers_own() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let away = scene.server.get(PATH, &[]).await;
        assert_eq!((away.status, away.header("location")), (303, "/sign-in?next=/provider/availability"));
        let aroha = Person::new(&scene.server, "customer").await;
        let other = scene.server.get(PATH, &[("cookie", &aroha.cookie)]).await;
        assert_eq!((other.status, other.header("location")), (303, "/onboarding"));
        let form = format!("version=1&mon=&_id={}", scene.id.to_hex());
        let posted = scene.server.post(&format!("{PATH}/week"), &[("cookie", &aroha.cookie)], &form).await;
        assert_eq!((posted.status, scene.stored().await.version), (303, 1));
    })
    .await;
}

#[tokio::test]
async fn a_calendar_file_takes_time_and_a_broken_one_changes_nothing() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let uploaded = scene.upload("private.ics", calendar(soon()).as_bytes()).await;
        assert_eq!(uploaded.status, 303, "{uploaded:?}");
        let provider = scene.stored().await;
        assert_eq!(
            provider.busy.iter().map(|busy| (busy.from, busy.to)).collect::<Vec<_>>(),
            [(soon(), soon().plus_hours(1))]
        );
        assert_eq!((provider.feeds.list[0].name.as_str(), provider.version), ("private.ics", 1));
        assert!(!provider.calendar().works(soon(), soon().plus_hours(1)));
        for (bytes, words) in [
            (&b"hello"[..], "no calendar file"),
            (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "broken"),
            (b"\xff\xfe", "no calendar file"),
            (b"", "Choose a file"),
        ] {
            let page = scene.upload("private.ics", bytes).await;
            assert!(page.status == 422 && page.body.contains(words), "{words}: {page:?}");
        }
        let huge = vec![b'x'; 2 * 1024 * 1024];
        let page = scene.upload("huge.ics", &huge).await;
        assert_eq!(page.status, 413);
        assert_eq!(scene.stored().await, provider, "what was read before stays");

        // A file of the same name takes the place of the earlier one; five are enough.
        assert_eq!(scene.upload("private.ics", calendar(soon().plus_hours(5)).as_bytes()).await.status, 303);
        assert_eq!(scene.stored().await.busy[0].from, soon().plus_hours(5));
        for name in ["b.ics", "c.ics", "d.ics", "e.ics"] {
            assert_eq!(scene.upload(name, calendar(soon()).as_bytes()).await.status, 303);
        }
        let page = scene.upload("f.ics", calendar(soon()).as_bytes()).await;
        assert!(page.status == 422 && page.body.contains("At most 5"), "{page:?}");
        let first = &scene.stored().await.feeds.list[0];
        assert_eq!(scene.post("/calendars/remove", &format!("id={}", first.id)).await.status, 303);
        assert_eq!(scene.stored().await.busy.len(), 1, "the others take the same hour");
    })
    .await;
}

#[tokio::test]
async fn an_endless_calendar_is_bounded_and_says_so() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let endless = calendar(soon()).replace("DURATION", "RRULE:FREQ=SECONDLY\r\nSUMMARY:Tick\r\nDURATION");
        assert_eq!(scene.upload("endless.ics", endless.as_bytes()).await.status, 303);
        assert!(scene.page("").await.body.contains("repeats more often than once a day"));
        let daily = calendar(Timestamp(0)).replace("DURATION", "RRULE:FREQ=DAILY\r\nDURATION");
        assert_eq!(scene.upload("daily.ics", daily.as_bytes()).await.status, 303);
        let busy = scene.stored().await.busy.len();
        assert!((179..=182).contains(&busy), "{busy}");
    })
    .await;
}

#[tokio::test]
async fn nothing_inside_our_own_network_is_ever_fetched() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let port = scene.server.addr.port();
        for url in [
            format!("https://127.0.0.1:{port}/livez"),
            "https://localhost/livez".into(),
            "https://10.0.0.1/".into(),
            "https://169.254.169.254/latest/meta-data/".into(),
            "https://[::1]/".into(),
            "https://[::ffff:10.0.0.1]/".into(),
            "https://2130706433/".into(),
            "https://0x7f000001/".into(),
            "https://0177.0.0.1/".into(),
            "https://127.1/".into(),
            "webcal://192.168.0.1/".into(),
        ] {
            let page = scene.post("/calendars", &format!("url={url}")).await;
            assert_eq!(page.status, 422, "{url}");
            assert!(
                page.body.contains("not on the public internet") && page.body.contains(&url),
                "{url}: {}",
                page.body
            );
        }
        for (url, words) in [
            ("http://example.com/", "https://"),
            ("file:///etc/passwd", "https://"),
            ("ftp://example.com/", "https://"),
            ("https://me:secret@example.com/", "name and password"),
            ("", "Give the calendar"),
            ("nonsense", "no address"),
        ] {
            let page = scene.post("/calendars", &format!("url={url}")).await;
            assert!(page.status == 422 && page.body.contains(words), "{url}: {page:?}");
        }
        assert_eq!(scene.stored().await.feeds, Feeds::default());
    })
    .await;
}

/// A server elsewhere with a calendar, and ways that lead astray. Says its port and how often it was asked.
async fn elsewhere() -> (u16, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(AtomicUsize::new(0));
    let to = |place: String| get(move || async move { (StatusCode::FOUND, [(LOCATION, place)]) });
    let count = {
        let asked = asked.clone();
        move || async move {
            // The second time it is broken, from the third time on it is gone.
            match asked.fetch_add(1, Ordering::SeqCst) {
                0 => (StatusCode::OK, calendar(soon())),
                1 => (StatusCode::OK, "broken".to_owned()),
                _ => (StatusCode::NOT_FOUND, String::new()),
            }
        }
    };
    let app = Router::new()
        .route("/calendar.ics", get(count))
        .route("/here", to("/still.ics".into()))
        .route("/still.ics", get(|| async { calendar(soon()) }))
        .route("/inside", to(format!("http://127.0.0.2:{port}/still.ics")))
        .route("/file", to("file:///etc/passwd".into()))
        .route("/nowhere", get(|| async { StatusCode::FOUND }))
        .route("/round", to("/round".into()))
        .route("/large", get(|| async { vec![b'x'; 2 * 1024 * 1024] }))
        .route("/closed", get(|| async { StatusCode::FORBIDDEN }))
        .route("/odd", get(|| async { ([(HeaderName::from_static("content-type"), "image/png")], "hello") }));
    tokio::spawn(axum::serve(listener, app).into_future());
    (port, asked)
}

/// A fetcher for tests: one loopback address is as good as the internet, the others are not.
fn near() -> Fetcher {
    Fetcher::new(|address| address == IpAddr::V4(Ipv4Addr::LOCALHOST), false)
}

#[tokio::test]
async fn redirects_are_followed_a_few_times_and_never_inside() {
    in_database(async |db| {
        let scene = Scene::with(db, near()).await;
        let (port, _) = elsewhere().await;
        for (path, words) in [
            ("inside", "not on the public internet"),
            ("file", "https://"),
            ("nowhere", "nowhere"),
            ("round", "too often"),
            ("large", "larger than 1 MB"),
            ("closed", "not open to us"),
            ("missing", "no calendar at this address"),
            ("odd", "no calendar file"),
        ] {
            let page = scene.post("/calendars", &format!("url=http://127.0.0.1:{port}/{path}")).await;
            assert!(page.status == 422 && page.body.contains(words), "{path}: {page:?}");
        }
        let added = scene.post("/calendars", &format!("url=http://127.0.0.1:{port}/here")).await;
        assert_eq!(added.status, 303, "{added:?}");
        assert_eq!(scene.stored().await.busy[0].from, soon());
    })
    .await;
}

#[tokio::test]
async fn a_calendar_is_read_again_when_it_is_due_and_keeps_its_times_when_that_fails() {
    in_database(async |db| {
        let scene = Scene::with(db, near()).await;
        let (port, asked) = elsewhere().await;
        let url = format!("url=http://127.0.0.1:{port}/calendar.ics");
        assert_eq!(scene.post("/calendars", &url).await.status, 303);
        let now = Timestamp::now();
        assert_eq!(hours_store::feeds_due(db, now, 10).await.unwrap(), []);
        assert_eq!(hours_store::feeds_due(db, now.plus_minutes(61), 10).await.unwrap(), [scene.id]);
        let page = scene.page("").await;
        assert!(page.body.contains("127.0.0.1") && !page.body.contains("calendar.ics"), "the address stays secret");
        assert_eq!(asked.load(Ordering::SeqCst), 1, "it is fresh");

        let id = scene.stored().await.feeds.list[0].id.clone();
        let again = async || scene.post("/calendars/refresh", &format!("id={id}")).await.status;
        assert_eq!((again().await, asked.load(Ordering::SeqCst)), (303, 1), "not twice within a minute");
        scene.server.state.clock.advance_minutes(61);
        let page = scene.page("").await;
        assert!(page.body.contains("could not be read") && page.body.contains("no calendar file"), "{}", page.body);
        assert_eq!(asked.load(Ordering::SeqCst), 2);
        scene.server.state.clock.advance_minutes(2);
        assert_eq!((again().await, asked.load(Ordering::SeqCst)), (303, 3));
        let provider = scene.stored().await;
        assert_eq!((provider.busy.len(), provider.version), (1, 1), "what was read before still counts");
        assert!(provider.feeds.list[0].trouble.contains("no calendar at this address"));
    })
    .await;
}

#[tokio::test]
async fn free_starts_leave_out_what_is_claimed_unless_its_hold_is_over() {
    in_database(async |db| {
        let hemi = party("Hemi");
        let provider = provider_of(&hemi);
        store::save(db, &provider).await.unwrap();
        let noon = NOON.plus_hours(48);
        requested(db, &hemi, service(), noon).await;
        let terms = Terms { minutes: 60, buffer_before_minutes: 0, buffer_after_minutes: 0, lead_time_minutes: 120 };
        let free = async |now: Timestamp, to: Timestamp| {
            let starts = bookings::free_starts_of(db, &provider, terms, noon.plus_hours(-2), to, now).await.unwrap();
            starts.into_iter().map(|at| at.local_field(ZONE)[11..].to_owned()).collect::<Vec<_>>()
        };
        // 12:00 to 14:00 is requested, with a quarter of an hour on both sides.
        let to = noon.plus_hours(4);
        assert_eq!(free(NOON, to).await, ["10:00", "10:30", "14:30", "15:00", "15:30"]);
        assert_eq!(
            free(noon.plus_hours(-3), to).await,
            ["11:00", "14:30", "15:00", "15:30"][1..],
            "two hours of lead time"
        );
        let until = doc! { "$set": { "until": noon.plus_hours(-20).0 } };
        db.collection::<Document>(SLOT_CLAIMS).update_many(doc! {}, until).await.unwrap();
        assert_eq!(free(noon.plus_hours(-21), to).await.len(), 5, "still held");
        assert_eq!(free(noon.plus_hours(-20), to).await.len(), 12, "the hold is over");
        let year = bookings::free_starts_of(db, &provider, terms, NOON, NOON.plus_hours(24 * 365), NOON).await.unwrap();
        assert!(*year.last().unwrap() < NOON.plus_hours(24 * 60), "60 days at most");
    })
    .await;
}

#[tokio::test]
async fn calendars_are_read_so_often_in_an_hour_and_no_more() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let file = calendar(soon());
        for _ in 0..20 {
            assert_eq!(scene.upload("work.ics", file.as_bytes()).await.status, 303);
        }
        for refused in [
            scene.upload("work.ics", file.as_bytes()).await,
            scene.post("/calendars", "url=https://calendar.example/x.ics").await,
            scene.post("/calendars/refresh", "id=x").await,
        ] {
            assert_eq!(refused.status, 429);
            assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|seconds| (1..=3600).contains(&seconds)));
            assert!(refused.body.contains("Calendars can be read 20 times in an hour."), "{}", refused.body);
        }
        assert_eq!(scene.stored().await.feeds.list.len(), 1);
    })
    .await;
}
