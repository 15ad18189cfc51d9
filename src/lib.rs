//! GigSta: a two-sided marketplace for services in New Zealand and Australia.

pub mod booking;
pub mod money;
#[cfg(feature = "ssr")]
pub mod time;
