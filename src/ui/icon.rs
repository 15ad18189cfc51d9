//! Icons: a reference into the sprite that the page carries once, so that the browser's half holds no drawings.

use leptos::prelude::*;

/// An icon by its Lucide name (`calendar-x`). It says nothing to a screen reader: the text beside it does.
#[component]
pub fn Icon(
    /// The name of a symbol in the page's sprite.
    name: &'static str,
) -> impl IntoView {
    icon(name)
}

/// The same as a plain function, which weighs less in the browser.
pub fn icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use_ href=format!("#i-{name}") />
        </svg>
    }
}
