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
mod after;
mod ask;
mod bad_input;
mod before;
mod calendar;
mod crash;
mod feature;
mod hard;
mod hours;
mod http;
mod indexes;
mod live;
mod managed;
mod messages;
mod notices;
mod overload;
mod people;
mod post;
mod providers;
mod races;
mod reset;
mod reviews;
mod search;
mod seed;
mod sending;
mod services;
mod session;
mod sign_up;
mod store;
mod store_contract;
mod worker;

mod support {
    pub mod ask;
    pub mod bookings;
    pub mod database;
    pub mod mails;
    pub mod people;
    pub mod plans;
    pub mod server;
    pub mod smtp;
}
