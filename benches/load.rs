//! Asks a server as fast as it answers, over a number of connections that stay open, and prints one line of JSON.
//!
//! `load ADDRESS CONNECTIONS SECONDS FILE [once]`. Each line of the file is a request: method, path, cookie, accepted encoding
//! and body, with tabs between them. They are sent in turn, from the beginning again at the end; with `once`, the load ends there.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::TcpStream;

type Problem = Box<dyn Error + Send + Sync>;

/// Answers of the warm-up are not counted. It comes first, and is so long in proportion to what is counted.
const WARM_UP: f64 = 0.25;

/// One request as the file says it.
struct Line {
    method: String,
    path: String,
    cookie: String,
    encoding: String,
    body: Bytes,
}

/// What all connections share.
struct Shared {
    address: String,
    lines: Vec<Line>,
    next: AtomicUsize,
    once: bool,
    counted_from: Instant,
    until: Instant,
}

/// What came back on one connection.
#[derive(Default)]
struct Seen {
    /// Microseconds of each counted answer.
    times: Vec<u64>,
    /// How many answers had which status; those of the warm-up too.
    statuses: BTreeMap<u16, u64>,
    /// Bytes of all bodies.
    bytes: u64,
    /// Requests without an answer.
    broken: u64,
}

// One thread: the rest of the machine is for the servers.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Problem> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, connections, seconds, file, rest @ ..] = arguments.as_slice() else {
        println!("load ADDRESS CONNECTIONS SECONDS FILE [once]; `make bench` calls it.");
        return Ok(());
    };
    let lines = std::fs::read_to_string(file)?.lines().map(parse).collect::<Result<Vec<_>, _>>()?;
    let (began, seconds) = (Instant::now(), seconds.parse::<f64>()?);
    let counted_from = began + Duration::from_secs_f64(seconds * WARM_UP);
    let until = counted_from + Duration::from_secs_f64(seconds);
    let once = rest.iter().any(|word| word == "once");
    let next = AtomicUsize::new(0);
    let shared = Arc::new(Shared { address: address.clone(), lines, next, once, counted_from, until });
    let workers: Vec<_> = (0..connections.parse()?).map(|_| tokio::spawn(ask(shared.clone()))).collect();
    let mut all = Seen::default();
    for worker in workers {
        let seen = worker.await?;
        all.times.extend(seen.times);
        all.bytes += seen.bytes;
        all.broken += seen.broken;
        for (status, count) in seen.statuses {
            *all.statuses.entry(status).or_default() += count;
        }
    }
    // Shorter than it was to be if the requests were used up.
    let counted = counted_from.elapsed().as_secs_f64().min(seconds);
    all.times.sort_unstable();
    let at = |share: usize| all.times.get((all.times.len() * share / 100).min(all.times.len().saturating_sub(1)));
    let milliseconds = |share| at(share).map(|micros| *micros as f64 / 1000.0);
    let sent: u64 = all.statuses.values().sum();
    println!(
        "{}",
        json!({
            "per_second": all.times.len() as f64 / counted,
            "p50": milliseconds(50),
            "p99": milliseconds(99),
            "max": milliseconds(100),
            "counted": all.times.len(),
            "answers": sent,
            "bytes": all.bytes.checked_div(sent),
            "statuses": all.statuses,
            "broken": all.broken,
            "exhausted": shared.once && shared.next.load(Ordering::Relaxed) >= shared.lines.len(),
        })
    );
    Ok(())
}

fn parse(line: &str) -> Result<Line, Problem> {
    let mut fields = line.split('\t').map(str::to_owned);
    let mut field = || fields.next().ok_or("a request has five fields");
    let (method, path, cookie, encoding) = (field()?, field()?, field()?, field()?);
    Ok(Line { method, path, cookie, encoding, body: Bytes::from(field()?) })
}

/// Sends one request after the other until the time is over, over a new connection after each that broke.
async fn ask(shared: Arc<Shared>) -> Seen {
    let mut seen = Seen::default();
    let mut connection = None;
    while Instant::now() < shared.until {
        let number = shared.next.fetch_add(1, Ordering::Relaxed);
        if shared.once && number >= shared.lines.len() {
            break;
        }
        let Some(line) = shared.lines.get(number % shared.lines.len()) else { break };
        if connection.is_none() {
            connection = connect(&shared.address).await.ok();
        }
        let Some(open) = connection.as_mut() else {
            seen.broken += 1;
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let began = Instant::now();
        match answer(open, &shared.address, line).await {
            Ok((status, bytes)) => {
                // What arrives in the span counts, whenever it was asked for: a slow server is not told to be slower by those
                // that are still on their way at its end.
                let now = Instant::now();
                if (shared.counted_from..shared.until).contains(&now) {
                    seen.times.push(u64::try_from(now.duration_since(began).as_micros()).unwrap_or(u64::MAX));
                }
                *seen.statuses.entry(status).or_default() += 1;
                seen.bytes += bytes;
            }
            Err(_) => {
                seen.broken += 1;
                connection = None;
            }
        }
    }
    seen
}

async fn connect(address: &str) -> Result<SendRequest<Full<Bytes>>, Problem> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

/// The status, and how many bytes the body had.
async fn answer(open: &mut SendRequest<Full<Bytes>>, host: &str, line: &Line) -> Result<(u16, u64), Problem> {
    let mut request = Request::builder().method(line.method.as_str()).uri(&line.path).header(header::HOST, host);
    if !line.cookie.is_empty() {
        request = request.header(header::COOKIE, &line.cookie);
    }
    if !line.encoding.is_empty() {
        request = request.header(header::ACCEPT_ENCODING, &line.encoding);
    }
    if !line.body.is_empty() {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    open.ready().await?;
    let response = open.send_request(request.body(Full::new(line.body.clone()))?).await?;
    let status = response.status().as_u16();
    let mut body = response.into_body();
    let mut bytes = 0;
    while let Some(frame) = body.frame().await {
        bytes += frame?.data_ref().map_or(0, |data| data.len() as u64);
    }
    Ok((status, bytes))
}
