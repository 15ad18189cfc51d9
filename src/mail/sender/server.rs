//! Which mail server: what `SMTP_URL` says.

use reqwest::Url;
use secrecy::SecretString;

use crate::web::urls;

/// How the line to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// Not at all: for a server on this machine or in this network.
    None,
    /// By TLS from the first byte.
    Tls,
    /// By STARTTLS, or not at all where the server has none: whoever stands between can take it away.
    StartTlsIfOffered,
    /// By STARTTLS; without it nothing is sent.
    StartTls,
}

/// A mail server and how to sign in there. The password is never printed.
#[derive(Clone, Debug)]
pub struct MailServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is protected.
    pub protection: Protection,
    /// Name and password, if it wants them.
    pub credentials: Option<(String, SecretString)>,
    /// The name under which we greet it.
    pub hello: Option<String>,
}

impl MailServer {
    /// Reads `smtp://name:password@host:port`, `smtps://` for TLS, `?tls=required` or `?tls=opportunistic` for STARTTLS; a
    /// path is the name under which we greet. Name and password are percent-encoded.
    ///
    /// # Errors
    /// What is wrong, in words that do not repeat the address, because there may be a password in it.
    pub fn parse(address: &str) -> Result<Self, String> {
        const FORM: &str = "Write it as smtps://name:password@host, or smtp://host:port";
        let url = Url::parse(address).map_err(|_| format!("SMTP_URL is no address. {FORM}."))?;
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (protection, port) = match (url.scheme(), tls.as_deref()) {
            ("smtps", _) => (Protection::Tls, 465),
            ("smtp", None) => (Protection::None, 25),
            ("smtp", Some("required")) => (Protection::StartTls, 587),
            ("smtp", Some("opportunistic")) => (Protection::StartTlsIfOffered, 587),
            ("smtp", Some(_)) => return Err("SMTP_URL has to say tls=required or tls=opportunistic.".into()),
            _ => return Err(format!("SMTP_URL has to begin with smtp:// or smtps://. {FORM}.")),
        };
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        if host.is_empty() {
            return Err(format!("SMTP_URL names no host. {FORM}."));
        }
        let decoded = |text: &str| {
            urls::decode(text)
                .ok_or("The name and the password in SMTP_URL have to be percent-encoded, as UTF-8.".to_owned())
        };
        let credentials = match url.password() {
            Some(password) => Some((decoded(url.username())?, decoded(password)?.into())),
            None => None,
        };
        let hello = Some(url.path().trim_matches('/')).filter(|name| !name.is_empty()).map(Into::into);
        Ok(Self { host: host.into(), port: url.port().unwrap_or(port), protection, credentials, hello })
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn every_form_of_the_address_is_understood() {
        for (address, host, port, protection) in [
            ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, Protection::None),
            ("smtp://mail.example", "mail.example", 25, Protection::None),
            ("smtps://mail.example", "mail.example", 465, Protection::Tls),
            ("smtp://mail.example?tls=required", "mail.example", 587, Protection::StartTls),
            ("smtp://mail.example:26?tls=opportunistic", "mail.example", 26, Protection::StartTlsIfOffered),
            ("smtp://[::1]:2525", "::1", 2525, Protection::None),
        ] {
            let server = MailServer::parse(address).unwrap();
            assert_eq!((server.host.as_str(), server.port, server.protection), (host, port, protection), "{address}");
            assert!(server.credentials.is_none() && server.hello.is_none());
        }
        let server = MailServer::parse("smtps://aroha%40x.nz:p%3Aw%2F%C3%A9@mail.example/gigsta.example").unwrap();
        let (name, password) = server.credentials.unwrap();
        assert_eq!((name.as_str(), password.expose_secret()), ("aroha@x.nz", "p:w/é"));
        assert_eq!(server.hello.as_deref(), Some("gigsta.example"));
    }

    #[test]
    fn neither_an_error_nor_what_is_printed_repeats_the_password() {
        for wrong in [
            "kia-ora-secret",
            "http://a:kia-ora-secret@mail.example",
            "smtp://a:kia-ora-secret@",
            "smtp://a:kia-ora-secret@mail.example?tls=maybe",
            "smtp://a:kia-ora-secret%4@mail.example",
            "smtp://a:kia-ora-secret%FF@mail.example",
        ] {
            let refused = MailServer::parse(wrong).unwrap_err();
            assert!(refused.contains("SMTP_URL") && !refused.contains("secret"), "{refused}");
        }
        let server = MailServer::parse("smtps://aroha:kia-ora-secret@mail.example").unwrap();
        let printed = format!("{server:?}");
        assert!(
            printed.contains("mail.example") && printed.contains("Tls") && !printed.contains("secret"),
            "{printed}"
        );
    }
}
