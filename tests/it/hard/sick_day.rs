//! A provider cannot come: all bookings of some days in one go.

use std::collections::BTreeMap;

use gigsta::booking::machine::Booking;
use gigsta::provider::store as providers;
use gigsta::time;

use super::*;

const ZONE: &str = "Pacific/Auckland";
const PATH: &str = "/provider/sick-day";

/// A provider who works every day from seven to seven, and the days three to five from now.
struct Practice {
    server: Server,
    hemi: Person,
    days: [String; 3],
}

impl Practice {
    async fn new(db: &Db) -> Self {
        let server = Server::start(db, |_| ()).await;
        let hemi = person(&server, "hemi").await;
        providers::save(db, &provider_of(&hemi.party)).await.unwrap();
        let day = |days: i32| time::day_at(Timestamp::now(), ZONE).plus_days(days).date;
        Self { server, hemi, days: [day(3), day(4), day(5)] }
    }

    /// A booking on one of the days, by a new customer.
    async fn booked(&self, db: &Db, customer: &str, day: usize, clock: &str, accepted: bool) -> Booking {
        let start = time::parse(&format!("{}T{clock}", self.days[day]), ZONE).unwrap();
        let now = Timestamp::now();
        let draft = draft(&party(customer), &self.hemi.party, service(), start, now);
        store::insert_draft(db, &draft, None).await.unwrap();
        let booking = act(db, &draft, Role::Customer, "request", &[], now).await.unwrap();
        if accepted { act(db, &booking, Role::Provider, "accept", &[], now).await.unwrap() } else { booking }
    }

    async fn open(&self) -> Answer {
        let path = format!("{PATH}?from={}&to={}&days=7", self.days[0], self.days[2]);
        self.server.get(&path, &[("cookie", &self.hemi.cookie)]).await
    }

    async fn send(&self, fields: &[(String, String)]) -> Answer {
        let encode = |text: &str| text.replace('%', "%25").replace('+', "%2B").replace(' ', "+").replace('&', "%26");
        let form: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        self.server.post(PATH, &[("cookie", &self.hemi.cookie)], &form.join("&")).await
    }

    async fn now(&self, booking: &Booking) -> Booking {
        store::load(&self.server.state.db, &booking.id, Timestamp::now()).await.unwrap().unwrap().booking
    }
}

/// The hidden fields of the form as the page has them, and what somebody fills in.
fn fields(page: &Answer, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let form = page.body.split("method=\"post\" action=\"/provider/sick-day\"").nth(1).expect("a form");
    let mut fields: Vec<(String, String)> = Vec::new();
    for tag in form.split("<input type=\"hidden\"").skip(1) {
        let mut parts = tag.split('"');
        fields.push((parts.nth(1).unwrap().into(), parts.nth(1).unwrap().into()));
    }
    fields.extend(typed.iter().map(|(name, value)| ((*name).into(), (*value).into())));
    fields
}

#[tokio::test]
async fn each_booking_has_its_own_result_and_a_second_press_does_nothing_twice() {
    in_database(async |db| {
        let practice = Practice::new(db).await;
        let moved = practice.booked(db, "Aroha", 0, "09:00", true).await;
        let ended = practice.booked(db, "Liam", 0, "13:00", true).await;
        let asked = practice.booked(db, "Mia", 1, "09:00", false).await;
        let gone = practice.booked(db, "Noa", 1, "13:00", true).await;
        let left = practice.booked(db, "Ema", 2, "09:00", true).await;
        let page = practice.open().await;
        assert_eq!(page.status, 200);
        assert!(
            page.body.contains("5 bookings") && page.body.contains("Cancel: Liam gets $120.00 NZD back"),
            "{}",
            page.body
        );
        act(db, &gone, Role::Customer, "cancel", &[("reason", "Rain")], Timestamp::now()).await.unwrap();
        let choice = |booking: &Booking, what: &str| (format!("do.{}", booking.id), what.to_owned());
        let mut sent = fields(&page, &[("words", "I have the flu."), ("off", "on"), ("all", "")]);
        sent.extend([choice(&moved, "move"), choice(&ended, "end"), choice(&asked, "end"), choice(&gone, "end")]);
        sent.push(choice(&left, "leave"));
        let mut versions = BTreeMap::new();
        for press in 0..2 {
            let answer = practice.send(&sent).await;
            assert_eq!(answer.status, 200);
            assert!(
                answer.body.contains("3 done, 1 not done, 1 left as they are. The days are marked as days off."),
                "{}",
                answer.body
            );
            assert!(answer.body.contains("Booking cancelled by the customer (Noa, "), "{}", answer.body);
            for booking in [&moved, &ended, &asked, &gone, &left] {
                let version = practice.now(booking).await.version;
                assert!(press == 0 || versions.get(&booking.id) == Some(&version), "{}", booking.reference);
                versions.insert(booking.id.clone(), version);
            }
        }
        let change = practice.now(&moved).await.state.change.unwrap();
        let week_later = time::day_at(moved.state.starts_at, ZONE).plus_days(7).date;
        assert_eq!(change.starts_at.local_field(ZONE), format!("{week_later}T09:00"), "the same time a week later");
        let statuses = [&ended, &asked, &left].map(async |booking| practice.now(booking).await.state.status.name());
        assert_eq!(futures::future::join_all(statuses).await, ["cancelled", "declined", "accepted"]);
        assert_eq!(practice.now(&ended).await.state.split.unwrap().refund.amount, 12_000);
        let id = ObjectId::parse_str(&practice.hemi.party.id).unwrap();
        let off = providers::find(db, id).await.unwrap().unwrap().exceptions;
        assert_eq!(off.iter().filter(|day| practice.days.contains(&day.date) && day.spans.is_empty()).count(), 3);
    })
    .await;
}

