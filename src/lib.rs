//! GigSta: a two-sided marketplace for services in New Zealand and Australia.
//!
//! The two worlds are chosen by features: `ssr` is the server, `hydrate` the browser.
//!
//! # Layout
//!
//! From the ground up; a module names only itself and what stands above it in this list (`floors` holds it):
//!
//! * `time`, `money`, `ids`, `error`: values that everything uses.
//! * `domain`: value types and pure text rules of the field.
//! * `ui`: building blocks of pages, no word of the field.
//! * `web`: the kit under all pages; `photos`: bytes in, a stored id out.
//! * `mail`, `account`, `provider`: mails, accounts, and those who do the work.
//! * `booking`: the core: the machine, the store, one action, what travels, the island.
//! * `catalogue`, `calendar`, `live`, `notice`, `worker`, `message`, `review`: features around it.
//! * `booking_pages`, `provider_pages`, `admin`: pages. `simulate`: the marketplace in virtual time.
//! * `server`: composition: configuration, state, router, layers, migrations, seed, the worker's tasks.
#![recursion_limit = "256"] // Views are deeply nested types.

pub mod account;
#[cfg(feature = "ssr")]
pub mod admin;
pub mod booking;
#[cfg(feature = "ssr")]
pub mod booking_pages;
#[cfg(feature = "hydrate")]
pub mod browser;
#[cfg(feature = "ssr")]
pub mod calendar;
#[cfg(feature = "ssr")]
pub mod catalogue;
#[cfg(feature = "ssr")]
pub mod domain;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod floors;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod hostile;
#[cfg(feature = "ssr")]
pub mod ids;
#[cfg(feature = "ssr")]
pub mod live;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod message;
#[cfg(feature = "ssr")]
pub mod money;
#[cfg(feature = "ssr")]
pub mod notice;
#[cfg(feature = "ssr")]
pub mod photos;
#[cfg(feature = "ssr")]
pub mod provider;
#[cfg(feature = "ssr")]
pub mod provider_pages;
#[cfg(feature = "ssr")]
pub mod review;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod simulate;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod source_rules;
#[cfg(feature = "ssr")]
pub mod time;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tour;
pub mod ui;
#[cfg(feature = "ssr")]
pub mod web;
#[cfg(feature = "ssr")]
pub mod worker;
