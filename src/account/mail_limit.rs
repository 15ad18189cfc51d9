//! How many mails strangers may cause: a few to one address, and not endlessly many from one place.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::AppError;
use crate::time::Timestamp;

/// Mails to one address, and mails caused by one peer, in a span. A proxy is one peer for everybody behind it.
const TO_ONE_ADDRESS: u32 = 5;
const FROM_ONE_PEER: u32 = 100;

/// The span in which they are counted, from the first one on, in minutes.
const SPAN: i64 = 60;

/// Above this many entries, those whose span is over are forgotten.
const MANY: usize = 10_000;

/// Counts mails in memory. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct MailLimit(Arc<Mutex<HashMap<Key, Count>>>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Address(String),
    Peer(Option<IpAddr>),
}

#[derive(Clone, Copy, Debug)]
struct Count {
    mails: u32,
    until: Timestamp,
}

impl MailLimit {
    /// Counts a mail before it is written.
    ///
    /// # Errors
    /// 429 with the seconds to wait, when there were too many.
    pub fn count(&self, email: &str, peer: Option<IpAddr>, now: Timestamp) -> Result<(), AppError> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() > MANY {
            counts.retain(|_, count| now < count.until);
        }
        let keys = [(Key::Address(email.to_owned()), TO_ONE_ADDRESS), (Key::Peer(peer.map(network)), FROM_ONE_PEER)];
        for (key, limit) in &keys {
            if let Some(count) = counts.get(key).filter(|count| now < count.until && count.mails >= *limit) {
                return Err(too_many(count.until, now));
            }
        }
        for (key, _) in keys {
            let fresh = Count { mails: 0, until: now.plus_minutes(SPAN) };
            let count = counts.entry(key).or_insert(fresh);
            if now >= count.until {
                *count = fresh;
            }
            count.mails += 1;
        }
        Ok(())
    }
}

fn too_many(until: Timestamp, now: Timestamp) -> AppError {
    let seconds = u32::try_from((until.0 - now.0 + 999) / 1000).unwrap_or(u32::MAX);
    let minutes = seconds.div_ceil(60);
    let span = if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") };
    AppError::too_many(
        format!("We have sent many mails already. Look into your mail, or try again in {span}."),
        seconds,
    )
}

/// Whoever has an IPv6 address has the 64 bits below its network too.
fn network(peer: IpAddr) -> IpAddr {
    match peer {
        IpAddr::V6(peer) => IpAddr::V6(Ipv6Addr::from_bits(peer.to_bits() >> 64 << 64)),
        v4 => v4,
    }
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
        assert_eq!((error.status, error.retry_after), (429, Some(600)));
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
