//! Drawing what somebody else did: the browser's half. The page's script has heard of it and brings the fresh booking.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{CustomEvent, HtmlElement};

use super::Panel;
use super::submit::{element, keep_typed};
use crate::booking::schema::BookingView;

/// Draws the booking that the event carries as JSON, if it is newer. What was typed stays, and so does the focus.
pub fn on_changed(panel: Panel, event: &CustomEvent) {
    let json = event.detail().as_string().unwrap_or_default();
    let Ok(view) = serde_json::from_slice::<BookingView>(json.as_bytes()) else { return };
    if panel.busy.get_value() || view.version <= panel.view.with_untracked(|known| known.version) {
        return;
    }
    keep_typed(panel);
    let held = document().active_element();
    panel.trouble.set(None);
    panel.done.set(view.history.last().map(|event| event.note.clone()).unwrap_or_default());
    panel.view.set(view);
    // Only the focus of an element that is gone moves: to the one in its place, or to what has changed.
    request_animation_frame(move || {
        let Some(gone) = held.filter(|held| !held.is_connected()) else { return };
        let heir = element(&gone.id()).or_else(|| element("status"));
        if let Some(heir) = heir.and_then(|heir| heir.dyn_into::<HtmlElement>().ok()) {
            _ = heir.focus();
        }
    });
}
