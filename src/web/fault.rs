//! Faults of the database: logged with their cause, answered without it.

use mongodb::error::ErrorKind as Cause;

use crate::error::{AppError, ErrorKind};

impl From<mongodb::error::Error> for AppError {
    fn from(error: mongodb::error::Error) -> Self {
        tracing::error!(%error, "the database failed");
        match *error.kind {
            Cause::ServerSelection { .. } | Cause::Io(_) | Cause::ConnectionPoolCleared { .. } => {
                let message = "The database cannot be reached right now. Nothing was changed: try again in a moment.";
                AppError::new(ErrorKind::Unavailable, "database_away", message)
            }
            _ => {
                let message = "Something went wrong on our side. Nothing was changed: try again.";
                AppError::new(ErrorKind::Fault, "fault", message)
            }
        }
    }
}
