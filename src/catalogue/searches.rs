//! How many searches run at once: they are the heaviest questions that strangers can ask, and no other page waits for them.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{AppError, ErrorKind};
use crate::web::db::Db;

/// How long a search waits for its turn.
const PATIENCE: Duration = Duration::from_secs(2);
/// After so many seconds somebody whose turn did not come may ask again.
const RETRY_AFTER_SECONDS: u32 = 3;

/// The searches of this process: a database of their own, and a turn for each.
#[derive(Clone, Debug)]
pub struct Searches {
    /// The database, over connections that nothing else uses.
    pub db: Db,
    turns: Arc<Semaphore>,
    /// How long a search waits for its turn.
    patience: Duration,
}

impl Searches {
    /// At most so many at once.
    pub fn new(db: Db, at_once: usize) -> Self {
        Self { db, turns: Arc::new(Semaphore::new(at_once)), patience: PATIENCE }
    }

    /// A turn, which ends when it is dropped.
    ///
    /// # Errors
    /// 503 with when to ask again, if too many wait.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, AppError> {
        match tokio::time::timeout(self.patience, self.turns.clone().acquire_owned()).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => Err(too_many()),
        }
    }
}

fn too_many() -> AppError {
    let message = "Very many people are searching right now. Try again in a few seconds.";
    let error = AppError::new(ErrorKind::Unavailable, "too_many_searches", message);
    AppError { retry_after_seconds: Some(RETRY_AFTER_SECONDS), ..error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_search_too_many_is_asked_back_later_and_the_next_turn_is_anybodys() {
        let db = Db::connect("mongodb://127.0.0.1:1", "none").await.unwrap();
        let searches = Searches { patience: Duration::ZERO, ..Searches::new(db, 1) };
        let turn = searches.turn().await.unwrap();
        let refused = searches.turn().await.unwrap_err();
        assert_eq!((refused.status, refused.retry_after_seconds), (503, Some(3)));
        drop(turn);
        assert!(searches.turn().await.is_ok());
    }
}
