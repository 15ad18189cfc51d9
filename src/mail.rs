//! Mails: what is said to whom, kept in the database until it is sent.

pub mod model;
pub mod pages;
pub mod sender;
pub mod store;
pub mod write;
