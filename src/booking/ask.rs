//! Asking for a service: from a free time to a request. What is asked for lives on the server as a draft.

#[cfg(feature = "ssr")]
mod choose;
pub mod day_picker;
#[cfg(feature = "ssr")]
mod draft;
#[cfg(feature = "ssr")]
mod guest;
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
mod owner;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod photos;
#[cfg(feature = "ssr")]
mod picker;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
mod review;
#[cfg(feature = "ssr")]
mod send;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub use model::{AskDraft, DRAFTS, Guest};
