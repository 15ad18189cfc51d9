//! Bookings: the rules, what is stored, what travels, and what people see.

pub mod action_form;
pub mod action_ui;
pub mod api;
pub mod ask;
#[cfg(feature = "ssr")]
pub mod machine;
#[cfg(feature = "ssr")]
pub mod machine_page;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod panel;
#[cfg(feature = "ssr")]
pub mod perform;
pub mod schema;
#[cfg(feature = "ssr")]
pub mod slots;
pub mod status_ui;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod view;
