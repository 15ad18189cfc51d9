//! The bar's places on the page.

use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use crate::booking::bar::actions::{actions, dialog_id};
use crate::booking::bar::schema::Bar;
use crate::booking::bar::status_line::status;
use crate::booking::status_ui::status_ui;

pub fn document() -> Document {
    leptos::prelude::document()
}

/// The element of that id.
pub fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

fn panel() -> Option<HtmlElement> {
    document().query_selector(".panel").ok().flatten()?.dyn_into().ok()
}

/// Listens to what happens in the panel.
pub fn listen(event: &str, handler: impl FnMut(Event) + 'static) {
    let handler = Closure::<dyn FnMut(Event)>::new(handler);
    if let Some(panel) = panel() {
        _ = panel.add_event_listener_with_callback(event, handler.as_ref().unchecked_ref());
    }
    handler.forget();
}

/// Whether the page's script is there and exchanges the parts that the bar does not render.
pub fn is_followed() -> bool {
    panel().is_some_and(|panel| panel.has_attribute("data-followed"))
}

/// Asks the page's script for the rest of the page.
pub fn follow() {
    if let (Some(panel), Ok(event)) = (panel(), Event::new("acted")) {
        _ = panel.dispatch_event(&event);
    }
}

/// Puts a view in place of what the element holds.
pub fn put(place: &Element, view: impl IntoView) {
    place.set_inner_html("");
    view.into_view().build().mount(place, None);
}

/// Renders the bar anew, with what was done; what was typed into the forms stays, but not what was typed for `but`.
pub fn render(bar: &Bar, done: &str, but: &str) {
    let (Some(panel), Some(status_element), Some(done_element), Some(buttons)) =
        (panel(), element("status"), element("done"), element("actions"))
    else {
        return;
    };
    status_element.set_class_name(status_ui(bar.status).0);
    put(&status_element, status(bar.status, bar.status_label.clone()));
    done_element.set_text_content(Some(done));
    _ = done_element.toggle_attribute_with_force("hidden", done.is_empty());
    if let Some(situation) = element("situation") {
        situation.set_text_content(Some(&bar.situation));
    }
    let typed = all(&buttons, "input:not([type=hidden]),textarea");
    put(&buttons, actions(bar));
    for old in typed {
        if old.closest(&format!("[data-action={but}]")).ok().flatten().is_none() {
            keep(&old);
        }
    }
    _ = panel.set_attribute("data-version", &bar.version.to_string());
    // A browser's translator rewrites pages as it likes. Whatever it did, the page is true.
    if status_element.text_content().as_deref() != Some(&*bar.status_label) {
        _ = document().location().map(|location| location.reload());
    }
}

/// Puts what was typed into a control into the one that has taken its place.
fn keep(old: &Element) {
    let Some(new) = element(&old.id()) else { return };
    if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlInputElement>(), new.dyn_ref::<HtmlInputElement>()) {
        if old.checked() != old.default_checked() {
            new.set_checked(old.checked());
        }
        if old.value() != old.default_value() {
            new.set_value(&old.value());
        }
    }
    if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlTextAreaElement>(), new.dyn_ref::<HtmlTextAreaElement>())
        && old.default_value().is_ok_and(|default| default != old.value())
    {
        new.set_value(&old.value());
    }
}

/// All elements below one that the selector finds.
pub fn all(below: &Element, selector: &str) -> Vec<Element> {
    let found = below.query_selector_all(selector);
    let found = found.iter().flat_map(|list| (0..list.length()).filter_map(|place| list.get(place)));
    found.filter_map(|node| node.dyn_into().ok()).collect()
}

pub fn dialog(action_name: &str) -> Option<HtmlDialogElement> {
    element(&dialog_id(action_name))?.dyn_into().ok()
}

pub fn close_dialog(action_name: &str) {
    if let Some(dialog) = dialog(action_name) {
        dialog.close();
    }
}

pub fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        _ = element.focus();
    }
}
