//! From nothing to serving, and in order back to nothing.

use std::error::Error;
use std::future::Future;
use std::io::ErrorKind;
use std::net::SocketAddr;

use axum::serve::ListenerExt;
use futures::FutureExt;
use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::config::{Config, Storage};
use super::managed::Managed;
use super::migrations;
use super::router::router;
use super::seed::{self, DEMO_ACCOUNTS, DEMO_PASSWORD};
use super::shutdown;
use super::state::AppState;
use super::work;
use crate::account::password::Passwords;
use crate::time::Timestamp;
use crate::web::db::{DEFAULT_CONNECTIONS, Db};

/// Why the server did not start or did not end well, in words that name the remedy.
pub type Problem = Box<dyn Error + Send + Sync>;

/// Serves until it is stopped, then lets what has begun end.
///
/// # Errors
/// What stood in the way, with the remedy.
pub async fn serve(config: Config) -> Result<(), Problem> {
    // From here on a signal means an orderly end, even while the database is still starting.
    let draining = CancellationToken::default();
    let stop = tokio::spawn(shutdown::asked(draining.clone())).map(drop).shared();
    // The port comes first: what fails fast should.
    let listener = listen(config.addr).await?;
    let storage = Storage { mongodb_uri: config.mongodb_uri.clone(), db: config.db.clone(), data: config.data.clone() };
    let database = Database::open(&storage, config.connections).await?;
    let served = run(listener, database.db.clone(), config, draining, stop).await;
    let closed = database.close(Whose::Ours).await;
    served.and(closed)
}

/// Does what happens by itself, without serving: until it is stopped, or until nothing is due.
///
/// # Errors
/// What stood in the way, with the remedy.
pub async fn work(config: Config, until_idle: bool) -> Result<(), Problem> {
    let draining = CancellationToken::default();
    let stop = tokio::spawn(shutdown::asked(draining.clone())).map(drop).shared();
    let storage = Storage { mongodb_uri: config.mongodb_uri.clone(), db: config.db.clone(), data: config.data.clone() };
    let database = Database::open(&storage, DEFAULT_CONNECTIONS).await?;
    let state = AppState { draining, ..AppState::new(database.db.clone(), config) };
    let worked = match until_idle {
        true => drain(&state).await,
        false => {
            tracing::info!("the worker has begun");
            work::run(state, stop).await;
            Ok(())
        }
    };
    let closed = database.close(Whose::PerhapsAnothers).await;
    worked.and(closed)
}

async fn drain(state: &AppState) -> Result<(), Problem> {
    let began = std::time::Instant::now();
    let pieces = work::until_idle(state).await?;
    let seconds = began.elapsed().as_secs_f64();
    let transitions = state.worker.metrics.transitions.get();
    let done = state.worker.metrics.outbox_done.get();
    println!(
        "{pieces} pieces of work in {seconds:.1} s: {transitions} transitions, {done} entries of the outbox done."
    );
    Ok(())
}

async fn run(
    listener: TcpListener,
    db: Db,
    config: Config,
    draining: CancellationToken,
    stop: impl Future<Output = ()> + Clone + Send + 'static,
) -> Result<(), Problem> {
    if config.fresh {
        seed::empty(&db).await?;
    }
    if config.demo {
        seed_demo(&db).await?;
    }
    greet(&config);
    let state = AppState { draining, ..AppState::new(db, config) }.with_own_pools()?;
    state.photos.ready()?;
    let working = state.config.worker.then(|| tokio::spawn(work::run(state.behind_the_pages(), stop.clone())));
    let app = router(state).into_make_service_with_connect_info::<SocketAddr>();
    // Without it, the last small packet of an answer waits for the peer's delayed acknowledgement: 40 ms.
    let listener = listener.tap_io(|connection| _ = connection.set_nodelay(true));
    let server = axum::serve(listener, app).with_graceful_shutdown(stop.clone()).into_future();
    let patience = async {
        stop.await;
        tokio::time::sleep(shutdown::DRAIN).await;
    };
    tokio::select! {
        served = server => served?,
        () = patience => tracing::warn!("some requests did not end in time and are broken off"),
    }
    if let Some(working) = working {
        // It finishes what it has begun; what is not finished by then is done again after its lease.
        _ = tokio::time::timeout(shutdown::DRAIN, working).await;
    }
    tracing::info!("stopped");
    Ok(())
}

