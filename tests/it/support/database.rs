//! A real `mongod` for the tests: one a process, one database a test.
//!
//! `GIGSTA_TEST_MONGODB_URI` names one that runs already, so that a whole run can share it.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock};

use futures::FutureExt;
use futures::future::try_join_all;
use gigsta::server::managed::Managed;
use gigsta::server::migrations::{self, MIGRATIONS};
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

/// Databases whose tests have passed, the oldest first. To empty one is many times as fast as to index a new one.
static SPARE: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());

/// How many are kept before one is used again, so that whatever its last test left running is over by then.
const RESTING: usize = 4;

/// Runs a test in an empty database with all its indexes that no other test uses meanwhile; one whose test fails is dropped.
pub async fn in_database(test: impl AsyncFnOnce(&Db)) {
    let spare = {
        let mut spare = SPARE.lock().unwrap();
        if spare.len() > RESTING { spare.pop_front() } else { None }
    };
    let db = connect(&spare.clone().unwrap_or_else(|| format!("test_{}", ObjectId::new().to_hex()))).await;
    if spare.is_some() {
        empty(&db).await;
    }
    migrations::run(&db).await.unwrap();
    if let Err(panic) = AssertUnwindSafe(test(&db)).catch_unwind().await {
        db.database.drop().await.unwrap();
        std::panic::resume_unwind(panic);
    }
    // A profiler that a test has switched on stays on.
    if db.database.list_collection_names().await.unwrap().iter().any(|name| name.starts_with("system.")) {
        db.database.drop().await.unwrap();
    } else {
        SPARE.lock().unwrap().push_back(db.database.name().into());
    }
}

/// Removes all that a test has written; what the migrations made stays.
async fn empty(db: &Db) {
    let names = db.database.list_collection_names().await.unwrap();
    let written = names.iter().filter(|name| *name != MIGRATIONS);
    let empty = async |name: &String| db.collection::<Document>(name).delete_many(doc! {}).await;
    try_join_all(written.map(empty)).await.unwrap();
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
