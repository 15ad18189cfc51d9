//! What the page's boot script calls once the WASM has arrived.

use wasm_bindgen::prelude::wasm_bindgen;

/// Readies the runtime; the boot script hydrates each island afterwards.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
