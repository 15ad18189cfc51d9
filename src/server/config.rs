//! One struct holds the whole configuration; every option has an environment variable.

use std::net::SocketAddr;
use std::path::PathBuf;

/// What the server is told at start-up.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub addr: SocketAddr,
    /// Where the database is; the managed one when there is none.
    pub mongodb_uri: Option<String>,
    /// The database's name.
    pub db: String,
    /// Where managed data lives.
    pub data: PathBuf,
    /// The address people use, without a trailing slash.
    pub base_url: String,
    /// Demo data, demo accounts and the demo's own pages.
    pub demo: bool,
    /// The folder with `pkg/` and the public files.
    pub site_root: PathBuf,
}

impl Config {
    /// Whether people come by https, so that cookies are `Secure`.
    pub fn https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}
