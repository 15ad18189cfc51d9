//! What is searched for: read from an address, and written back into one. Pure and total: whatever is sent gives a search,
//! and what was changed or left out of it is said at its field.

mod address;
mod read;
#[cfg(test)]
mod tests;

use strum::{EnumString, IntoStaticStr, VariantArray};

use super::category::Category;
use crate::domain::place::Point;
use crate::domain::places::Locality;
use crate::time::{self, Timestamp};

pub use address::name_of;
pub use read::parse;

/// The most characters of the words.
pub const MAX_TEXT_CHARACTERS: usize = 200;
/// The most words that are looked for.
pub const MAX_WORDS: usize = 12;
/// How far a provider may set out from, in kilometres.
pub const RADIUS_KM: std::ops::RangeInclusive<u32> = 1..=200;
/// The same, if nobody says.
pub const DEFAULT_RADIUS_KM: u32 = 25;
/// The furthest day that can be asked for, in days from now.
pub const MAX_DAYS_AHEAD: i64 = 180;
/// The last page there can be.
pub const LAST_PAGE: usize = 125;

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchQuery {
    /// The words as typed.
    pub text: String,
    /// Only this category, or those below it.
    pub category: Option<&'static Category>,
    /// Where the work is to be done.
    pub place: Where,
    /// How far from there the provider may set out, in kilometres.
    pub radius_km: u32,
    /// When the provider has to be free.
    pub day: Option<DayPart>,
    /// The least price in cents.
    pub min_cents: Option<i64>,
    /// The highest price in cents.
    pub max_cents: Option<i64>,
    /// The fewest stars on average.
    pub rating: Option<u8>,
    /// Only what can be booked without asking.
    pub instant: bool,
    /// In which order, if somebody says.
    pub sort: Option<Sort>,
    /// Which page, from 1.
    pub page: usize,
}

/// Where the work is to be done.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Where {
    /// Anywhere.
    #[default]
    Anywhere,
    /// In a town, or where somebody stands.
    At(Spot),
    /// In one of these; nobody knows which.
    OneOf(Vec<&'static Locality>),
    /// In a place that the gazetteer does not have.
    Unknown,
}

/// A point with what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// The town, or the one closest to where somebody stands.
    pub town: &'static Locality,
    /// Where exactly.
    pub point: Point,
    /// Whether it is a browser's position and not the town itself.
    pub near: bool,
    /// Others of the town's name.
    pub others: Vec<&'static Locality>,
}

/// A day and a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayPart {
    /// `2026-12-05`.
    pub date: String,
    /// Which part.
    pub part: Part,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Part {
    /// All of it.
    #[default]
    Any,
    /// From six to noon.
    Morning,
    /// From noon to five.
    Afternoon,
    /// From five to ten.
    Evening,
}

/// An order of what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Sort {
    /// What fits the words best.
    Relevance,
    /// The nearest.
    Distance,
    /// The cheapest; what is on quote comes last.
    Price,
    /// The best rated.
    Rating,
    /// The first that is free.
    NextFree,
}

impl Part {
    /// Every part, in order.
    pub const ALL: &[Part] = Self::VARIANTS;

    /// Its name in an address.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What people read after the day's name.
    pub fn label(self) -> &'static str {
        ["any time", "morning", "afternoon", "evening"][self as usize]
    }

    /// Minutes after midnight, from and to.
    fn minutes(self) -> (i16, i16) {
        [(0, 24 * 60), (6 * 60, 12 * 60), (12 * 60, 17 * 60), (17 * 60, 22 * 60)][self as usize]
    }
}

impl Sort {
    /// Every order.
    pub const ALL: &[Sort] = Self::VARIANTS;

    /// Its name in an address.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        ["Best match", "Nearest", "Lowest price", "Best rated", "Soonest free"][self as usize]
    }
}

impl DayPart {
    /// From when to when that is on the wall of a zone. A part that the clocks skip or show twice is as long as it really is.
    pub fn span(&self, zone: &str) -> Option<(Timestamp, Timestamp)> {
        // No zone skips noon.
        let noon = time::parse(&format!("{}T12:00", self.date), zone).ok()?;
        let day = time::days(noon, noon, zone).next()?;
        let (from, to) = self.part.minutes();
        Some((day.wall(from, false), day.wall(to, true)))
    }

    /// How people say it: `Sat 5 December, morning`.
    pub fn label(&self) -> String {
        let noon = time::parse(&format!("{}T12:00", self.date), "Etc/UTC").unwrap_or_default();
        let text = noon.text("Etc/UTC");
        // `Sat 5 December 2026, 12:00 pm UTC`
        let day = text.rsplit_once(',').map_or(text.as_str(), |(day, _)| day);
        let day = day.rsplit_once(' ').map_or(day, |(day, _)| day);
        format!("{day}, {}", self.part.label())
    }

    /// The same part of the following day.
    pub fn next(&self) -> Option<Self> {
        let noon = time::parse(&format!("{}T12:00", self.date), "Etc/UTC").ok()?;
        let date = noon.plus_hours(24).local_field("Etc/UTC").get(..10)?.to_owned();
        Some(Self { date, part: self.part })
    }
}

impl SearchQuery {
    /// Where it is, if that is clear.
    pub fn spot(&self) -> Option<&Spot> {
        match &self.place {
            Where::At(spot) => Some(spot),
            _ => None,
        }
    }

    /// The words to look for: letters and digits only, so that none can be an operator.
    pub fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for word in self.text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let word = word.to_lowercase();
            if words.len() < MAX_WORDS && !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    /// In which order: the one asked for, or what suits the rest best.
    pub fn order(&self) -> Sort {
        match self.sort {
            Some(sort) => sort,
            None if !self.words().is_empty() => Sort::Relevance,
            None if self.spot().is_some() => Sort::Distance,
            None => Sort::Rating,
        }
    }

    /// Whether anything narrows the search beside words and place.
    pub fn is_filtered(&self) -> bool {
        self.filters().next().is_some()
    }

    /// Each filter in words, and the search without it.
    pub fn filters(&self) -> impl Iterator<Item = (String, SearchQuery)> + '_ {
        type Drop = fn(&mut SearchQuery);
        let dollars = |cents: i64| format!("${}", cents / 100);
        let filters: [(Option<String>, Drop); 6] = [
            (self.category.map(|category| category.name.to_owned()), |query| query.category = None),
            (self.day.as_ref().map(DayPart::label), |query| query.day = None),
            (self.min_cents.map(|cents| format!("From {}", dollars(cents))), |query| query.min_cents = None),
            (self.max_cents.map(|cents| format!("Up to {}", dollars(cents))), |query| query.max_cents = None),
            (self.rating.map(|stars| format!("{stars} stars and up")), |query| query.rating = None),
            (self.instant.then(|| "Instant booking".to_owned()), |query| query.instant = false),
        ];
        filters.into_iter().filter_map(|(label, drop)| label.map(|label| (label, self.changed(drop))))
    }

    /// The same search with a change, from its first page on.
    pub fn changed(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = Self { page: 1, ..self.clone() };
        change(&mut changed);
        changed
    }
}

impl Where {
    /// Whether a place was named and has to be made clear first.
    pub fn is_open(&self) -> bool {
        matches!(self, Where::OneOf(_) | Where::Unknown)
    }
}
