//! What every request can reach.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::account::mail_limit::MailLimit;
use crate::account::password::Passwords;
use crate::account::throttle::Throttle;
use crate::booking::machine::{TABLE, Table};
use crate::catalogue::photos::Photos;
use crate::catalogue::popular::Popular;
use crate::live::hub::Hub;
use crate::provider::fetch::Fetcher;
use crate::server::config::Config;
use crate::server::db::Db;
use crate::server::shutdown::Draining;
use crate::time::Timestamp;
use crate::worker;

/// The marketplace's clock: the system's, plus what the demo moved it forward by.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_millis: Arc<AtomicI64>,
}

impl Clock {
    /// The instant now. Asked at the edge, once a request.
    pub fn now(&self) -> Timestamp {
        Timestamp(Timestamp::now().0 + self.offset_millis.load(Ordering::Relaxed))
    }

    /// Moves the clock forward.
    pub fn advance_minutes(&self, minutes: i64) {
        self.offset_millis.fetch_add(minutes * 60_000, Ordering::Relaxed);
    }
}

/// What every request can reach, cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// The booking machine's table.
    pub table: Table<'static>,
    /// The marketplace's clock.
    pub clock: Clock,
    /// The configuration.
    pub config: Arc<Config>,
    /// Hashes and checks passwords.
    pub passwords: Passwords,
    /// Counts failed sign-ins.
    pub throttle: Throttle,
    /// Counts mails that strangers cause.
    pub mail_limit: MailLimit,
    /// Takes and keeps photos.
    pub photos: Photos,
    /// The popular categories.
    pub popular: Popular,
    /// Fetches providers' calendars.
    pub fetcher: Fetcher,
    /// Wakes the worker, and what it counts.
    pub worker: Arc<worker::Shared>,
    /// Open pages that hear what changes.
    pub live: Hub,
    /// Whether the server is about to stop.
    pub draining: Draining,
}

impl AppState {
    /// A fresh state over a database, with the marketplace's own table and the system's clock.
    pub fn new(db: Db, config: Config) -> Self {
        Self {
            db,
            table: TABLE,
            clock: Clock::default(),
            photos: Photos::new(&config),
            config: Arc::new(config),
            passwords: Passwords::default(),
            throttle: Throttle::default(),
            mail_limit: MailLimit::default(),
            popular: Popular::default(),
            fetcher: Fetcher::default(),
            worker: Arc::default(),
            live: Hub::default(),
            draining: Draining::default(),
        }
    }
}
