//! Value types and pure text rules of the field: places, prices, phones, addresses, what may be said.

pub mod backoff;
pub mod business_number;
pub mod chain;
pub mod country;
pub mod email;
pub mod limit;
pub mod mask;
pub mod names;
pub mod phone;
pub mod photo;
pub mod place;
pub mod places;
pub mod price;
pub mod rating;
pub mod standing;
pub mod window;
