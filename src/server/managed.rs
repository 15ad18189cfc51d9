//! The managed database: a real `mongod` of our own, one node of a replica set, for those who named no other.
//!
//! It runs in its own process group, so that Ctrl-C reaches only us and we stop it in order. When we are killed it
//! lives on, and the next start adopts it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use mongodb::Client;
use mongodb::bson::doc;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

mod files;
mod replica;

use files::Files;

/// How long a start may take, recovery after a crash included.
const START: Duration = Duration::from_secs(60);
/// How long a stop may take before it is no longer asked nicely.
const STOP: Duration = Duration::from_secs(20);
/// How often we look.
const PAUSE: Duration = Duration::from_millis(50);
/// The memory for cached data, in gigabytes, the least that mongod takes.
const CACHE_GB: &str = "0.25";

/// Why the managed database does not run.
#[derive(Debug, thiserror::Error)]
pub enum ManagedError {
    /// There is no `mongod` on this machine.
    #[error("there is no mongod here: `make run` brings one, or point MONGODB_URI at a replica set of yours")]
    NoMongod,
    /// Its files cannot be written.
    #[error("{} cannot be used: {}", .0.display(), .1)]
    Files(PathBuf, std::io::Error),
    /// It ended by itself; the path is its log's, the text the log's last words.
    #[error("mongod ended at once; {} says: {}", .0.display(), .1)]
    Ended(PathBuf, String),
    /// It did not become ready in time; the path is its log's.
    #[error("mongod was not ready within {} seconds; look into {}", START.as_secs(), .0.display())]
    TooSlow(PathBuf),
    /// It does not answer as it should.
    #[error("mongod does not answer as it should: {0}")]
    Database(#[from] mongodb::error::Error),
}

/// A running managed database. Dropping it leaves it running; [`Managed::stop`] ends it.
#[derive(Debug)]
pub struct Managed {
    files: Files,
    port: u16,
    admin: Client,
    /// None when it ran already and was adopted.
    child: Option<Child>,
}

impl Managed {
    /// Starts it in `<data_dir>/mongo`, or adopts the one that still runs there, and waits until it can be written to.
    ///
    /// # Errors
    /// [`ManagedError`] names the remedy.
    pub async fn start(data_dir: &Path) -> Result<Managed, ManagedError> {
        let files = Files::prepare(&data_dir.join("mongo"))?;
        let deadline = Instant::now() + START;
        let mut ended = None;
        // As often as another one in the same folder may need to go down.
        for _ in 0..40 {
            let recorded = files.port();
            if let Some(port) = recorded
                && let Some(admin) = replica::answering(port, &files.db).await?
            {
                replica::make_primary(&admin, port, deadline, || Ok(())).await?;
                return Ok(Managed { files, port, admin, child: None });
            }
            let port = recorded.filter(|port| files::is_free(*port)).map_or_else(files::free_port, Ok);
            let port = port.map_err(|error| ManagedError::Files(files.db.clone(), error))?;
            files.record_port(port)?;
            match spawn(&files, port, deadline).await {
                // Another one is still going down in the same folder, or took the port just before: look again.
                Err(ManagedError::Ended(log, line)) => ended = Some(ManagedError::Ended(log, line)),
                started => return started,
            }
            if files.is_unlocked() {
                break;
            }
            sleep(10 * PAUSE).await;
        }
        Err(ended.unwrap_or_else(|| ManagedError::TooSlow(files.log.clone())))
    }

    /// The address for clients.
    pub fn uri(&self) -> String {
        format!("mongodb://127.0.0.1:{}/?replicaSet={}", self.port, replica::NAME)
    }

    /// Whether this process started it, rather than found it running.
    pub fn owned(&self) -> bool {
        self.child.is_some()
    }

    /// The process id of the `mongod` that this process started.
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().and_then(Child::id)
    }

    /// Ends it in order: everything acknowledged is on disk, and the next start needs no recovery.
    ///
    /// # Errors
    /// When it would not end, or cannot be signalled.
    pub async fn stop(mut self) -> Result<(), ManagedError> {
        let shutdown = doc! { "shutdown": 1, "force": true, "timeoutSecs": 0 };
        // There is no other node to wait for. The answer to this is a closed connection.
        _ = self.admin.database("admin").run_command(shutdown).await;
        let deadline = Instant::now() + STOP;
        while Instant::now() < deadline {
            let gone = match self.child.as_mut() {
                Some(child) => {
                    child.try_wait().map_err(|error| ManagedError::Files(self.files.db.clone(), error))?.is_some()
                }
                None => files::is_free(self.port) && self.files.is_unlocked(),
            };
            if gone {
                return Ok(());
            }
            sleep(PAUSE).await;
        }
        match self.child.as_mut() {
            Some(child) => child.kill().await.map_err(|error| ManagedError::Files(self.files.db.clone(), error)),
            None => Err(ManagedError::TooSlow(self.files.log.clone())),
        }
    }
}

async fn spawn(files: &Files, port: u16, deadline: Instant) -> Result<Managed, ManagedError> {
    let binary = files::find_mongod().ok_or(ManagedError::NoMongod)?;
    let mut command = Command::new(&binary);
    command.arg("--dbpath").arg(&files.db).arg("--logpath").arg(&files.log).arg("--logappend");
    command.args(["--port", &port.to_string(), "--bind_ip", "127.0.0.1", "--nounixsocket"]);
    // What a server that died had begun is given up soon, and with it the slots that it was about to claim.
    command.args(["--setParameter", "transactionLifetimeLimitSeconds=5"]);
    command.args(["--replSet", replica::NAME, "--oplogSize", "256", "--wiredTigerCacheSizeGB", CACHE_GB]);
    command.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    #[cfg(unix)]
    command.process_group(0);
    let mut child = command.spawn().map_err(|error| ManagedError::Files(binary, error))?;
    let admin = replica::admin_client(port)?;
    let alive = || match child.try_wait() {
        Ok(None) => Ok(()),
        _ => Err(ManagedError::Ended(files.log.clone(), files.last_log_line())),
    };
    match replica::make_primary(&admin, port, deadline, alive).await {
        Ok(()) => Ok(Managed { files: files.clone(), port, admin, child: Some(child) }),
        Err(error) => {
            // Nobody would stop it later.
            _ = child.kill().await;
            Err(match error {
                ManagedError::TooSlow(_) => ManagedError::TooSlow(files.log.clone()),
                error => error,
            })
        }
    }
}
