//! The server dies in the middle of it all: nothing acknowledged is lost, nothing is sold twice, nothing is half done.

use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gigsta::booking::machine::{Booking, Role, Status};
use gigsta::booking::model::BOOKINGS;
use gigsta::booking::store;
use gigsta::server::audit;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::{Document, doc};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::races::check;
use crate::support::ask::{Market, person};
use crate::support::bookings::{draft, provider_of, service};
use crate::support::database::{end_with_this_process, folder, in_database, uri};
use crate::support::server::send_to;

const PEOPLE: i64 = 48;
const CRASHES: u64 = 4;
/// Bookings of which two people each do something all the time.
const JOBS: i64 = 24;

/// The real program, on the test's database.
async fn start(db: &Db, addr: SocketAddr) -> Child {
    let mut server = Command::new(env!("CARGO_BIN_EXE_gigsta"));
    server.args(["serve", "--addr", &addr.to_string()]).env("MONGODB_URI", uri()).env("GIGSTA_DB", db.database.name());
    let server = server.env("GIGSTA_DEMO", "").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    end_with_this_process(server.id(), &folder("crash"));
    while send_to(addr, "GET", "/readyz", &[], b"").await.map_or(0, |answer| answer.status) != 200 {
        sleep(Duration::from_millis(10)).await;
    }
    server
}

