//! Providers ("GigStas"): how one becomes one, when one works, and what others see of it.

pub mod availability_page;
pub mod free;
pub mod model;
pub mod pages;
pub mod store;
pub mod week;
