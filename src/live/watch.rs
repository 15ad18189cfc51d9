//! The one change stream of a process: opened, read, and opened again where it broke.

use std::time::Duration;

use futures::StreamExt;
use mongodb::bson::{Bson, Document, doc};
use mongodb::change_stream::event::ResumeToken;
use mongodb::error::{Error, ErrorKind, Result};
use mongodb::options::FullDocumentType;

use super::hub::Hub;
use super::news::{Heard, News, Sources, What, Why};
use crate::account::session;
use crate::booking::store;
use crate::booking::store::changes::{self, Moved};
use crate::domain::backoff::Backoff;
use crate::time::Timestamp;
use crate::web::db::Db;
use crate::web::kit::Kit;

/// The pause before the stream is opened again; it grows as long as nothing new is read from it.
const PAUSE: Backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(10));

/// How often sessions are looked through for those that are over.
const TICK: Duration = Duration::from_millis(500);

/// Starts to follow the database for the first listener, and waits until nothing can be missed any more.
pub(super) async fn ensure(kit: &Kit, hub: &Hub, sources: Sources) {
    if hub.begin() {
        tokio::spawn(run(kit.clone(), hub.clone(), sources));
    }
    hub.until_open().await;
}

/// Follows the database until the server stops, then closes every stream.
async fn run(kit: Kit, hub: Hub, sources: Sources) {
    let expire = async {
        loop {
            tokio::time::sleep(TICK).await;
            hub.end_expired(kit.clock.now());
        }
    };
    tokio::select! {
        () = follow_for_ever(&kit.db, &hub, sources) => {}
        () = expire => {}
        () = kit.draining.cancelled() => {}
    }
    hub.close(Why::Stopping);
}

async fn follow_for_ever(db: &Db, hub: &Hub, sources: Sources) {
    let mut token = None;
    let mut rounds = 1_u32;
    loop {
        let began = token.clone();
        match follow(db, hub, sources, &mut token).await {
            // What was watched is gone, as when a database is dropped: its token leads nowhere.
            Ok(()) => token = None,
            Err(error) => {
                tracing::warn!(%error, "the change stream broke; it is opened again");
                if token == began && is_answer(&error) {
                    // The database answers, but not to this token: what happened since is not known any more.
                    token = None;
                }
            }
        }
        rounds = if token == began { rounds.saturating_add(1) } else { 1 };
        tokio::time::sleep(PAUSE.after(rounds)).await;
    }
}

/// Whether the database itself has said no, rather than been away.
fn is_answer(error: &Error) -> bool {
    matches!(error.kind.as_ref(), ErrorKind::Command(_) | ErrorKind::MissingResumeToken)
}

/// Reads until the stream ends; `token` says how far.
async fn follow(db: &Db, hub: &Hub, sources: Sources, token: &mut Option<ResumeToken>) -> Result<()> {
    let opened = db.database.watch().pipeline(pipeline(sources)).full_document(FullDocumentType::UpdateLookup);
    let mut stream = opened.resume_after(token.clone()).await?.with_type::<Document>();
    if token.is_none() {
        hub.opened(Timestamp::now());
    }
    *token = stream.resume_token();
    while let Some(change) = stream.next().await.transpose()? {
        if let Some(news) = read(db, sources, &change).await? {
            hub.publish(news, Timestamp::now());
        }
        *token = stream.resume_token();
    }
    Ok(())
}

/// What is of interest, and of that only who it concerns. A booking's outbox changes without a new version; no event is sent.
fn pipeline(Sources(sources): Sources) -> [Document; 2] {
    let theirs = sources.iter().map(|source| (source.changes)());
    let any: Vec<Document> = [changes::made_a_version(), session::ended()].into_iter().chain(theirs).collect();
    let fields = changes::FIELDS.into_iter().chain(sources.iter().map(|source| source.field));
    let fields: Document = fields.map(|field| (field.to_owned(), Bson::Int32(1))).collect();
    [doc! { "$match": { "$or": any } }, doc! { "$project": fields }]
}

/// What a change says, and to whom. What cannot be read concerns nobody.
async fn read(db: &Db, Sources(sources): Sources, change: &Document) -> Result<Option<News>> {
    if let Some(session) = session::ended_by(change) {
        return Ok(Some(News { what: What::SignedOut { session }, to: Vec::new(), admins: false }));
    }
    if let Some(Moved { id, version, parties }) = changes::read(change) {
        return Ok(Some(News { what: What::Booking { id, version }, to: parties, admins: true }));
    }
    Ok(match sources.iter().find_map(|source| (source.read)(change)) {
        Some(Heard::Message(id)) => {
            let to = store::parties_of(db, id).await?;
            Some(News { what: What::Message { booking: id.to_hex() }, to, admins: true })
        }
        Some(Heard::Notice(to)) => Some(News { what: What::Notice, to: vec![to], admins: false }),
        None => None,
    })
}
