//! Fetches a calendar from the address that a person typed, and from nowhere inside our own network.
//!
//! A server that fetches what people name can be made to ask machines that only it can reach (server-side request forgery).
//! So every address is looked up here and checked before it is connected to, at every hop; names and numbers alike.

pub mod address;
mod names;

use std::error::Error;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use mongodb::bson::oid::ObjectId;
use reqwest::{Client, StatusCode, Url, header};
use tokio::sync::Semaphore;

use crate::domain::limit::megabytes;
use crate::domain::window::Window;
use crate::time::Timestamp;
use names::{Checked, NotPublic};

pub use names::Allowed;

/// The most that is read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;
/// The most time for everything together.
const TIMEOUT: Duration = Duration::from_secs(10);
const _: () = assert!(TIMEOUT.as_secs() == 10, "the sentence says ten seconds");
const SLOW: &str = "The calendar's server did not answer within ten seconds. Try again later.";
/// The most redirects that are followed.
const HOPS: usize = 3;
/// The longest address, in bytes.
const MAX_ADDRESS_BYTES: usize = 2_000;

/// How often an account lets calendars be read in an hour.
pub const READS_AN_HOUR: u32 = 20;
/// How many calendars this process fetches at once.
static TURNS: Semaphore = Semaphore::const_new(8);

/// Why nothing was fetched, in words with a remedy.
pub type Trouble = String;

/// Fetches calendars. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Fetcher {
    allowed: Allowed,
    /// Tests have no certificate.
    https_only: bool,
    client: Arc<OnceLock<Client>>,
    reads: Window<ObjectId>,
}

impl Default for Fetcher {
    /// Only addresses of the public internet, only by https.
    fn default() -> Self {
        Self::new(address::is_public, true)
    }
}

impl Fetcher {
    /// A fetcher with another rule for which addresses are allowed.
    pub fn new(allowed: Allowed, https_only: bool) -> Self {
        Self { allowed, https_only, client: Arc::default(), reads: Window::new(60) }
    }

    /// Reads what people type as a calendar's address: `webcal://` means `https://`.
    ///
    /// # Errors
    /// In words, when it is none, or one that is never fetched.
    pub fn read_url(&self, text: &str) -> Result<Url, Trouble> {
        let text = text.trim();
        if text.is_empty() || text.len() > MAX_ADDRESS_BYTES {
            return Err("Give the calendar's address. It begins with https:// or webcal://.".into());
        }
        let webcal = text.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("webcal://"));
        let text = if webcal { format!("https://{}", text.get(9..).unwrap_or_default()) } else { text.to_owned() };
        let url = Url::parse(&text).map_err(|_| {
            "This is no address. Copy it from your calendar's settings; it begins with https:// or webcal://."
                .to_owned()
        })?;
        self.check(&url)?;
        Ok(url)
    }

    /// Fetches a text, at most 1 MB, within ten seconds and over at most three redirects.
    ///
    /// # Errors
    /// In words, without saying anything of what our own network holds.
    pub async fn text(&self, url: Url) -> Result<String, Trouble> {
        let in_turn = async {
            let _turn = TURNS.acquire().await;
            self.follow(url).await
        };
        tokio::time::timeout(TIMEOUT, in_turn).await.map_err(|_| SLOW.to_owned())?
    }

    /// Counts that an account lets a calendar be read, by address or as a file, before it is.
    ///
    /// # Errors
    /// The seconds to wait, when there were too many.
    pub fn count_read(&self, account: ObjectId, now: Timestamp) -> Result<(), u32> {
        self.reads.count([(account, READS_AN_HOUR)], now)
    }

    async fn follow(&self, mut url: Url) -> Result<String, Trouble> {
        for _ in 0..=HOPS {
            self.check(&url)?;
            let response = self.client()?.get(url.clone()).header(header::ACCEPT, "text/calendar, */*;q=0.1");
            let response = response.send().await.map_err(|error| trouble(&error))?;
            if !response.status().is_redirection() {
                return body(response).await;
            }
            let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
            let broken = || "The calendar's server sent us on to nowhere. Check the address.".to_owned();
            url = url.join(to.ok_or_else(broken)?).map_err(|_| broken())?;
        }
        Err("The calendar's server sent us on too often. Use the address at which the calendar really is.".into())
    }

    fn check(&self, url: &Url) -> Result<(), Trouble> {
        if url.scheme() != "https" && (self.https_only || url.scheme() != "http") {
            return Err("Only addresses that begin with https:// or webcal:// are fetched.".into());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("Leave name and password out of the address. Use the calendar's secret address instead.".into());
        }
        // The parser has already turned decimal, octal and hexadecimal forms into the usual one.
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        match host.parse::<IpAddr>() {
            Ok(address) if !(self.allowed)(address) => Err(NOT_PUBLIC.into()),
            Err(_) if host.is_empty() => Err(NOT_PUBLIC.into()),
            _ if self.https_only && url.port().is_some() => Err(OTHER_PORT.into()),
            _ => Ok(()),
        }
    }

    fn client(&self) -> Result<&Client, Trouble> {
        if self.client.get().is_none() {
            // An error says that a provider is installed already; that one serves as well.
            _ = rustls::crypto::ring::default_provider().install_default();
            let client = Client::builder()
                .dns_resolver(Checked { allowed: self.allowed })
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .referer(false)
                .https_only(self.https_only)
                .pool_max_idle_per_host(0)
                .user_agent("GigSta calendar import")
                .timeout(TIMEOUT)
                .build();
            let client = client.map_err(|error| {
                tracing::error!(%error, "no client for calendars");
                "Calendars cannot be fetched at the moment. Upload the file instead.".to_owned()
            })?;
            // Another request may have set it meanwhile.
            _ = self.client.set(client);
        }
        self.client.get().ok_or_else(String::new)
    }
}