async fn listen(addr: SocketAddr) -> Result<TcpListener, Problem> {
    TcpListener::bind(addr).await.map_err(|error| {
        let other = SocketAddr::new(addr.ip(), addr.port().wrapping_add(1).max(1024));
        let problem = match error.kind() {
            ErrorKind::AddrInUse => {
                format!("{addr} is in use. Stop what listens there, or choose another port: GIGSTA_ADDR={other}")
            }
            _ => format!("cannot listen on {addr} ({error}). Choose another address: GIGSTA_ADDR={other}"),
        };
        problem.into()
    })
}

/// Puts the demo's data into the database, where it is missing, and says what was.
///
/// # Errors
/// When the database fails, or the machine denies an action of the demo.
pub async fn seed_demo(db: &Db) -> Result<seed::Summary, Problem> {
    let hash = Passwords::default().hash(DEMO_PASSWORD.into()).await?;
    Ok(seed::seed(db, Timestamp::now(), &hash).await?)
}

fn greet(config: &Config) {
    println!("GigSta is at {}", config.base_url);
    if config.demo {
        println!("\nDemo accounts, password {DEMO_PASSWORD}:");
        for (email, what) in DEMO_ACCOUNTS {
            println!("  {email:<22} {what}");
        }
        println!("\nMove the clock at {}/dev/clock. Ctrl-C stops everything.", config.base_url);
    }
}

/// An open database, with our own `mongod` behind it when no other was named.
pub struct Database {
    /// The database, with every migration done.
    pub db: Db,
    managed: Option<Managed>,
}

/// Whose the running `mongod` is when the work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Ours, even if it was left over from a server that was killed.
    Ours,
    /// Perhaps a running server's: stopped only when this process started it.
    PerhapsAnothers,
}

impl Database {
    /// Connects with at most so many connections, after starting a `mongod` where none was named, and brings the indexes up to date.
    ///
    /// # Errors
    /// What stood in the way.
    pub async fn open(storage: &Storage, connections: u32) -> Result<Self, Problem> {
        let named = storage.mongodb_uri.as_ref().map(SecretString::expose_secret).filter(|uri| !uri.is_empty());
        let (uri, managed) = match named {
            Some(uri) => (uri.to_owned(), None),
            None => {
                let managed = Managed::start(&storage.data).await?;
                (managed.uri(), Some(managed))
            }
        };
        let opened = async {
            let unreadable = |error| format!("MONGODB_URI cannot be used: {error}");
            let db = Db::connect_with_pool(&uri, &storage.db, connections).await.map_err(unreadable)?;
            let away = |error| format!("the database at {} does not answer as it should: {error}", host(&uri));
            migrations::run(&db).await.map_err(away)?;
            Ok::<_, String>(db)
        };
        match opened.await {
            Ok(db) => Ok(Self { db, managed }),
            Err(problem) => {
                if let Some(managed) = managed.filter(Managed::owned) {
                    managed.stop().await?;
                }
                Err(problem.into())
            }
        }
    }

    /// Closes it, and stops the `mongod` that belongs to it.
    ///
    /// # Errors
    /// When the `mongod` would not stop.
    pub async fn close(self, whose: Whose) -> Result<(), Problem> {
        self.db.client.shutdown().await;
        if let Some(managed) = self.managed.filter(|managed| whose == Whose::Ours || managed.owned()) {
            managed.stop().await?;
        }
        Ok(())
    }
}

/// The address without the password that may stand in it.
fn host(uri: &str) -> &str {
    uri.rsplit('@').next().unwrap_or_default()
}
