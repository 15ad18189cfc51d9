//! Limits of mails that somebody who is not signed in can cause: for each recipient, and for each peer.

use std::net::IpAddr;

use crate::domain::window::{Window, network};
use crate::error::AppError;
use crate::time::Timestamp;

/// Mails to one address, and mails caused by one peer, in a span. A proxy is one peer for everybody behind it.
const TO_ONE_ADDRESS: u32 = 5;
const FROM_ONE_PEER: u32 = 100;

/// The span in which they are counted, from the first one on, in minutes.
const WINDOW_MINUTES: i64 = 60;

/// Counts mails in memory. Cheap to clone.
#[derive(Clone, Debug)]
pub struct MailLimit(Window<Key>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Address(String),
    Peer(Option<IpAddr>),
}

impl Default for MailLimit {
    fn default() -> Self {
        Self(Window::new(WINDOW_MINUTES))
    }
}

impl MailLimit {
    /// Counts a mail before it is written.
    ///
    /// # Errors
    /// 429 with the seconds to wait, when there were too many.
    pub fn count(&self, email: &str, peer: Option<IpAddr>, now: Timestamp) -> Result<(), AppError> {
        let keys = [(Key::Address(email.to_owned()), TO_ONE_ADDRESS), (Key::Peer(peer.map(network)), FROM_ONE_PEER)];
        self.0.count(keys, now).map_err(too_many)
    }
}

fn too_many(seconds: u32) -> AppError {
    let minutes = seconds.div_ceil(60);
    let span = if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") };
    let message = format!("We have sent many mails already. Look into your mail, or try again in {span}.");
    AppError::too_many(message, seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_000_000);

    #[test]
    fn the_sixth_mail_in_an_hour_to_one_address_has_to_wait() {
        let limit = MailLimit::default();
        for last in 0..5 {
            limit.count("a@demo.test", Some(IpAddr::from([10, 0, 0, last])), START).unwrap();
        }
        let error = limit.count("a@demo.test", None, START.plus_minutes(50)).unwrap_err();
        assert_eq!((error.status, error.retry_after_seconds), (429, Some(600)));
        limit.count("b@demo.test", None, START).unwrap();
        limit.count("a@demo.test", None, START.plus_minutes(60)).unwrap();
    }

    #[test]
    fn one_place_cannot_write_to_everybody_not_even_from_a_whole_network() {
        let limit = MailLimit::default();
        let written = (0..300).filter(|number: &u16| {
            let peer = IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, *number]);
            limit.count(&format!("{number}@demo.test"), Some(peer), START).is_ok()
        });
        assert_eq!(written.count(), 100);
        let elsewhere = IpAddr::from([0x2001, 0xdb8, 0, 2, 0, 0, 0, 1]);
        limit.count("x@demo.test", Some(elsewhere), START).unwrap();
    }
}
