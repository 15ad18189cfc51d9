//! Making one `mongod` a replica set of one: transactions and change streams need it.

use std::path::Path;
use std::time::Duration;

use mongodb::Client;
use mongodb::bson::{Document, doc};
use mongodb::error::{Error, ErrorKind};
use mongodb::options::{ClientOptions, ServerAddress};
use tokio::time::{Instant, sleep};

use super::{ManagedError, PAUSE};

/// The replica set's name.
pub(super) const NAME: &str = "gigsta";
/// How long one question may take.
const QUESTION: Duration = Duration::from_secs(2);
/// MongoDB's code for a node that has no replica set yet.
const NOT_YET_INITIALIZED: i32 = 94;

/// A client for this node alone. It declares no API version: administration is not part of any.
pub(super) fn admin_client(port: u16) -> Result<Client, ManagedError> {
    let mut options = ClientOptions::default();
    options.hosts = vec![ServerAddress::Tcp { host: "127.0.0.1".into(), port: Some(port) }];
    options.app_name = Some("gigsta-admin".into());
    options.direct_connection = Some(true);
    options.server_selection_timeout = Some(QUESTION);
    options.connect_timeout = Some(QUESTION);
    Ok(Client::with_options(options)?)
}

/// The client of the `mongod` on this port, if there is one and its data is ours.
pub(super) async fn answering(port: u16, db: &Path) -> Result<Option<Client>, ManagedError> {
    if super::files::is_free(port) {
        return Ok(None);
    }
    let admin = admin_client(port)?;
    let Ok(reply) = admin.database("admin").run_command(doc! { "getCmdLineOpts": 1 }).await else {
        return Ok(None);
    };
    let storage = reply.get_document("parsed").and_then(|parsed| parsed.get_document("storage"));
    let ours = storage.and_then(|storage| storage.get_str("dbPath")).is_ok_and(|path| Path::new(path) == db);
    Ok(ours.then_some(admin))
}

/// Waits until the node is the primary of a replica set of one, and makes it so: begins the set the first time, and
/// sets its new address when the port has changed. `alive` fails when the process has ended.
pub(super) async fn make_primary(
    admin: &Client,
    port: u16,
    deadline: Instant,
    mut alive: impl FnMut() -> Result<(), ManagedError>,
) -> Result<(), ManagedError> {
    let admin = admin.database("admin");
    let host = format!("127.0.0.1:{port}");
    while Instant::now() < deadline {
        alive()?;
        // A refused connection would make the driver wait for a while; knocking first is quicker.
        if super::files::is_free(port) {
            sleep(PAUSE).await;
            continue;
        }
        if let Ok(hello) = admin.run_command(doc! { "hello": 1 }).await
            && hello.get_bool("isWritablePrimary").unwrap_or(false)
            && hello.get_str("primary").is_ok_and(|primary| primary == host)
        {
            return Ok(());
        }
        match admin.run_command(doc! { "replSetGetConfig": 1 }).await {
            Ok(reply) => {
                if let Some(config) = moved_to(&reply, &host) {
                    // Refused while it is still waking up: asked again in the next round.
                    _ = admin.run_command(doc! { "replSetReconfig": config, "force": true }).await;
                }
            }
            Err(error) if code(&error) == Some(NOT_YET_INITIALIZED) => {
                let config = doc! { "_id": NAME, "members": [{ "_id": 0, "host": &host }] };
                _ = admin.run_command(doc! { "replSetInitiate": config }).await;
            }
            Err(_) => {}
        }
        sleep(PAUSE).await;
    }
    Err(ManagedError::TooSlow(Path::new("").into()))
}

/// The set's configuration with its only member at `host`, unless it is there already.
fn moved_to(reply: &Document, host: &str) -> Option<Document> {
    let mut config = reply.get_document("config").ok()?.clone();
    let members = config.get_array_mut("members").ok()?;
    let member = members.first_mut()?.as_document_mut()?;
    if member.get_str("host").is_ok_and(|known| known == host) {
        return None;
    }
    member.insert("host", host);
    Some(config)
}

fn code(error: &Error) -> Option<i32> {
    match error.kind.as_ref() {
        ErrorKind::Command(command) => Some(command.code),
        _ => None,
    }
}
