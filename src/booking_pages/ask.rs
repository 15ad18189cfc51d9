//! Asking for a service: from a free time to a request. What is asked for lives on the server as a draft.

mod asked;
mod choose;
mod draft;
mod guest;
mod model;
pub mod owner;
pub mod pages;
mod photos;
pub mod picker;
pub mod request;
mod review;
mod send;
pub mod store;

pub use model::{AskDraft, DRAFTS, Guest};

crate::web::context::context! {
    /// What a handler of asking for a service knows.
    pub struct AskContext: crate::booking::context::BookingContext {
        /// Takes and keeps photos.
        photos: crate::photos::Photos,
        /// What signing up needs.
        credentials: crate::account::Credentials,
    }
}
