//! Providers ("GigStas"): how one becomes one, when one works, and what others see of it.

pub mod availability_page;
pub mod business_number;
pub mod feed;
pub mod fetch;
pub mod free;
pub mod history;
pub mod holidays;
pub mod hours_store;
pub mod ics;
pub mod model;
pub mod onboarding;
pub mod pages;
pub mod perform;
pub mod sick_day;
pub mod store;
pub mod week;
pub mod week_form;
