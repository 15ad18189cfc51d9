//! Notices: the people of a booking learn what happened, in the app and by mail.

pub mod deliver;
pub mod kinds;
pub mod later;
pub mod mail;
pub mod model;
pub mod pages;
pub mod quiet;
pub mod read;
pub mod settings_pages;
pub mod store;
pub mod text;
pub mod truth;
pub mod unsubscribe;

#[cfg(test)]
mod tests;
