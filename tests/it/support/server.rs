//! The real server on a real port, and a client that sends exactly what a test says.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::body::Bytes;
use gigsta::account::model::Account;
use gigsta::account::store;
use gigsta::server::config::Config;
use gigsta::server::router::router;
use gigsta::server::state::AppState;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that runs as long as the test does.
#[derive(Clone)]
pub struct Server {
    pub addr: SocketAddr,
    pub state: AppState,
}

/// An answer as it came over the wire; header names in lower case, several of one name joined by a line break.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
    /// The body as it is, compressed or not.
    pub bytes: Bytes,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn json(&self) -> serde_json::Value {
        assert!(self.header("content-type").starts_with("application/json"), "{self:?}");
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Server {
    /// Serves over a database, after the test has changed the configuration as it likes.
    pub async fn start(db: &Db, change: impl FnOnce(&mut Config)) -> Self {
        Self::start_with(db, change, |_| ()).await
    }

    /// The same, after the test has changed the state as well.
    pub async fn start_with(
        db: &Db,
        change: impl FnOnce(&mut Config),
        change_state: impl FnOnce(&mut AppState),
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let mut config = Config {
            addr,
            mongodb_uri: None,
            db: db.database.name().into(),
            connections: 10,
            data: "unused".into(),
            base_url: format!("http://{addr}"),
            demo: false,
            fresh: false,
            site_root: "tests/site".into(),
            photos_url: None,
            worker: false,
            smtp: None,
            mail_from: "GigSta <hello@gigsta.example>".parse().unwrap(),
        };
        change(&mut config);
        let mut state = AppState::new(db.clone(), config);
        change_state(&mut state);
        let app = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(axum::serve(listener, app).into_future());
        Self { addr, state }
    }

    /// Somebody with that password.
    pub async fn account(&self, email: &str, password: &str) -> ObjectId {
        let id = ObjectId::new();
        let account = Account {
            id,
            email: email.into(),
            name: "Aroha".into(),
            password_hash: self.state.passwords.hash(password.into()).await.unwrap(),
            is_admin: false,
            email_verified: true,
            phone: None,
            address: None,
            place: None,
            zone: "Pacific/Auckland".into(),
            created_at: Timestamp::now(),
        };
        store::save(&self.state.db, account).await.unwrap();
        id
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, b"").await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], form: &str) -> Answer {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers: Vec<_> = headers.iter().copied().chain([kind]).collect();
        self.send("POST", path, &headers, form.as_bytes()).await
    }

    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        send_to(self.addr, method, path, headers, body).await.unwrap()
    }
}

/// Sends to whatever listens there; an error when nothing does, or when it goes away in the middle of the answer.
pub async fn send_to(
    addr: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(addr).await?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| *name == "host") {
        head += &format!("host: {addr}\r\n");
    }
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).await?;
    stream.write_all(body).await?;
    let mut received = Vec::new();
    stream.read_to_end(&mut received).await?;
    if received.is_empty() {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(parse(&received))
}

fn parse(received: &[u8]) -> Answer {
    let end = received.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = std::str::from_utf8(&received[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let mut headers = BTreeMap::<String, String>::new();
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        let all = headers.entry(name.to_lowercase()).or_default();
        *all = if all.is_empty() { value.into() } else { format!("{all}\n{value}") };
    }
    let bytes = Bytes::copy_from_slice(&received[end + 4..]);
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status, headers, body, bytes }
}
