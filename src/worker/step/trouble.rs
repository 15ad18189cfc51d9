//! Why a piece of work ended early.

use super::effects::Killed;

/// Why a piece of work ended early.
pub(super) enum Trouble {
    /// The booking or its lease is somebody else's by now: there is nothing to do.
    Lost,
    Killed,
    Failed(String),
}

impl From<Killed> for Trouble {
    fn from(Killed: Killed) -> Self {
        Trouble::Killed
    }
}

impl From<mongodb::error::Error> for Trouble {
    fn from(error: mongodb::error::Error) -> Self {
        Trouble::Failed(describe(&error))
    }
}

/// What an error says, short enough to be kept and shown.
pub(super) fn describe(error: &mongodb::error::Error) -> String {
    let own = error.get_custom::<String>().cloned();
    own.unwrap_or_else(|| error.kind.to_string()).chars().take(300).collect()
}
