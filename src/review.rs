//! Reviews: what the two sides of a booking say of each other.

pub mod ratings;
