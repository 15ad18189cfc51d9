//! What is searched for: read from an address, and written back into one. Pure and total: whatever is sent gives a search,
//! and what was changed or left out of it is said at its field.

mod address;
mod day_part;
mod query;
mod read;
#[cfg(test)]
mod tests;

pub use address::name_of;
pub use day_part::{DayPart, Part};
pub use query::{
    DEFAULT_RADIUS_KM, LAST_PAGE, MAX_DAYS_AHEAD, MAX_TEXT_CHARACTERS, MAX_WORDS, RADIUS_KM, SearchQuery, Sort, Spot,
    Where,
};
pub use read::parse;
