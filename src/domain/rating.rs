//! What reviews and kept promises add up to.

use serde::{Deserialize, Serialize};

/// Stars, as a count and a sum, so that an average is exact. What follows from them is stored beside them, for indexes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "StoredRating")]
pub struct Rating {
    /// How many reviews.
    pub count: i64,
    /// All their stars together.
    pub sum: i64,
}

impl Rating {
    /// The average without its fraction; 0 without a review.
    pub fn whole_stars(self) -> i64 {
        if self.count > 0 { self.sum / self.count } else { 0 }
    }

    /// What the best rated are ordered by: the average as if everybody had five reviews of four stars beside their own, because
    /// one happy customer is no proof.
    pub fn score(self) -> f64 {
        (self.sum + 20) as f64 / (self.count + 5) as f64
    }
}

/// A rating as it is stored.
#[derive(Serialize)]
struct StoredRating {
    count: i64,
    sum: i64,
    stars: i64,
    score: f64,
}

impl From<Rating> for StoredRating {
    fn from(rating: Rating) -> Self {
        Self { count: rating.count, sum: rating.sum, stars: rating.whole_stars(), score: rating.score() }
    }
}

/// How a provider keeps what was agreed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reliability {
    /// Bookings completed.
    pub completed: i64,
    /// Bookings that they cancelled after accepting them, or to which they did not come.
    pub strikes: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_good_reviews_count_for_more_than_one_that_is_perfect() {
        let rating = |count, sum| Rating { count, sum };
        assert!(rating(40, 192).score() > rating(1, 5).score());
        assert!(rating(1, 5).score() > Rating::default().score());
        assert_eq!([rating(0, 0), rating(3, 11), rating(3, 12), rating(1, 5)].map(Rating::whole_stars), [0, 3, 4, 5]);
    }
}