const OTHER_PORT: &str = "Leave the port out of the address. Calendars are read on the usual port of https only.";
const NOT_PUBLIC: &str = "This address is not on the public internet, so it is not fetched. Use the address that your calendar gives to others.";

async fn body(mut response: reqwest::Response) -> Result<String, Trouble> {
    match response.status() {
        StatusCode::OK => {}
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            return Err("There is no calendar at this address. Copy it again from your calendar's settings.".into());
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            return Err("The calendar is not open to us. Use its secret address, or make it public.".into());
        }
        status => {
            return Err(format!("The calendar's server answered with error {}. Try again later.", status.as_u16()));
        }
    }
    let most = megabytes(MAX_BYTES);
    let too_large = || format!("The calendar is larger than {most}. Export a shorter period and upload that.");
    if response.content_length().is_some_and(|length| length > MAX_BYTES as u64) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| trouble(&error))? {
        if bytes.len() + chunk.len() > MAX_BYTES {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| "The calendar is not in UTF-8, so it cannot be read. Export it anew.".into())
}

/// What went wrong, without the addresses and names that the cause may hold.
fn trouble(error: &reqwest::Error) -> Trouble {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if inner.is::<NotPublic>() {
            return NOT_PUBLIC.into();
        }
        cause = inner.source();
    }
    if error.is_timeout() {
        return SLOW.into();
    }
    tracing::info!(%error, "a calendar was not fetched");
    "The calendar's server could not be reached. Check the address, or try again later.".into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_taken() {
        let fetcher = Fetcher::default();
        for fine in [
            "https://calendar.example/secret.ics",
            "webcal://calendar.example/secret.ics",
            " WEBCAL://calendar.example ",
            "https://calendar.example:443/secret.ics",
            "https://8.8.8.8/",
            "https://[2606:4700::1111]/",
        ] {
            assert_eq!(fetcher.read_url(fine).unwrap().scheme(), "https", "{fine}");
        }
        for wrong in [
            "",
            "calendar",
            "http://calendar.example/",
            "file:///etc/passwd",
            "ftp://calendar.example/",
            "https://me:secret@calendar.example/",
            "https://calendar.example:8443/",
            "webcal://calendar.example:22/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
            "https://10.1.2.3/",
            "https://169.254.169.254/latest/meta-data/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[fe80::1]/",
            "webcal://192.168.1.1/",
            &format!("https://calendar.example/{}", "a".repeat(MAX_ADDRESS_BYTES)),
        ] {
            assert!(fetcher.read_url(wrong).is_err(), "{wrong}");
        }
    }
}
