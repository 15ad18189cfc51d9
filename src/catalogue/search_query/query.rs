//! What is searched for, and its limits.

use strum::{EnumString, IntoStaticStr, VariantArray};

use super::day_part::DayPart;
use crate::catalogue::category::Category;
use crate::domain::place::Point;
use crate::domain::places::Locality;

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
const _: () = assert!(MAX_DAYS_AHEAD == 6 * 30, "who asks for a later day reads of six months");
/// The last page there can be.
pub const LAST_PAGE: usize = 50;

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
