//! What is operated on a booking's page: its status, what was done or went wrong, and the buttons with their dialogs.
//!
//! The server renders it with the same views that the browser renders it with after a change. The island holds no signals: it
//! listens, and what the server has rendered stays as it is until the first change. docs/adr/0004 has the weights.
#![expect(missing_docs, reason = "the macro makes a struct of the island's properties")]

pub mod actions;
pub mod alert;
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
mod convert;
pub mod form;
pub mod schema;
#[cfg(not(feature = "hydrate"))]
mod server;
mod status_line;

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
use browser::contents;
use schema::Bar;
#[cfg(not(feature = "hydrate"))]
use server::contents;

pub use status_line::status;

/// The buttons of a booking with their dialogs. Without WASM they are plain forms that work; with it, actions are done in
/// place, and the island keeps the status, the alerts and itself true.
#[island]
pub fn BookingBar(
    /// The booking.
    bar: Bar,
) -> impl IntoView {
    view! { <div id="actions" inner_html=contents(bar)></div> }
}
