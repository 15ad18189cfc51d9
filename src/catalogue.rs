//! The catalogue: categories, services, places, and finding one's way through them.

#[cfg(feature = "ssr")]
pub mod category;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
pub mod offer;
#[cfg(feature = "ssr")]
pub mod places;
#[cfg(feature = "ssr")]
pub mod search_page;
#[cfg(feature = "ssr")]
pub mod service_page;
#[cfg(feature = "ssr")]
pub mod store;
