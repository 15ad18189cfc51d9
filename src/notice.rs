//! Notices: telling the people of a booking what happened, in the app and by mail.

pub mod kinds;
pub mod later;
pub mod letter;
pub mod model;
pub mod pages;
pub mod quiet;
pub mod read;
pub mod settings_pages;
pub mod store;
pub mod tell;
pub mod truth;
pub mod unsubscribe;
pub mod words;

#[cfg(test)]
mod tests;
