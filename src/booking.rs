//! Bookings: the rules, what is stored, what travels, and what people see.

#[cfg(feature = "ssr")]
pub mod machine;
pub mod schema;
#[cfg(feature = "ssr")]
pub mod store;
