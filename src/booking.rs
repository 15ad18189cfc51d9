//! Bookings: the rules, what is stored, what travels, and what people see.

pub mod action_form;
pub mod action_ui;
pub mod api;
#[cfg(feature = "ssr")]
pub mod contacts;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod delivery;
#[cfg(feature = "ssr")]
pub mod machine;
#[cfg(feature = "ssr")]
pub mod model;
pub mod panel;
#[cfg(feature = "ssr")]
pub mod perform;
#[cfg(feature = "ssr")]
pub mod redaction;
pub mod schema;
#[cfg(feature = "ssr")]
pub mod slots;
pub mod status_ui;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod view;
