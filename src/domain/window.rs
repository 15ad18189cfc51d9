//! Counting how often something was done, in spans of time. In memory, for each process alone.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use crate::time::Timestamp;

/// Above this many entries, those whose span is over are forgotten.
const MANY: usize = 10_000;

/// Counts for each key from the first one on, until the span is over. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct Window<Key> {
    minutes: i64,
    counts: Arc<Mutex<HashMap<Key, Count>>>,
}

#[derive(Clone, Copy, Debug)]
struct Count {
    times: u32,
    until: Timestamp,
}

impl<Key: Eq + Hash> Window<Key> {
    /// A window of so many minutes.
    pub fn new(minutes: i64) -> Self {
        Self { minutes, counts: Arc::default() }
    }

    /// Counts one more for each key, unless one of them has reached the limit beside it.
    ///
    /// # Errors
    /// The seconds until the span of that one is over.
    pub fn count<const N: usize>(&self, keys: [(Key, u32); N], now: Timestamp) -> Result<(), u32> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() > MANY {
            counts.retain(|_, count| now < count.until);
        }
        for (key, limit) in &keys {
            if let Some(count) = counts.get(key).filter(|count| now < count.until && count.times >= *limit) {
                return Err(u32::try_from((count.until.0 - now.0 + 999) / 1000).unwrap_or(u32::MAX));
            }
        }
        for (key, _) in keys {
            let fresh = Count { times: 0, until: now.plus_minutes(self.minutes) };
            let count = counts.entry(key).or_insert(fresh);
            if now >= count.until {
                *count = fresh;
            }
            count.times += 1;
        }
        Ok(())
    }

    /// Forgets what was counted for these keys.
    pub fn forget<const N: usize>(&self, keys: [Key; N]) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            counts.remove(&key);
        }
    }
}

/// What counts as one peer: whoever has an IPv6 address has the 64 bits below its network too.
pub fn network(peer: IpAddr) -> IpAddr {
    match peer {
        IpAddr::V6(peer) => IpAddr::V6(Ipv6Addr::from_bits(peer.to_bits() >> 64 << 64)),
        IpAddr::V4(_) => peer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_000_000);

    #[test]
    fn a_span_begins_with_the_first_one_and_ends_for_each_key_alone() {
        let window = Window::new(10);
        window.count([("a", 2)], START).unwrap();
        window.count([("a", 2)], START.plus_minutes(9)).unwrap();
        assert_eq!(window.count([("a", 2)], Timestamp(START.plus_minutes(10).0 - 1)), Err(1));
        window.count([("b", 2)], START.plus_minutes(9)).unwrap();
        window.count([("a", 2)], START.plus_minutes(10)).unwrap();
    }

    #[test]
    fn what_is_refused_for_one_key_is_counted_for_none() {
        let window = Window::new(10);
        window.count([("a", 1), ("all", 2)], START).unwrap();
        for _ in 0..5 {
            window.count([("a", 1), ("all", 2)], START).unwrap_err();
        }
        window.count([("b", 1), ("all", 2)], START).unwrap();
        window.forget(["all"]);
        window.count([("c", 1), ("all", 2)], START).unwrap();
    }

    #[test]
    fn a_network_of_ipv6_is_one_peer_and_an_ipv4_address_is_itself() {
        let v6 = |text: &str| network(text.parse().unwrap());
        assert_eq!(v6("2001:db8:0:1::5"), v6("2001:db8:0:1:ffff::1"));
        assert_ne!(v6("2001:db8:0:1::5"), v6("2001:db8:0:2::5"));
        assert_ne!(v6("10.0.0.1"), v6("10.0.0.2"));
    }
}
