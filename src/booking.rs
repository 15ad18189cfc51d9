//! Bookings: the rules, what is stored, what travels, and what people see.

#[cfg(feature = "ssr")]
pub mod machine;
