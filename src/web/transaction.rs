//! A transaction that is tried again when others disturb it.

use std::time::Duration;

use mongodb::ClientSession;
use mongodb::error::{Error, TRANSIENT_TRANSACTION_ERROR, UNKNOWN_TRANSACTION_COMMIT_RESULT};
use mongodb::options::{ReadConcern, WriteConcern};

use super::db::Db;

/// How often a transaction is tried that others disturb.
const TRIES: u32 = 6;
/// The longest wait before the second try, in milliseconds; it doubles with every further one.
const FIRST_WAIT_MILLIS: u64 = 10;

/// Why nothing was written.
pub trait Failure: From<Error> + Send {
    /// The database's own error, if it is the database that failed.
    fn database_error(&self) -> Option<&Error>;
}

impl Failure for Error {
    fn database_error(&self) -> Option<&Error> {
        Some(self)
    }
}

/// What is done in one transaction. It may be begun several times, and counts once.
pub trait Work: Sync {
    /// What comes of it.
    type Done: Send;
    /// Why nothing was written.
    type Failure: Failure;

    /// Who has it before it is said to be written: a majority.
    fn write_concern(&self, _db: &Db) -> WriteConcern {
        WriteConcern::majority()
    }

    /// Does it once, inside the session's transaction.
    fn run(
        &self,
        db: &Db,
        session: &mut ClientSession,
    ) -> impl Future<Output = Result<Self::Done, Self::Failure>> + Send;
}

/// Does `work` in one transaction with a snapshot of its own, as often as it takes: all of it is written, or nothing.
///
/// # Errors
/// What `work` said; or the database's last word, when others disturbed every try.
pub async fn in_transaction<W: Work>(db: &Db, work: &W) -> Result<W::Done, W::Failure> {
    let mut session = db.client.start_session().await?;
    let mut attempt = 1;
    loop {
        let failure = match once(db, &mut session, work).await {
            Ok(done) => return Ok(done),
            Err(failure) => failure,
        };
        // Ends what the failure left open; there is nothing to do if that fails too.
        _ = session.abort_transaction().await;
        if attempt >= TRIES || !is_disturbed(&failure) {
            return Err(failure);
        }
        back_off(attempt).await;
        attempt += 1;
    }
}

async fn once<W: Work>(db: &Db, session: &mut ClientSession, work: &W) -> Result<W::Done, W::Failure> {
    let options = session.start_transaction().read_concern(ReadConcern::snapshot());
    options.write_concern(work.write_concern(db)).await?;
    let done = work.run(db, session).await?;
    for _ in 0..TRIES {
        match session.commit_transaction().await {
            // To commit again is safe: it is one transaction, however often it is asked for.
            Err(error) if error.contains_label(UNKNOWN_TRANSACTION_COMMIT_RESULT) => back_off(1).await,
            committed => return committed.map(|()| done).map_err(Into::into),
        }
    }
    session.commit_transaction().await?;
    Ok(done)
}

/// Whether others disturbed the transaction, and not the database failed.
pub fn is_disturbed(failure: &impl Failure) -> bool {
    failure.database_error().is_some_and(|error| error.contains_label(TRANSIENT_TRANSACTION_ERROR))
}

/// Waits between half and all of a time that doubles with every try, so that those who collided come back apart.
async fn back_off(attempt: u32) {
    let longest = FIRST_WAIT_MILLIS << attempt.min(8);
    // Without randomness they would collide again.
    let random = getrandom::u32().unwrap_or_default();
    let wait = longest / 2 + u64::from(random) % (longest / 2);
    tokio::time::sleep(Duration::from_millis(wait)).await;
}
