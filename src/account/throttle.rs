//! Limits of failed sign-ins: few for one address from one peer, more for one address from all peers together, and for one peer with
//! all addresses together.

use std::net::IpAddr;

use crate::domain::window::{Window, network};
use crate::time::Timestamp;

/// Failures that one e-mail address may have from one peer in a span, and from all peers together.
const FROM_ONE_PEER: u32 = 10;
const FROM_ALL_PEERS: u32 = 50;
/// Failures that one peer may have with all addresses together. A proxy is one peer for everybody behind it.
const OF_ONE_PEER: u32 = 300;

/// The span in which failures are counted, from the first one on, in minutes.
const WINDOW_MINUTES: i64 = 15;

/// Counts failed sign-ins in memory. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Throttle(Window<Key>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// An e-mail address, from one peer.
    AddressFrom(String, Option<IpAddr>),
    /// An e-mail address, from all peers.
    Address(String),
    /// A peer, with all addresses.
    Peer(Option<IpAddr>),
}

impl Default for Throttle {
    fn default() -> Self {
        Self(Window::new(WINDOW_MINUTES))
    }
}

impl Throttle {
    /// Counts an attempt before it is made, so that many at once are counted too.
    ///
    /// # Errors
    /// The seconds to wait, when there were too many.
    pub fn attempt(&self, email: &str, peer: Option<IpAddr>, now: Timestamp) -> Result<(), u32> {
        let [one, all] = keys(email, peer);
        let peer = Key::Peer(peer.map(network));
        self.0.count([(one, FROM_ONE_PEER), (all, FROM_ALL_PEERS), (peer, OF_ONE_PEER)], now)
    }

    /// Forgets the failures of the address: the password was right.
    pub fn succeeded(&self, email: &str, peer: Option<IpAddr>) {
        self.0.forget(keys(email, peer));
        self.0.give_back(&Key::Peer(peer.map(network)));
    }
}

fn keys(email: &str, peer: Option<IpAddr>) -> [Key; 2] {
    [Key::AddressFrom(email.to_owned(), peer.map(network)), Key::Address(email.to_owned())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEER: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));
    const START: Timestamp = Timestamp(1_000_000);

    #[test]
    fn the_eleventh_failure_in_fifteen_minutes_has_to_wait_until_they_are_over() {
        let throttle = Throttle::default();
        for _ in 0..10 {
            throttle.attempt("a@demo.test", PEER, START).unwrap();
        }
        assert_eq!(throttle.attempt("a@demo.test", PEER, START.plus_minutes(5)), Err(600));
        throttle.attempt("b@demo.test", PEER, START).unwrap();
        throttle.attempt("a@demo.test", None, START).unwrap();
        throttle.attempt("a@demo.test", PEER, START.plus_minutes(15)).unwrap();
    }

    #[test]
    fn one_peer_that_tries_many_addresses_is_stopped_and_successes_do_not_count() {
        let throttle = Throttle::default();
        for number in 0..1_000 {
            throttle.attempt(&format!("{number}@demo.test"), PEER, START).unwrap();
            throttle.succeeded(&format!("{number}@demo.test"), PEER);
        }
        let tries = (0..1_000).map(|number| throttle.attempt(&format!("{number}@demo.test"), PEER, START).is_ok());
        assert_eq!(tries.filter(|ok| *ok).count(), 300);
        throttle.attempt("1@demo.test", Some(IpAddr::from([10, 0, 0, 1])), START).unwrap();
    }

    #[test]
    fn a_right_password_wipes_the_slate() {
        let throttle = Throttle::default();
        for _ in 0..10 {
            throttle.attempt("a@demo.test", PEER, START).unwrap();
        }
        throttle.succeeded("a@demo.test", PEER);
        throttle.attempt("a@demo.test", PEER, START).unwrap();
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

    #[test]
    fn a_whole_network_of_ipv6_is_one_place() {
        let throttle = Throttle::default();
        let tries = (0..20).map(|last| {
            let peer = IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]);
            throttle.attempt("a@demo.test", Some(peer), START).is_ok()
        });
        assert_eq!(tries.filter(|ok| *ok).count(), 10);
        let elsewhere = IpAddr::from([0x2001, 0xdb8, 0, 2, 0, 0, 0, 1]);
        throttle.attempt("a@demo.test", Some(elsewhere), START).unwrap();
    }
}
