//! Counting how often something was done, in spans of time. In memory, for each process alone.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use crate::time::Timestamp;

/// Above this many entries, those whose span is over are forgotten.
const MANY: usize = 10_000;

/// The most entries. Above it the half whose span ends first is forgotten, so that strangers cannot fill the memory.
const MOST: usize = 100_000;

/// Counts for each key from the first one on, until the span is over. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct Window<Key> {
    minutes: i64,
    counts: Arc<Mutex<Counts<Key>>>,
}

#[derive(Debug)]
struct Counts<Key> {
    by_key: HashMap<Key, Count>,
    /// With how many entries it is looked through next.
    tidy_at: usize,
}

#[derive(Clone, Copy, Debug)]
struct Count {
    times: u32,
    until: Timestamp,
}

impl<Key: Eq + Hash> Window<Key> {
    /// A window of so many minutes.
    pub fn new(minutes: i64) -> Self {
        let counts = Counts { by_key: HashMap::new(), tidy_at: MANY };
        Self { minutes, counts: Arc::new(Mutex::new(counts)) }
    }

    /// Counts one more for each key, unless one of them has reached the limit beside it.
    ///
    /// # Errors
    /// The seconds until the span of that one is over.
    pub fn count<const N: usize>(&self, keys: [(Key, u32); N], now: Timestamp) -> Result<(), u32> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.tidy(now);
        let counts = &mut counts.by_key;
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
            counts.by_key.remove(&key);
        }
    }

    /// Takes back one that was counted for the key.
    pub fn give_back(&self, key: &Key) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.by_key.get_mut(key) {
            count.times = count.times.saturating_sub(1);
        }
    }
}

impl<Key: Eq + Hash> Counts<Key> {
    /// Forgets what no longer counts, whenever there is twice as much as the last time: so the work for each entry is bounded.
    fn tidy(&mut self, now: Timestamp) {
        if self.by_key.len() < self.tidy_at {
            return;
        }
        self.by_key.retain(|_, count| now < count.until);
        if self.by_key.len() >= MOST {
            let mut ends: Vec<Timestamp> = self.by_key.values().map(|count| count.until).collect();
            let middle = ends.len() / 2;
            let (_, middle, _) = ends.select_nth_unstable(middle);
            self.by_key.retain(|_, count| count.until > *middle);
        }
        self.tidy_at = (2 * self.by_key.len()).clamp(MANY, MOST);
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
    fn however_many_keys_are_counted_a_bounded_number_is_kept_the_latest_of_them() {
        let window = Window::new(10);
        let last = 3 * MOST;
        for key in 0..=last {
            window.count([(key, 1)], Timestamp(START.0 + i64::try_from(key).unwrap() / 1000)).unwrap();
        }
        assert!(window.counts.lock().unwrap().by_key.len() <= MOST);
        window.count([(last, 1)], START.plus_minutes(1)).unwrap_err();
    }

    #[test]
    fn what_is_given_back_was_not_counted() {
        let window = Window::new(10);
        window.count([("a", 1)], START).unwrap();
        window.give_back(&"a");
        window.count([("a", 1)], START).unwrap();
        window.count([("a", 1)], START).unwrap_err();
    }

    #[test]
    fn a_network_of_ipv6_is_one_peer_and_an_ipv4_address_is_itself() {
        let v6 = |text: &str| network(text.parse().unwrap());
        assert_eq!(v6("2001:db8:0:1::5"), v6("2001:db8:0:1:ffff::1"));
        assert_ne!(v6("2001:db8:0:1::5"), v6("2001:db8:0:2::5"));
        assert_ne!(v6("10.0.0.1"), v6("10.0.0.2"));
    }
}
