//! Reviews: what the two sides of a booking say of each other, and what it adds up to.
//!
//! They are written as actions of the booking and stand in it, sealed until the machine publishes them. Here is what
//! everybody sees of them.

pub mod ratings;
pub mod view;
