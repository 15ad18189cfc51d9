//! Finding services: one aggregation, and one query of the found providers' calendars and of what is claimed of their time.

mod free;
pub(super) mod words;

use std::collections::BTreeMap;

use mongodb::error::Result;

use super::category::{self, CATEGORIES, Category};
use super::search_query::{RADIUS_KM, SearchQuery, Sort};
use super::store::search::{self as store, Answer, Kind, KindCount};
use crate::time::Timestamp;
use crate::web::db::Db;

pub use free::HORIZON_DAYS;
pub use store::{CANDIDATES, FoundService, MOST_FOUND, PAGE_SIZE};

/// Where nothing is found, so many are counted of what a wider search would find.
pub const MOST_COUNTED: usize = 100;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The services of the page.
    pub hits: Vec<Hit>,
    /// How many there are on all pages.
    pub total: usize,
    /// Whether there are more, which were not looked at.
    pub more: bool,
    /// How many there are before somebody has to be free at a time.
    pub at_any_time: usize,
    /// How many there are of what.
    pub facets: Facets,
}

/// Counts over everything that was found, times left aside.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    /// By the slug of the second-level category.
    pub categories: Vec<(String, usize)>,
    /// That can be booked without asking.
    pub instant: usize,
    /// With four stars and up.
    pub four_stars: usize,
    /// With three stars and up.
    pub three_stars: usize,
}

impl Facets {
    fn of(counts: &[KindCount]) -> Self {
        let sum =
            |of: fn(&Kind) -> bool| counts.iter().filter(|found| of(&found.kind)).map(|found| size(found.count)).sum();
        let mut categories = BTreeMap::<_, usize>::new();
        for found in counts {
            *categories.entry(&found.kind.category).or_default() += size(found.count);
        }
        Self {
            categories: categories.into_iter().map(|(slug, count)| (slug.clone(), count)).collect(),
            instant: sum(|kind| kind.instant),
            four_stars: sum(|kind| kind.stars >= 4),
            three_stars: sum(|kind| kind.stars >= 3),
        }
    }

    /// The categories that narrow the search further, with how many there are: those of the first level, then those below
    /// the chosen one.
    pub fn below(&self, query: &SearchQuery) -> Vec<(&'static Category, usize)> {
        let parent = query.category.map(|category| category.slug);
        let count = |category: &&'static Category| {
            let leaves = category::leaves_of(category.slug);
            let within = self.categories.iter().filter(|(slug, _)| leaves.contains(&slug.as_str()));
            (*category, within.map(|(_, count)| count).sum::<usize>())
        };
        let below = CATEGORIES.iter().filter(|category| category.parent == parent);
        below.map(|category| count(&category)).filter(|(_, count)| *count > 0).collect()
    }
}

/// A service that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// What is shown of it.
    pub service: FoundService,
    /// The next time its provider is free, or the first one of the time asked for; none within [`HORIZON_DAYS`].
    pub free_at: Option<Timestamp>,
}

/// Finds the services of a page.
///
/// # Errors
/// When the database fails or takes longer than `PATIENCE`.
pub async fn search(db: &Db, query: &SearchQuery, now: Timestamp) -> Result<Found> {
    if query.place.is_open() {
        return Ok(Found::default());
    }
    let Answer { mut page, counts } = store::find(db, query).await?;
    let facets = Facets::of(&counts);
    let total = facets.categories.iter().map(|(_, count)| count).sum();
    let free = free::times(db, query, &mut page, now).await?;
    let mut hits: Vec<Hit> = page.into_iter().zip(free).map(|(service, free_at)| Hit { service, free_at }).collect();
    let mut found = Found { total, more: total >= MOST_FOUND, at_any_time: total, facets, hits: Vec::new() };
    if store::decides_by_time(query) {
        // What is asked of time is decided here, over the candidates, and so is the page.
        if query.day.is_some() {
            hits.retain(|hit| hit.free_at.is_some());
            found.total = hits.len();
        } else {
            found.total = total.min(CANDIDATES);
        }
        found.more = total > CANDIDATES;
        if query.order() == Sort::NextFree {
            // Stable: of two that are free at the same time, the better one stays first.
            hits.sort_by_key(|hit| hit.free_at.unwrap_or(Timestamp(i64::MAX)));
        }
        hits = hits.into_iter().skip((query.page - 1) * PAGE_SIZE).take(PAGE_SIZE).collect();
    }
    found.hits = hits;
    Ok(found)
}

/// How many services there would be as far around the place as possible, at any time; up to a hundred.
///
/// # Errors
/// When the database fails.
pub async fn count_wider(db: &Db, query: &SearchQuery) -> Result<usize> {
    let wider = query.changed(|query| {
        query.radius_km = *RADIUS_KM.end();
        query.day = None;
    });
    Ok(size(store::count(db, &wider, MOST_COUNTED).await?))
}

/// How many listed services there are in each second-level category that has any.
///
/// # Errors
/// When the database fails.
pub async fn count_by_category(db: &Db) -> Result<Vec<(String, usize)>> {
    let counts = store::count_by_category(db).await?;
    Ok(counts.into_iter().map(|found| (found.slug, size(found.count))).collect())
}

fn size(count: i64) -> usize {
    usize::try_from(count).unwrap_or(0)
}
