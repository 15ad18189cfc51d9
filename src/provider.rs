//! Providers ("GigStas"): how one becomes one, when one works, and what others see of it.

pub mod calendars;
pub mod event;
pub mod feed;
pub mod fetch;
pub mod free;
pub mod guard;
pub mod history;
pub mod holidays;
pub mod hours_store;
pub mod ics;
pub mod model;
pub mod onboarding;
pub mod store;
pub mod week;
