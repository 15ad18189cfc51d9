//! Where the managed database is on disk, and which port is its own.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use super::ManagedError;

/// The files of a managed database.
#[derive(Clone, Debug)]
pub(super) struct Files {
    /// The data, an absolute path.
    pub db: PathBuf,
    /// The log.
    pub log: PathBuf,
    port: PathBuf,
}

impl Files {
    /// Makes the folders.
    pub fn prepare(dir: &Path) -> Result<Files, ManagedError> {
        let db = dir.join("db");
        let failed = |error| ManagedError::Files(db.clone(), error);
        std::fs::create_dir_all(&db).map_err(failed)?;
        // The running one is recognised by this path, so it has to be the same from every working directory.
        let db = db.canonicalize().map_err(failed)?;
        Ok(Files { log: db.with_file_name("mongod.log"), port: db.with_file_name("port"), db })
    }

    /// The port that was ours last time.
    pub fn port(&self) -> Option<u16> {
        std::fs::read_to_string(&self.port).ok()?.trim().parse().ok()
    }

    /// Keeps the port for the next time.
    pub fn record_port(&self, port: u16) -> Result<(), ManagedError> {
        std::fs::write(&self.port, format!("{port}\n")).map_err(|error| ManagedError::Files(self.port.clone(), error))
    }

    /// Whether no process says that it has the data open: mongod empties its lock file when it ends in order.
    pub fn is_unlocked(&self) -> bool {
        std::fs::metadata(self.db.join("mongod.lock")).map_or(true, |lock| lock.len() == 0)
    }

    /// The last line of the log.
    pub fn last_log_line(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let errors = log.lines().rev().take(60).find(|line| line.contains(r#""s":"E""#) || line.contains(r#""s":"F""#));
        errors.or(log.lines().last()).unwrap_or("nothing").to_owned()
    }
}

/// `mongod` on the PATH, or the one that the set-up brought.
pub(super) fn find_mongod() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let cache = std::env::var_os("XDG_CACHE_HOME").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    let brought = cache.map(|cache| cache.join("gigsta/bin"));
    std::env::split_paths(&path).chain(brought).map(|dir| dir.join("mongod")).find(|file| file.is_file())
}

/// Whether nobody listens there.
pub(super) fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

/// A port on which nobody listens.
pub(super) fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
