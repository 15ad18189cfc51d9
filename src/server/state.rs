//! What every request can reach. Features take their parts of it by `FromRef`.

use std::sync::Arc;

use axum::extract::FromRef;
use tokio_util::sync::CancellationToken;

use super::config::Config;
use super::seed::{DEMO_ACCOUNTS, DEMO_PASSWORD};
use super::visitors::SignedIn;
use crate::account::Credentials;
use crate::account::mail_limit::MailLimit;
use crate::account::password::Passwords;
use crate::account::throttle::Throttle;
use crate::booking::machine::{TABLE, Table};
use crate::booking::store::handover::Handover;
use crate::catalogue::popular::Popular;
use crate::catalogue::searches::Searches;
use crate::live::hub::Hub;
use crate::live::news::Sources;
use crate::message::store as messages;
use crate::notice::store as notices;
use crate::photos::Photos;
use crate::provider::fetch::Fetcher;
use crate::web::clock::Clock;
use crate::web::db::{BackgroundDb, Db};
use crate::web::kit::{Demo, Kit, Site, Visitors};
use crate::worker;

/// So many searches run at once: more only wait for each other, since each keeps a processor of the database busy.
const SEARCHES: usize = 8;
/// Connections for the worker's tasks, its change stream, and probes.
const BACKGROUND_CONNECTIONS: u32 = 16;

/// What every request can reach, cheap to clone.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// The booking machine's table.
    pub table: Table<'static>,
    /// From the actions of this process to its worker.
    pub handover: Handover,
    /// The marketplace's clock.
    pub clock: Clock,
    /// The configuration.
    pub config: Arc<Config>,
    /// What the site is to the people who use it.
    pub site: Arc<Site>,
    /// Finds out who is asking.
    pub visitors: Arc<dyn Visitors>,
    /// Hashes and checks passwords.
    pub passwords: Passwords,
    /// Counts failed sign-ins.
    pub throttle: Throttle,
    /// Counts mails that strangers cause.
    pub mail_limit: MailLimit,
    /// Takes and keeps photos.
    pub photos: Photos,
    /// The searches of this process.
    pub searches: Searches,
    /// The database for what goes on behind the pages.
    pub background: BackgroundDb,
    /// The popular categories.
    pub popular: Popular,
    /// Fetches providers' calendars.
    pub fetcher: Fetcher,
    /// Wakes the worker, and what it counts.
    pub worker: Arc<worker::Shared>,
    /// Open pages that receive changes.
    pub live: Hub,
    /// What they hear of beside the bookings.
    pub sources: Sources,
    /// Cancelled when the server is about to stop.
    pub draining: CancellationToken,
}

impl AppState {
    /// A fresh state over a database, with the marketplace's own table and the system's clock.
    pub fn new(db: Db, config: Config) -> Self {
        let demo = Demo { password: DEMO_PASSWORD, accounts: &DEMO_ACCOUNTS };
        let site = Site {
            base_url: config.base_url.clone(),
            mail_from: config.mail_from.email.to_string(),
            demo: config.demo.then_some(demo),
        };
        Self {
            table: TABLE,
            handover: Handover::default(),
            clock: Clock::default(),
            visitors: Arc::new(SignedIn { db: db.clone(), https: site.https() }),
            photos: Photos::new(config.photos_url.as_deref(), &config.data),
            searches: Searches::new(db.clone(), SEARCHES),
            background: BackgroundDb(db.clone()),
            db,
            site: Arc::new(site),
            config: Arc::new(config),
            passwords: Passwords::default(),
            throttle: Throttle::default(),
            mail_limit: MailLimit::default(),
            popular: Popular::default(),
            fetcher: Fetcher::default(),
            worker: Arc::default(),
            live: Hub::default(),
            sources: Sources(&[notices::NEWS, messages::NEWS]),
            draining: CancellationToken::default(),
        }
    }
}

impl AppState {
    /// The same with connections of their own for searches and for what goes on behind the pages.
    ///
    /// # Errors
    /// When the driver refuses.
    pub fn with_own_pools(self) -> mongodb::error::Result<Self> {
        let connections = u32::try_from(SEARCHES).unwrap_or(u32::MAX);
        let searches = Searches::new(self.db.with_own_pool(connections)?, SEARCHES);
        let background = BackgroundDb(self.db.with_own_pool(BACKGROUND_CONNECTIONS)?);
        Ok(Self { searches, background, ..self })
    }

    /// The same for the worker: what it asks goes over the connections behind the pages.
    pub fn behind_the_pages(&self) -> Self {
        Self { db: self.background.0.clone(), ..self.clone() }
    }
}

impl FromRef<AppState> for Kit {
    fn from_ref(state: &AppState) -> Self {
        Self {
            db: state.db.clone(),
            clock: state.clock.clone(),
            site: state.site.clone(),
            draining: state.draining.clone(),
            visitors: state.visitors.clone(),
        }
    }
}

impl FromRef<AppState> for Credentials {
    fn from_ref(state: &AppState) -> Self {
        Self {
            passwords: state.passwords.clone(),
            throttle: state.throttle.clone(),
            mail_limit: state.mail_limit.clone(),
        }
    }
}
