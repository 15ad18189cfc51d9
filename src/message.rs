//! Messages: the two people of a booking write to each other, and what happens to the booking stands in between.

mod access;
mod card;
pub mod model;
mod notify;
mod pages;
pub mod report;
pub mod rules;
pub mod send;
pub mod store;
mod text;
mod thread;
mod unread;
mod view;

pub use access::path;
pub use card::{Card, ICONS as CARD_ICONS, card, latest, link};
pub use pages::routes;
pub use unread::unread_text;
