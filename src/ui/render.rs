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
    without_markers(&owner.with(|| view().into_view().to_html()))
}

fn without_markers(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut from = 0;
    // By its middle, which hardly anything else in a page has: several times as fast as a search for the whole of it.
    for (middle, _) in html.match_indices('!') {
        let start = middle.saturating_sub(1).max(from);
        if html.get(start..).is_some_and(|rest| rest.starts_with(MARKER)) {
            plain.push_str(html.get(from..start).unwrap_or_default());
            from = start + MARKER.len();
        }
    }
    plain.push_str(html.get(from..).unwrap_or_default());
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_no_markers_and_every_character_of_its_texts() {
        let html = to_html(|| view! { <p>{"a".to_owned()} {"<!>".to_owned()} {Some("b")}</p> }.into_any());
        assert_eq!(html, "<p>a&lt;!&gt;b</p>");
    }

    #[test]
    fn markers_are_taken_out_wherever_they_stand_and_nothing_else_is() {
        for html in ["", "!", "<!", "<!>", "<!><!>", "a<!>b!<!>", "é!<!>é", "<<!>>!>", "<!-- x -->", "<!DOCTYPE html>"]
        {
            assert_eq!(without_markers(html), html.replace(MARKER, ""), "{html}");
        }
    }
}
