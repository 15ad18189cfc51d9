//! Where the page of availability is, and what it shows beside what is stored.

use super::warning::Confirm;
use crate::error::AppError;
use crate::ui::form::Form;

/// Where the page is.
pub(super) const PATH: &str = "/provider/availability";
/// The fields of the days, Monday first.
pub(super) const FIELDS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What the page shows beside what is stored.
#[derive(Default)]
pub(super) struct Shown {
    /// Which week the grid shows, `2026-W49`; this one if that is none.
    pub week: String,
    /// Whose holidays are suggested; those of the business address if empty.
    pub region: String,
    /// What was just done.
    pub done: String,
    /// The typed week, if it was not saved.
    pub typed_week: Option<Form>,
    /// The typed day, if it was not saved.
    pub typed_day: Form,
    /// The typed calendar, if it was not saved.
    pub typed_calendar: Form,
    /// What has to be confirmed first.
    pub confirm: Option<Confirm>,
    /// What is wrong with the whole.
    pub trouble: Option<AppError>,
}
