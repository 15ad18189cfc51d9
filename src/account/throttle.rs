//! How often a sign-in may fail: a few times from one place, and not endlessly from many.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::time::Timestamp;

/// Failures that one e-mail address may have from one peer in a span, and from all peers together.
const FROM_ONE_PEER: u32 = 10;
const FROM_ALL_PEERS: u32 = 50;

/// The span in which failures are counted, from the first one on, in minutes.
const SPAN: i64 = 15;

/// Above this many entries, those whose span is over are forgotten.
const MANY: usize = 10_000;

/// Counts failed sign-ins in memory. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Throttle(Arc<Mutex<HashMap<Key, Count>>>);

/// An e-mail address, seen from one peer or from all.
type Key = (String, Option<Option<IpAddr>>);

#[derive(Clone, Copy, Debug)]
struct Count {
    failures: u32,
    until: Timestamp,
}

impl Throttle {
    /// Counts an attempt before it is made, so that many at once are counted too.
    ///
    /// # Errors
    /// The seconds to wait, when there were too many.
    pub fn attempt(&self, email: &str, peer: Option<IpAddr>, now: Timestamp) -> Result<(), u32> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() > MANY {
            counts.retain(|_, count| now < count.until);
        }
        let keys = keys(email, peer);
        for (key, limit) in keys.iter().zip([FROM_ONE_PEER, FROM_ALL_PEERS]) {
            if let Some(count) = counts.get(key).filter(|count| now < count.until && count.failures >= limit) {
                let seconds = (count.until.0 - now.0 + 999) / 1000;
                return Err(u32::try_from(seconds).unwrap_or(u32::MAX));
            }
        }
        for key in keys {
            let fresh = Count { failures: 0, until: now.plus_minutes(SPAN) };
            let count = counts.entry(key).or_insert(fresh);
            if now >= count.until {
                *count = fresh;
            }
            count.failures += 1;
        }
        Ok(())
    }

    /// The attempt was right after all: the address begins anew.
    pub fn succeeded(&self, email: &str, peer: Option<IpAddr>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys(email, peer) {
            counts.remove(&key);
        }
    }
}

fn keys(email: &str, peer: Option<IpAddr>) -> [Key; 2] {
    [(email.to_owned(), Some(peer)), (email.to_owned(), None)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));
    const START: Timestamp = Timestamp(1_000_000);

    #[test]
    fn the_eleventh_failure_in_fifteen_minutes_has_to_wait_until_they_are_over() {
        let throttle = Throttle::default();
        for _ in 0..10 {
            throttle.attempt("a@demo.test", HERE, START).unwrap();
        }
        assert_eq!(throttle.attempt("a@demo.test", HERE, START.plus_minutes(5)), Err(600));
        throttle.attempt("b@demo.test", HERE, START).unwrap();
        throttle.attempt("a@demo.test", None, START).unwrap();
        throttle.attempt("a@demo.test", HERE, START.plus_minutes(15)).unwrap();
    }

    #[test]
    fn a_right_password_wipes_the_slate() {
        let throttle = Throttle::default();
        for _ in 0..10 {
            throttle.attempt("a@demo.test", HERE, START).unwrap();
        }
        throttle.succeeded("a@demo.test", HERE);
        throttle.attempt("a@demo.test", HERE, START).unwrap();
    }

    #[test]
    fn many_places_together_are_stopped_as_well() {
        let throttle = Throttle::default();
        let tries = (0..=255).map(|last| {
            let peer = IpAddr::from([10, 0, 0, last]);
            throttle.attempt("a@demo.test", Some(peer), START).is_ok()
        });
        assert_eq!(tries.filter(|ok| *ok).count(), 50);
    }
}
