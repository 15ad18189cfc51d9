//! Paths as they may stand in a log: without the secrets in them.

use crate::account::links;
use crate::{calendar, notice};

/// The addresses below which a secret stands, as each feature names its own.
pub fn secret_paths() -> impl Iterator<Item = &'static str> {
    links::SECRET_PATHS.into_iter().chain([calendar::pages::FEED_PATH, notice::unsubscribe::PATH])
}

/// The path as it may stand in a log: without the token of a mailed link.
pub fn loggable(path: &str) -> String {
    match secret_paths().find(|secret| path.starts_with(secret)) {
        Some(start) => format!("{start}..."),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_mailed_link_stays_out_of_the_log() {
        let token = "a".repeat(64);
        for start in secret_paths() {
            assert_eq!(loggable(&format!("{start}{token}")), format!("{start}..."));
            assert_eq!(loggable(&format!("{start}{token}/more")), format!("{start}..."));
        }
        assert_eq!(loggable("/bookings/1"), "/bookings/1");
    }
}
