//! The server dies in the middle of it all: nothing acknowledged is lost, nothing is sold twice, nothing is half done.

use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::races::check;
use crate::support::ask::{Market, person};
use crate::support::database::{end_with_this_process, folder, in_database, uri};
use crate::support::server::send_to;
use gigsta::booking::machine::Status;
use gigsta::booking::model::BOOKINGS;
use gigsta::booking::store;
use gigsta::server::db::Db;
use gigsta::time::Timestamp;
use mongodb::bson::{Document, doc};
use tokio::task::JoinSet;
use tokio::time::sleep;

const PEOPLE: i64 = 48;
const CRASHES: u64 = 4;

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
