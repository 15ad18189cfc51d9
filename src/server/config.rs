//! What the running server knows of its options, checked.

mod cli;

use std::net::SocketAddr;
use std::path::PathBuf;

use lettre::message::Mailbox;
use secrecy::{ExposeSecret, SecretString};

use crate::mail::sender::server::MailServer;
use crate::photos::files::BUCKET_SCHEME;

pub use cli::{Audit, Cli, Command, GraphFormat, LogFormat, Options, SeedOptions, SimulateOptions, Storage};

/// Who writes where nothing is sent.
const NOBODY: &str = "GigSta <no-reply@gigsta.invalid>";

/// What the running server knows of its options.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub addr: SocketAddr,
    /// Where the database is; the managed one when there is none.
    pub mongodb_uri: Option<SecretString>,
    /// The database's name.
    pub db: String,
    /// The most connections to the database for pages.
    pub connections: u32,
    /// Where managed data lives.
    pub data: PathBuf,
    /// The address people use, without a trailing slash.
    pub base_url: String,
    /// Demo data, demo accounts and the demo's own pages.
    pub demo: bool,
    /// Whether the demo begins in an emptied database.
    pub fresh: bool,
    /// The folder with `pkg/` and the public files.
    pub site_root: PathBuf,
    /// The bucket for photos; the folder `photos` in `data` when there is none.
    pub photos_url: Option<String>,
    /// Whether the worker runs in the serving process.
    pub worker: bool,
    /// The mail server; without one mails are only kept.
    pub smtp: Option<MailServer>,
    /// Who writes the mails.
    pub mail_from: Mailbox,
}

impl Config {
    /// Whether people come by https, so that cookies are `Secure`.
    pub fn https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

impl TryFrom<Options> for Config {
    type Error = String;

    /// Fills in what follows from other options.
    ///
    /// The error says what cannot be and what to do instead.
    fn try_from(options: Options) -> Result<Self, String> {
        let Options { storage, addr, base_url, demo, fresh, site_root, photos_url, .. } = options;
        let Options { worker, no_worker, smtp_url, mail_from, connections, .. } = options;
        if demo && !addr.ip().is_loopback() {
            return Err(format!(
                "The demo has well-known passwords and pages that move the clock, so it may not listen on {addr}. \
                 Use a loopback address such as GIGSTA_ADDR=127.0.0.1:3000, or unset GIGSTA_DEMO."
            ));
        }
        if fresh && !demo {
            return Err("GIGSTA_DEMO_FRESH empties the database, so it needs GIGSTA_DEMO=1 beside it. Unset it.".into());
        }
        let base_url = base_url.filter(|url| !url.is_empty()).unwrap_or_else(|| format!("http://{addr}"));
        if !base_url.starts_with("http://") && !base_url.starts_with("https://") {
            return Err(format!("GIGSTA_BASE_URL has to begin with http:// or https://, but is {base_url:?}."));
        }
        let photos_url = photos_url.filter(|url| !url.is_empty());
        if let Some(url) = photos_url.as_ref().filter(|url| !url.starts_with(BUCKET_SCHEME)) {
            return Err(format!("GIGSTA_PHOTOS_URL has to begin with {BUCKET_SCHEME}, but is {url:?}."));
        }
        let smtp_url = smtp_url.as_ref().map(SecretString::expose_secret).filter(|url| !url.is_empty());
        let smtp = smtp_url.map(MailServer::parse).transpose()?;
        Ok(Self {
            addr,
            mongodb_uri: storage.mongodb_uri.filter(|uri| !uri.expose_secret().is_empty()),
            db: storage.db,
            connections,
            data: storage.data,
            base_url: base_url.trim_end_matches('/').to_owned(),
            demo,
            fresh,
            site_root,
            photos_url,
            worker: worker && !no_worker,
            mail_from: sender(mail_from, smtp.is_some())?,
            smtp,
        })
    }
}

/// Who writes the mails. Has to be said where mails are sent: a server of others refuses a sender that is none.
fn sender(named: Option<String>, sends: bool) -> Result<Mailbox, String> {
    let named = named.filter(|named| !named.trim().is_empty());
    if sends && named.is_none() {
        return Err("GIGSTA_MAIL_FROM has to say who writes the mails, such as GigSta <hello@gigsta.example>.".into());
    }
    let named = named.as_deref().unwrap_or(NOBODY);
    named.trim().parse().map_err(|_| {
        format!("GIGSTA_MAIL_FROM has to be an address, such as GigSta <hello@gigsta.example>, but is {named:?}.")
    })
}

#[cfg(test)]
mod tests;
