//! The catalogue: categories, services, places, and finding one's way through them.

pub mod category;
pub mod model;
pub mod store;