/// Asks until there is an answer, as a browser's person would, always with the same key.
async fn persist(addr: SocketAddr, cookie: String, form: String) -> (u16, String) {
    loop {
        let headers = [("cookie", cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        match send_to(addr, "POST", "/api/request_booking", &headers, form.as_bytes()).await {
            Ok(answer) if answer.status == 200 => {
                return (200, answer.json()["id"].as_str().unwrap().to_owned());
            }
            Ok(answer) if answer.status == 409 => return (409, String::new()),
            Ok(answer) => assert!(answer.status >= 500, "{answer:?}"),
            Err(_) => {}
        }
        sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_again_and_again_loses_no_answered_request_and_sells_nothing_twice() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut server = start(db, addr).await;
        let mut people = JoinSet::new();
        for n in 0..PEOPLE {
            let who = person(&market.server, &format!("person{n}")).await;
            // Four after each of twelve times that do not touch.
            let start = market.start.plus_hours(24 * (n % 4) + 3 * (n / 4 % 3));
            let starts_at = start.rfc3339().replace(':', "%3A");
            let form = format!(
                "command_id=crash-{n:04}&service=lawn&starts_at={starts_at}&place[street]=1+Tory+Street&place[locality]=Te+Aro"
            );
            people.spawn(persist(addr, who.cookie, form));
        }
        for crash in 0..CRASHES {
            // At another moment of the work each time: when so many drafts have been written.
            let written = async || db.collection::<Document>(BOOKINGS).count_documents(doc! {}).await.unwrap();
            let enough = crash * 2 + 1;
            while written().await < enough && !people.is_empty() {
                sleep(Duration::from_millis(1)).await;
            }
            server.kill().unwrap();
            server.wait().unwrap();
            server = start(db, addr).await;
        }
        let answers = people.join_all().await;
        server.kill().unwrap();
        server.wait().unwrap();
        let won: Vec<&String> = answers.iter().filter(|(status, _)| *status == 200).map(|(_, id)| id).collect();
        assert_eq!(won.len(), 12, "every time is sold, and each once");
        for id in won {
            let booking = store::load(db, id, Timestamp::now()).await.unwrap().unwrap().booking;
            assert_eq!((booking.state.status, booking.version), (Status::Requested, 2), "answered, so it is there");
        }
        check(db, &market.provider).await;
    })
    .await;
}

/// What the two people of a booking do, one after the other, by whose turn it is.
type Part = (Role, &'static str, &'static str);
const PARTS: [&[Part]; 4] = [
    &[
        (Role::Customer, "request", ""),
        (Role::Provider, "accept", ""),
        (Role::Provider, "propose_change", "&inputs[starts_at]="),
        (Role::Customer, "accept_change", ""),
        (Role::Customer, "cancel", "&inputs[reason]=Rain"),
    ],
    &[
        (Role::Customer, "request", "&inputs[message]=Kia+ora"),
        (Role::Provider, "quote", "&inputs[amount]=180"),
        (Role::Customer, "counter", "&inputs[amount]=150"),
        (Role::Provider, "quote", "&inputs[amount]=165"),
        (Role::Customer, "accept_quote", ""),
        (Role::Provider, "cancel", "&inputs[reason]=Ill"),
    ],
    &[
        (Role::Customer, "request", ""),
        (Role::Customer, "propose_change", "&inputs[starts_at]="),
        (Role::Provider, "decline_change", ""),
        (Role::Provider, "accept", ""),
        (Role::Customer, "propose_change", "&inputs[starts_at]="),
        (Role::Customer, "withdraw_change", ""),
    ],
    &[
        (Role::Customer, "request", ""),
        (Role::Provider, "quote", "&inputs[amount]=200"),
        (Role::Customer, "counter", "&inputs[amount]=90"),
        (Role::Provider, "decline", "&inputs[reason]=Too+little"),
    ],
];

/// One booking's people and what they do with it; every answer they had, as version and status.
struct Job {
    addr: SocketAddr,
    booking: Booking,
    customer: String,
    provider: String,
    parts: &'static [Part],
    answered: Arc<AtomicUsize>,
}

impl Job {
    async fn run(self) -> (Booking, Vec<(i64, String)>) {
        let mut answers = Vec::new();
        let mut version = 1;
        for (n, (role, action, inputs)) in self.parts.iter().enumerate() {
            let time = self.booking.state.starts_at.plus_hours(24 * 20).rfc3339().replace(':', "%3A");
            let value = if inputs.ends_with("starts_at]=") { time } else { String::new() };
            let form = format!(
                "booking_id={}&action_name={action}&version={version}&command_id=part-{n:04}{inputs}{value}",
                self.booking.id
            );
            let cookie = if *role == Role::Customer { &self.customer } else { &self.provider };
            // Nobody else acts on this booking, so it is answered by what this made of it.
            let view = self.insist(cookie, &form).await;
            version = view["version"].as_i64().unwrap();
            answers.push((version, view["status"].as_str().unwrap().to_owned()));
            self.answered.fetch_add(1, Ordering::Relaxed);
        }
        (self.booking, answers)
    }

    /// Sends until there is an answer, always with the same key.
    async fn insist(&self, cookie: &str, form: &str) -> serde_json::Value {
        let headers = [("cookie", cookie), ("content-type", "application/x-www-form-urlencoded")];
        loop {
            match send_to(self.addr, "POST", "/api/perform_booking_action", &headers, form.as_bytes()).await {
                Ok(answer) if answer.status == 200 => return answer.json(),
                Ok(answer) => assert!(answer.status >= 500 || answer.status == 429, "{form}: {answer:?}"),
                Err(_) => {}
            }
            sleep(Duration::from_millis(20)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_marketplace_that_is_killed_again_and_again_keeps_its_word() {
    in_database(async |db| {
        let market = Market::new(db).await;
        let provider = person(&market.server, "hemi").await;
        gigsta::provider::store::save(db, &provider_of(&provider.party)).await.unwrap();
        let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut server = start(db, addr).await;
        let answered = Arc::new(AtomicUsize::new(0));
        let mut jobs = JoinSet::new();
        for n in 0..JOBS {
            let customer = person(&market.server, &format!("busy{n}")).await;
            let start = market.start.plus_hours(24 * (n / 3) + 3 * (n % 3));
            let booking = draft(&customer.party, &provider.party, service(), start, Timestamp::now());
            store::insert_draft(db, &booking, None).await.unwrap();
            let parts = PARTS[usize::try_from(n).unwrap() % PARTS.len()];
            let (customer, provider, answered) = (customer.cookie, provider.cookie.clone(), answered.clone());
            jobs.spawn(Job { addr, booking, customer, provider, parts, answered }.run());
        }
        let mut kills = 0;
        for crash in 0..CRASHES {
            let enough = usize::try_from(crash * 30 + 5).unwrap();
            while answered.load(Ordering::Relaxed) < enough && !jobs.is_empty() {
                sleep(Duration::from_millis(1)).await;
            }
            server.kill().unwrap();
            server.wait().unwrap();
            kills += 1;
            server = start(db, addr).await;
        }
        let done = jobs.join_all().await;
        server.kill().unwrap();
        server.wait().unwrap();
        assert_eq!((kills, done.len()), (CRASHES, usize::try_from(JOBS).unwrap()));
        for (draft, answers) in &done {
            let booking = store::load(db, &draft.id, Timestamp::now()).await.unwrap().unwrap().booking;
            // Every answer is an event, and there is none that nobody was told of: nothing is lost and nothing done twice.
            let events = booking.history[1..].iter().map(|event| (event.seq, event.to.name().to_owned()));
            assert_eq!(events.collect::<Vec<_>>(), *answers);
        }
        assert_eq!(audit::verify(db).await.unwrap(), u64::try_from(JOBS).unwrap());
        check(db, &provider.party).await;
    })
    .await;
}
