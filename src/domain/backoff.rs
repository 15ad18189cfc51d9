//! How long to wait after failures until the next try.

use std::time::Duration;

/// A wait that doubles with each failure in a row, up to a longest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    first: Duration,
    longest: Duration,
}

impl Backoff {
    /// The wait after the first failure, and the longest of all.
    pub const fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest }
    }

    /// The wait after so many failures in a row; none counts as one.
    pub fn after(self, failures: u32) -> Duration {
        let times = 2_u32.saturating_pow(failures.saturating_sub(1));
        self.first.saturating_mul(times).min(self.longest)
    }
}

/// A wait from `least` to `most`, where `chance` decides, so that those who failed together come back apart.
pub fn between(least: i64, most: i64, chance: u32) -> i64 {
    least + (most - least) * i64::from(chance) / i64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_doubles_and_has_an_end() {
        let backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(10));
        let waits: Vec<u128> = (0..9).map(|failures| backoff.after(failures).as_millis()).collect();
        assert_eq!(waits, [200, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
        assert_eq!(backoff.after(u32::MAX), Duration::from_secs(10));
    }

    #[test]
    fn chance_reaches_both_ends_and_nothing_beyond() {
        assert_eq!([0, u32::MAX / 2, u32::MAX].map(|chance| between(60, 72, chance)), [60, 65, 72]);
    }
}
