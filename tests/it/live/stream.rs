//! A client that reads server-sent events as they come.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::people::{Person, Scene};
use crate::support::server::Server;

/// How long something that has to come may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open stream, and what of it has been read.
pub struct Stream {
    line: TcpStream,
    pub head: String,
    read: String,
}

/// An event as it came.
#[derive(Debug, PartialEq, Eq)]
pub struct Event {
    pub name: String,
    pub data: String,
    pub id: String,
}

impl Stream {
    pub async fn open(server: &Server, path: &str, headers: &[(&str, &str)]) -> Stream {
        let mut line = TcpStream::connect(server.addr).await.unwrap();
        // In HTTP/1.0 the body is what comes, without the lengths of its chunks.
        let mut head = format!("GET {path} HTTP/1.0\r\nhost: {}\r\naccept-encoding: br, gzip\r\n", server.addr);
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        line.write_all(format!("{head}\r\n").as_bytes()).await.unwrap();
        let mut stream = Stream { line, head: String::new(), read: String::new() };
        stream.head = stream.until("\r\n\r\n").await.unwrap();
        stream
    }

    /// The booking's own stream.
    pub async fn of(scene: &Scene, who: &Person) -> Stream {
        let path = format!("/bookings/{}/events", scene.booking.id);
        Stream::open(&scene.server, &path, &[("cookie", &who.cookie)]).await
    }

    pub fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// What comes up to a mark; nothing when the stream ends before.
    async fn until(&mut self, mark: &str) -> Option<String> {
        let mut buffer = [0; 4096];
        loop {
            if let Some(at) = self.read.find(mark) {
                let rest = self.read.split_off(at + mark.len());
                let mut found = std::mem::replace(&mut self.read, rest);
                found.truncate(at);
                return Some(found);
            }
            let count = timeout(PATIENCE, self.line.read(&mut buffer)).await.expect("something comes").unwrap_or(0);
            if count == 0 {
                return None;
            }
            self.read += std::str::from_utf8(&buffer[..count]).unwrap();
        }
    }

    /// One block: an event or a comment.
    pub async fn block(&mut self) -> Option<String> {
        self.until("\n\n").await
    }

    /// The next event; nothing when the stream ends.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            let block = self.block().await?;
            let field = |name: &str| {
                let value = block.lines().find_map(|line| line.strip_prefix(name));
                value.map(|value| value.trim_start().to_owned()).unwrap_or_default()
            };
            if !field("data:").is_empty() {
                return Some(Event { name: field("event:"), data: field("data:"), id: field("id:") });
            }
        }
    }

    /// The name of the next event and what it carries.
    pub async fn said(&mut self) -> (String, String) {
        self.next().await.map(|event| (event.name, event.data)).expect("the stream goes on")
    }
}
