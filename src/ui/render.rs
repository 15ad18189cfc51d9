//! Renders a Leptos view to text, in one piece.

use std::sync::Arc;

use leptos::prelude::*;

/// What the renderer writes between nodes, for a browser that takes up its views where they stand.
const MARKER: &str = "<!>";

/// Renders a view under an owner of its own, with islands marked for the browser.
///
/// Without the renderer's markers: nothing takes a view up where it stands, the island builds its own. No text can hold
/// one, because its `<` is escaped.
pub fn to_html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let shared = Arc::new(hydration_context::SsrSharedContext::new_islands());
    let owner = Owner::new_root(Some(shared));
    owner.with(|| view().into_view().to_html()).replace(MARKER, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_no_markers_and_every_character_of_its_texts() {
        let html = to_html(|| view! { <p>{"a".to_owned()} {"<!>".to_owned()} {Some("b")}</p> }.into_any());
        assert_eq!(html, "<p>a&lt;!&gt;b</p>");
    }
}
