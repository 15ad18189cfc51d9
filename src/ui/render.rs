//! Renders a Leptos view to text, in one piece.

use std::sync::Arc;

use leptos::prelude::*;

/// Renders a view under an owner of its own, with islands marked for the browser.
pub fn to_html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let shared = Arc::new(hydration_context::SsrSharedContext::new_islands());
    let owner = Owner::new_root(Some(shared));
    owner.with(|| view().into_view().to_html())
}
