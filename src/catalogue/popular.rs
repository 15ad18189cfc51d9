//! The categories that have most services, for the first page. Counted at most once a minute, however many people come.

use std::sync::{Arc, Mutex, PoisonError};

use super::category::{self, CATEGORIES, Category};
use super::search;
use crate::time::Timestamp;
use crate::web::db::Db;

/// For so many milliseconds a count is good enough.
const FRESH_MILLIS: i64 = 60_000;

/// Categories of the first level with how many services each has.
pub type Counts = Vec<(&'static Category, usize)>;

/// The last count, cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Popular(Arc<Mutex<Option<(Timestamp, Counts)>>>);

impl Popular {
    /// The categories of the first level that have services, the most popular first.
    ///
    /// # Errors
    /// When they have to be counted and the database fails.
    pub async fn counts(&self, db: &Db, now: Timestamp) -> mongodb::error::Result<Counts> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((at, counts)) = known
            && (at.0..at.0 + FRESH_MILLIS).contains(&now.0)
        {
            return Ok(counts);
        }
        let counts = by_parent(&search::count_by_category(db).await?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, counts.clone()));
        Ok(counts)
    }
}

/// Adds up what stands below each category of the first level.
fn by_parent(leaves: &[(String, usize)]) -> Counts {
    let count = |parent: &'static Category| {
        let below =
            leaves.iter().filter(|(slug, _)| category::find(slug).is_some_and(|leaf| leaf.parent == Some(parent.slug)));
        (parent, below.map(|(_, count)| count).sum::<usize>())
    };
    let parents = CATEGORIES.iter().filter(|category| category.parent.is_none());
    let mut counts: Counts = parents.map(count).filter(|(_, count)| *count > 0).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_level_is_the_sum_of_what_is_below_it_and_the_most_come_first() {
        let leaves =
            [("pets".to_owned(), 1), ("plumbing".to_owned(), 2), ("electrical".to_owned(), 3), ("x".to_owned(), 9)];
        let counts: Vec<_> = by_parent(&leaves).into_iter().map(|(category, count)| (category.slug, count)).collect();
        assert_eq!(counts, [("trades", 5), ("care", 1)]);
    }
}
