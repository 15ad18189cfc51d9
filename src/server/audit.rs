//! Checks the history of every booking and every application: no gap, every hash right, and the state is its fold.

use std::ops::ControlFlow;

use crate::booking::machine::history;
use crate::booking::store;
use crate::provider::history as provider_history;
use crate::provider::model::Provider;
use crate::provider::store as providers;
use crate::web::db::Db;

/// Something whose history does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// `booking` or `provider`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// What people call it; empty when it could not be read.
    pub reference: String,
    /// What is wrong.
    pub what: String,
}

impl std::fmt::Display for Found {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {} {}: {}", self.kind, self.id, self.reference, self.what)
    }
}

/// Why the audit did not pass.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The first booking whose history does not hold.
    #[error("{0}")]
    Fault(Found),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] mongodb::error::Error),
}

/// Checks every booking, one at a time, and says how many there were.
///
/// # Errors
/// The first fault; what comes after it is not read.
pub async fn verify(db: &Db) -> Result<u64, AuditError> {
    let mut count = 0;
    let mut fault = None;
    let visit = |(id, booking): store::Visit| {
        count += 1;
        let (reference, what) = match booking {
            Ok(booking) => match history::verify(&booking) {
                Ok(()) => return ControlFlow::Continue(()),
                Err(wrong) => (booking.reference, wrong.to_string()),
            },
            Err(error) => (String::new(), format!("it cannot be read: {error}")),
        };
        fault = Some(Found { kind: "booking", id, reference, what });
        ControlFlow::Break(())
    };
    store::for_each(db, visit).await?;
    fault.map_or(Ok(count), |found| Err(AuditError::Fault(found)))
}

/// Checks every provider's application, one at a time, and says how many there were. Those who never had one are left out.
///
/// # Errors
/// The first fault; what comes after it is not read.
pub async fn verify_providers(db: &Db) -> Result<u64, AuditError> {
    let mut count = 0;
    let mut fault = None;
    let visit = |provider: Provider| {
        count += u64::from(!provider.history.is_empty());
        match provider_history::verify(&provider) {
            Err(wrong) if !provider.history.is_empty() => {
                let (id, what) = (provider.id.to_hex(), wrong.to_string());
                fault = Some(Found { kind: "provider", id, reference: provider.trading_name, what });
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        }
    };
    providers::for_each(db, visit).await?;
    fault.map_or(Ok(count), |found| Err(AuditError::Fault(found)))
}
