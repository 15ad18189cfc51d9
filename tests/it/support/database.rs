//! A real `mongod` for the tests: one a process, one database a test.
//!
//! `GIGSTA_TEST_MONGODB_URI` names one that runs already, so that a whole run can share it.

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use futures::FutureExt;
use gigsta::server::managed::Managed;
use gigsta::server::migrations;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;

/// Runs a test in a fresh database with all its indexes, and drops the database afterwards, whatever happened.
pub async fn in_database(test: impl AsyncFnOnce(&Db)) {
    let db = connect(&format!("test_{}", ObjectId::new().to_hex())).await;
    migrations::run(&db).await.unwrap();
    let outcome = AssertUnwindSafe(test(&db)).catch_unwind().await;
    db.database.drop().await.unwrap();
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

/// A database of that name on the test server.
pub async fn connect(name: &str) -> Db {
    Db::connect(uri(), name).await.unwrap()
}

/// A folder of this process under the target folder.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()))
}

/// Ends a process, and removes a folder, as soon as this process is gone, however it ended: the other end of the pipe
/// then closes. A test run has no end at which it could clean up by itself.
pub fn end_with_this_process(pid: u32, folder: &Path) {
    const WATCH: &str =
        r#"cat >/dev/null; kill -9 "$1"; while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; rm -rf "$2""#;
    let mut watcher = Command::new("sh");
    watcher.args(["-c", WATCH, "sh", &pid.to_string()]).arg(folder);
    watcher.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    // Ctrl-C ends the tests; the watcher has to outlive them by a moment.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut watcher, 0);
    std::mem::forget(watcher.spawn().unwrap());
}

/// Where the test's mongod is.
pub fn uri() -> &'static str {
    static URI: OnceLock<String> = OnceLock::new();
    URI.get_or_init(|| {
        if let Ok(uri) = std::env::var("GIGSTA_TEST_MONGODB_URI") {
            return uri;
        }
        // A thread of its own: each test has a runtime of its own, and this must not end with the first of them.
        let start = || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            let folder = folder("mongo");
            let managed = runtime.block_on(Managed::start(&folder)).unwrap();
            end_with_this_process(managed.pid().unwrap(), &folder);
            managed.uri()
        };
        std::thread::spawn(start).join().unwrap()
    })
}
