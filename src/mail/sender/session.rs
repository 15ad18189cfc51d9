//! One conversation with a mail server, step by step, each with a timeout for each.

use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use secrecy::ExposeSecret;

use super::server::{MailServer, Protection};

/// The most characters of an error that are kept.
const MAX_ERROR_CHARACTERS: usize = 300;

/// Why a mail was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The server will not have this mail: trying again makes no sense.
    Refused(String),
    /// The server will not have this mail now.
    Later(String),
    /// The server is not there, does not answer, or will have no mail from us: no other mail would do better now. Whether
    /// it has taken this one may be unknown.
    Away(String),
}

impl Failure {
    /// What happened, in the server's words where it had some.
    pub fn message(&self) -> &str {
        match self {
            Failure::Refused(message) | Failure::Later(message) | Failure::Away(message) => message,
        }
    }

    /// The same, as a matter of the server and not of the mail.
    fn away(self) -> Self {
        match self {
            Failure::Refused(message) | Failure::Later(message) | Failure::Away(message) => Failure::Away(message),
        }
    }

    fn of(step: &str, error: &Error) -> Self {
        let message = format!("{step}: {error}");
        let message = message
            .chars()
            .map(|character| if character.is_control() { ' ' } else { character })
            .take(MAX_ERROR_CHARACTERS)
            .collect();
        let code = error.status().map(u16::from);
        match code {
            Some(500..) => Failure::Refused(message),
            // "Service not available, closing transmission channel" (RFC 5321, 4.2.3).
            Some(421) | None => Failure::Away(message),
            Some(_) => Failure::Later(message),
        }
    }
}

/// An open line to a mail server.
pub struct Session {
    connection: AsyncSmtpConnection,
    patience: Duration,
}

impl Session {
    /// Connects, protects the line and signs in.
    ///
    /// # Errors
    /// Always [`Failure::Away`]: what goes wrong before there is a mail is no mail's fault.
    pub async fn open(server: Option<&MailServer>, patience: Duration) -> Result<Self, Failure> {
        let server = server.ok_or_else(|| Failure::Away("There is no mail server.".into()))?;
        Self::open_line(server, patience).await.map_err(Failure::away)
    }

    async fn open_line(server: &MailServer, patience: Duration) -> Result<Self, Failure> {
        let tls = TlsParameters::new(server.host.clone()).map_err(|error| Failure::of("TLS", &error))?;
        let hello = server.hello.clone().map_or_else(ClientId::default, ClientId::Domain);
        let at_once = (server.protection == Protection::Tls).then(|| tls.clone());
        let address = (server.host.as_str(), server.port);
        let connect = AsyncSmtpConnection::connect_tokio1(address, Some(patience), &hello, at_once, None);
        let mut connection = step("Connecting", patience, connect).await?;
        let start_tls = match server.protection {
            Protection::StartTls => true,
            Protection::StartTlsIfOffered => connection.can_starttls(),
            Protection::None | Protection::Tls => false,
        };
        if start_tls {
            step("STARTTLS", patience, connection.starttls(tls, &hello)).await?;
        }
        if let Some((name, password)) = &server.credentials {
            let credentials = Credentials::new(name.clone(), password.expose_secret().to_owned());
            step("Signing in", patience, connection.auth(DEFAULT_MECHANISMS, &credentials)).await?;
        }
        Ok(Self { connection, patience })
    }

    /// Sends one message; when this returns well, the server has taken it.
    ///
    /// # Errors
    /// Why not. After [`Failure::Away`] the line must not be used again.
    pub async fn send(&mut self, message: &Message) -> Result<(), Failure> {
        let (connection, patience) = (&mut self.connection, self.patience);
        let envelope = message.envelope();
        let ascii = envelope.to().iter().chain(envelope.from()).all(|address| AsRef::<str>::as_ref(address).is_ascii());
        if !ascii && !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Failure::Refused("The mail server cannot send to an address with such letters.".into()));
        }
        let unicode = if ascii { Vec::new() } else { vec![MailParameter::SmtpUtfEight] };
        let from = Mail::new(envelope.from().cloned(), unicode);
        // Our sender is the same in every mail.
        step("MAIL FROM", patience, connection.command(from)).await.map_err(Failure::away)?;
        for to in envelope.to() {
            step("RCPT TO", patience, connection.command(Rcpt::new(to.clone(), Vec::new()))).await?;
        }
        step("DATA", patience, connection.command(Data)).await?;
        step("The text", patience, connection.command(transparent(&message.formatted()))).await?;
        Ok(())
    }

    /// Makes the line ready for the next mail after a refusal; false when it is not worth keeping.
    pub async fn reset(&mut self) -> bool {
        step("RSET", self.patience, self.connection.command(Rset)).await.is_ok()
    }

    /// Says goodbye. What was sent is sent, so an answer does not matter.
    pub async fn close(mut self) {
        _ = step("QUIT", self.patience.min(Duration::from_secs(1)), self.connection.command(Quit)).await;
    }
}

/// A text with its end, in one piece: in two, the second would wait 40 ms for the server to acknowledge the first.
fn transparent(text: &[u8]) -> String {
    // A line that begins with a dot gets another one (RFC 5321, 4.5.2).
    let mut text = String::from_utf8_lossy(text).replace("\r\n.", "\r\n..");
    if !text.ends_with("\r\n") {
        text.push_str("\r\n");
    }
    text.push_str(".\r\n");
    text
}

async fn step<T>(name: &str, patience: Duration, work: impl Future<Output = Result<T, Error>>) -> Result<T, Failure> {
    match tokio::time::timeout(patience, work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Failure::of(name, &error)),
        Err(_) => Err(Failure::Away(format!("{name}: no answer within {} seconds", patience.as_secs_f32()))),
    }
}

#[cfg(test)]
mod tests {
    use super::transparent;

    #[test]
    fn only_our_own_dot_ends_a_text() {
        assert_eq!(transparent(b"A: b\r\n\r\n.\r\n..x\r\n"), "A: b\r\n\r\n..\r\n...x\r\n.\r\n");
        assert_eq!(transparent(b"A: b\r\n\r\nx"), "A: b\r\n\r\nx\r\n.\r\n");
    }
}