#[tokio::test]
async fn all_can_be_cancelled_at_once_and_nothing_is_done_without_words() {
    in_database(async |db| {
        let practice = Practice::new(db).await;
        let booked =
            [practice.booked(db, "Aroha", 0, "09:00", true).await, practice.booked(db, "Liam", 1, "09:00", true).await];
        let page = practice.open().await;
        let silent = practice.send(&fields(&page, &[("words", " "), ("all", "end")])).await;
        assert!(
            silent.status == 422 && silent.body.contains("Fill in \"What your customers read\"."),
            "{}",
            silent.body
        );
        assert!(silent.body.contains("value=\"end\" checked"), "the choice is still there: {}", silent.body);
        let done = practice.send(&fields(&silent, &[("words", "I have the flu."), ("all", "end")])).await;
        assert!(done.body.contains(">2 done.<"), "{}", done.body);
        for booking in booked {
            let booking = practice.now(&booking).await;
            assert_eq!(booking.state.status.name(), "cancelled");
            assert_eq!(booking.history.last().unwrap().message.as_deref(), Some("I have the flu."));
        }
    })
    .await;
}

#[tokio::test]
async fn fifty_are_shown_and_the_page_says_that_there_are_more() {
    in_database(async |db| {
        let practice = Practice::new(db).await;
        let quick = gigsta::booking::machine::aggregate::Service { holds_requests: false, ..service() };
        let (start, now) = (time::parse(&format!("{}T09:00", practice.days[0]), ZONE).unwrap(), Timestamp::now());
        for n in 0..52 {
            let draft = draft(&party("Aroha"), &practice.hemi.party, quick.clone(), start.plus_minutes(n), now);
            store::insert_draft(db, &draft, None).await.unwrap();
            act(db, &draft, Role::Customer, "request", &[], now).await.unwrap();
        }
        let page = practice.open().await;
        assert!(page.body.contains("50 bookings") && page.body.contains("There are more"), "{}", page.body);
        assert_eq!(page.body.matches("name=\"id\"").count(), 50);
        let done = practice.send(&fields(&page, &[("words", "I have the flu."), ("all", "end")])).await;
        assert!(done.body.contains(">50 done.<"), "{}", done.body);
        let rest = practice.open().await;
        assert!(rest.body.contains("2 bookings") && !rest.body.contains("There are more"), "{}", rest.body);
        let mut many = fields(&rest, &[("words", "I have the flu."), ("all", "end")]);
        many.extend((0..51).map(|_| ("id".to_owned(), ObjectId::new().to_hex())));
        assert_eq!(practice.send(&many).await.status, 422);
    })
    .await;
}

#[tokio::test]
async fn days_that_are_none_and_bookings_of_others_are_refused() {
    in_database(async |db| {
        let practice = Practice::new(db).await;
        for (query, told) in [
            ("from=2026-02-30&to=2030-01-01", "There is no such date."),
            ("from=2020-01-01&to=2020-01-02", "is over."),
            (&format!("from={}&to={}", practice.days[1], practice.days[0]), "before the first one"),
            (&format!("from={}&to={}&days=0", practice.days[0], practice.days[0]), "from 1 to 28"),
        ] {
            let page = practice.server.get(&format!("{PATH}?{query}"), &[("cookie", &practice.hemi.cookie)]).await;
            assert!(page.status == 422 && page.body.contains(told), "{query}: {}", page.body);
        }
        let none = practice.open().await;
        assert!(none.body.contains("No bookings"), "{}", none.body);
        let theirs = requested(db, &party("Priya"), service(), NOON.plus_hours(100)).await;
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let id = theirs.id.as_str();
        let sent = [
            field("from", &practice.days[0]),
            field("to", &practice.days[2]),
            field("words", "Flu"),
            field("all", "end"),
            field("id", id),
            field(&format!("end.{id}"), "decline"),
            field(&format!("version.{id}"), "2"),
            field(&format!("command.{id}"), "not-mine-0"),
        ];
        let answer = practice.send(&sent).await;
        assert!(answer.body.contains(">No bookings.<"), "{}", answer.body);
        assert_eq!(practice.now(&theirs).await.version, 2);
        assert_eq!(practice.server.get(PATH, &[]).await.status, 303);
    })
    .await;
}
