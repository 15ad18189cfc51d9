//! A mail server that does what a test says, on a port of its own.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It takes everything.
    Fine,
    /// It accepts connections and says nothing.
    Slow,
    /// It answers every recipient with this code, or only those whose address begins with "refused".
    Refusing(u16, Whom),
    /// It answers everybody who greets it with this code.
    Closed(u16),
    /// It reads the whole text, keeps it, and closes the line without a word.
    DropAfterData,
}

/// Whom it refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    Everybody,
    Some,
}

/// What it has seen.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The texts it has taken, headers included, in order.
    pub taken: Vec<String>,
    /// How many lines were opened.
    pub connections: usize,
    /// Who has signed in, name and password behind a zero byte each; a password "wrong" is.
    pub signed_in: Vec<String>,
}

impl Seen {
    /// The `Message-ID` of every text, in order.
    pub fn ids(&self) -> Vec<String> {
        let id = |text: &String| text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().to_owned();
        self.taken.iter().map(id).collect()
    }

    /// How many texts differ by their `Message-ID`.
    pub fn distinct(&self) -> usize {
        self.ids().into_iter().collect::<BTreeSet<_>>().len()
    }
}

/// The server; it is gone when this is dropped.
pub struct MailServer {
    pub port: u16,
    mode: Arc<Mutex<Mode>>,
    seen: Arc<Mutex<Seen>>,
    listening: AbortHandle,
}

impl MailServer {
    pub async fn start(mode: Mode) -> Self {
        Self::start_at(0, mode).await
    }

    /// On a port that was another one's before.
    pub async fn start_at(port: u16, mode: Mode) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (mode, seen) = (Arc::new(Mutex::new(mode)), Arc::new(Mutex::new(Seen::default())));
        let shared = (mode.clone(), seen.clone());
        let listening = tokio::spawn(async move {
            loop {
                let (line, _) = listener.accept().await.unwrap();
                let (mode, seen) = shared.clone();
                seen.lock().unwrap().connections += 1;
                // A client that goes away is none of the server's problems.
                tokio::spawn(async move { _ = talk(line, &mode, &seen).await });
            }
        });
        Self { port, mode, seen, listening: listening.abort_handle() }
    }

    /// Behaves otherwise from now on.
    pub fn becomes(&self, mode: Mode) {
        *self.mode.lock().unwrap() = mode;
    }

    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// A port on which nobody listens.
pub async fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

async fn talk(line: TcpStream, mode: &Mutex<Mode>, seen: &Mutex<Seen>) -> std::io::Result<()> {
    let now = || *mode.lock().unwrap();
    let mut line = BufReader::new(line);
    if now() == Mode::Slow {
        std::future::pending::<()>().await;
    }
    if let Mode::Closed(code) = now() {
        return line.write_all(format!("{code} no mail here today\r\n").as_bytes()).await;
    }
    line.write_all(b"220 mail.test ready\r\n").await?;
    let mut command = String::new();
    loop {
        command.clear();
        if line.read_line(&mut command).await? == 0 {
            return Ok(());
        }
        if now() == Mode::Slow {
            std::future::pending::<()>().await;
        }
        let verb = command.split([' ', ':', '\r']).next().unwrap_or_default().to_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-mail.test\r\n250-AUTH PLAIN\r\n250 8BITMIME".to_owned(),
            "AUTH" => {
                let who = STANDARD.decode(command.trim().rsplit(' ').next().unwrap()).unwrap();
                let who = String::from_utf8(who).unwrap();
                let answer = if who.ends_with("\0wrong") { "535 no" } else { "235 welcome" };
                seen.lock().unwrap().signed_in.push(who);
                answer.into()
            }
            "RCPT" => match now() {
                Mode::Refusing(code, whom) if whom == Whom::Everybody || command.contains("<refused") => {
                    format!("{code} not this one")
                }
                _ => "250 yes".into(),
            },
            "DATA" => {
                line.write_all(b"354 go on\r\n").await?;
                let text = read_text(&mut line).await?;
                seen.lock().unwrap().taken.push(text);
                if now() == Mode::DropAfterData {
                    return Ok(());
                }
                "250 taken".into()
            }
            "QUIT" => {
                return line.write_all(b"221 bye\r\n").await;
            }
            _ => "250 yes".into(),
        };
        line.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

async fn read_text(line: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut text = String::new();
    while !text.ends_with("\r\n.\r\n") {
        if line.read_line(&mut text).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    text.truncate(text.len() - 3);
    Ok(text.replace("\r\n..", "\r\n."))
}
