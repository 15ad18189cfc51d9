//! Faults of the database: logged with their cause, answered without it.

use mongodb::error::ErrorKind as Cause;

use crate::error::{AppError, ErrorKind};

/// MongoDB's code for an operation that it gave up because it took too long.
const MAX_TIME_EXPIRED: i32 = 50;
/// After so many seconds it is worth asking again.
const RETRY_AFTER_SECONDS: u32 = 3;

impl From<mongodb::error::Error> for AppError {
    fn from(error: mongodb::error::Error) -> Self {
        tracing::error!(%error, "the database failed");
        match *error.kind {
            Cause::ServerSelection { .. } | Cause::Io(_) | Cause::ConnectionPoolCleared { .. } => {
                let message = "The database cannot be reached right now. Nothing was changed: try again in a moment.";
                AppError::new(ErrorKind::Unavailable, "database_away", message)
            }
            Cause::Command(ref command) if command.code == MAX_TIME_EXPIRED => {
                let message =
                    "This takes too long right now, because very many ask at once. Try again in a few seconds.";
                let error = AppError::new(ErrorKind::Unavailable, "overloaded", message);
                AppError { retry_after_seconds: Some(RETRY_AFTER_SECONDS), ..error }
            }
            _ => {
                let message = "Something went wrong on our side. Nothing was changed: try again.";
                AppError::new(ErrorKind::Fault, "fault", message)
            }
        }
    }
}
