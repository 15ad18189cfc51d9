//! The store, the server and the managed database, each on a real MongoDB: one binary, because linking takes longest.
#![cfg(feature = "ssr")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests say what they do in their names, and fail where they stand"
)]

mod actions;
mod admin;
mod ask;
mod bad_input;
mod crash;
mod hours;
mod http;
mod indexes;
mod managed;
mod people;
mod providers;
mod races;
mod reviews;
mod search;
mod seed;
mod services;
mod sign_up;
mod store;
mod worker;

mod support {
    pub mod ask;
    pub mod bookings;
    pub mod database;
    pub mod people;
    pub mod server;
}
