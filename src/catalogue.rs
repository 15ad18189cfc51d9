//! The catalogue: categories, services, places, and finding one's way through them.

pub mod api;
pub mod category;
pub mod cover;
pub mod grid;
pub mod labels;
pub mod landing;
pub mod model;
pub mod offer;
pub mod offer_form;
pub mod popular;
pub mod publishing;
pub mod search;
pub mod search_page;
pub mod search_query;
pub mod searches;
pub mod service_page;
pub mod sitemap;
pub mod slug;
pub mod stars;
pub mod store;
pub mod terms;
