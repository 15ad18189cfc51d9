//! The browser's half of the bar: it listens, sends, and renders again what has changed.

mod page;
mod send;

use std::cell::{Cell, RefCell};

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, Element, Event, HtmlFormElement};

use super::actions::trouble_id;
use super::alert::alert;
use super::form::field_id;
use super::schema::{Bar, Problem, Trouble};
use crate::ui::field::problem_id;
use page::{document, element, focus, put};

/// What the page shows, and whether an action runs.
struct State {
    bar: RefCell<Bar>,
    is_busy: Cell<bool>,
}

/// Begins to listen. What the server has rendered stays as it is.
pub fn contents(bar: Bar) -> String {
    // It exists as long as the page.
    let state: &'static State = Box::leak(Box::new(State { bar: RefCell::new(bar), is_busy: Cell::new(false) }));
    page::listen("submit", move |event| on_submit(state, event));
    page::listen("changed", move |event| on_changed(state, event));
    String::new()
}

/// One listener for all forms: the event bubbles, and the form says which action it is.
fn on_submit(state: &'static State, event: Event) {
    let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
    let Some(name) = form.get_attribute("data-action") else { return };
    // Without the page's script nothing updates the rest of the page: then the browser sends the form.
    if !page::is_followed() {
        return;
    }
    let Some(body) = send::fields(&form) else { return };
    event.prevent_default();
    if state.is_busy.replace(true) {
        return;
    }
    body.append("booking_id", &state.bar.borrow().id);
    body.append("action_name", &name);
    let button = form.query_selector("button:not([type])").ok().flatten();
    let label = button.as_ref().map(show_working).unwrap_or_default();
    show_trouble(None);
    clear_problems(&form, &name);
    spawn_local(async move {
        let answer = send::action(&body).await;
        state.is_busy.set(false);
        if let Some(button) = button {
            _ = button.remove_attribute("aria-disabled");
            button.set_inner_html(&label);
        }
        match answer {
            Ok(bar) => succeed(state, &name, bar),
            Err(trouble) => fail(state, &name, trouble),
        }
    });
}

/// The pressed button says that it works, and gives what it said before.
fn show_working(button: &Element) -> String {
    let label = button.inner_html();
    _ = button.set_attribute("aria-disabled", "true");
    button.set_text_content(Some("Working…"));
    label
}

fn succeed(state: &State, name: &str, bar: Bar) {
    page::close_dialog(name);
    page::render(&bar, bar.history.last().map_or("", |event| &event.note), name);
    *state.bar.borrow_mut() = bar;
    focus("status");
    page::follow();
}

fn fail(state: &State, name: &str, mut trouble: Trouble) {
    if trouble.status == 409 {
        page::close_dialog(name);
        if let Some(bar) = trouble.booking.take() {
            page::render(&bar, "", "");
            *state.bar.borrow_mut() = bar;
            page::follow();
        }
        show_trouble(Some(&trouble));
        return focus("problem");
    }
    let shown = trouble.fields.iter().filter(|problem| show_problem(name, problem)).count();
    if shown > 0 && shown == trouble.fields.len() {
        return focus(&trouble.fields.first().map(|first| field_id(name, &first.field)).unwrap_or_default());
    }
    match element(&trouble_id(name)).filter(|_| page::dialog(name).is_some_and(|dialog| dialog.open())) {
        Some(place) => put(&place, alert(&trouble, None::<()>)),
        None => show_trouble(Some(&trouble)),
    }
    focus("problem");
}

/// Renders what somebody else did: the event carries the island's properties of the fresh page. What was typed stays, and so
/// does the focus.
fn on_changed(state: &State, event: Event) {
    let json = event.unchecked_ref::<CustomEvent>().detail().as_string().unwrap_or_default();
    let Some(bar) = send::properties(&json) else { return };
    if state.is_busy.get() || bar.version <= state.bar.borrow().version {
        return;
    }
    let held = document().active_element();
    show_trouble(None);
    page::render(&bar, bar.history.last().map_or("", |event| &event.note), "");
    *state.bar.borrow_mut() = bar;
    // Only the focus of an element that is gone moves: to the one in its place, or to what has changed.
    if let Some(gone) = held.filter(|held| !held.is_connected()) {
        let id = gone.id();
        focus(if element(&id).is_some() { &id } else { "status" });
    }
}

fn show_trouble(trouble: Option<&Trouble>) {
    if let Some(place) = element("trouble") {
        put(&place, trouble.map(|trouble| alert(trouble, None::<()>)));
    }
}

/// Says at the field what is wrong with it, if the field is there.
fn show_problem(name: &str, problem: &Problem) -> bool {
    let id = field_id(name, &problem.field);
    let (Some(control), Some(line)) = (element(&id), element(&problem_id(&id))) else { return false };
    _ = control.set_attribute("aria-invalid", "true");
    line.set_text_content(Some(&problem.message));
    _ = line.remove_attribute("hidden");
    true
}

fn clear_problems(form: &HtmlFormElement, name: &str) {
    if let Some(place) = element(&trouble_id(name)) {
        place.set_inner_html("");
    }
    for control in page::all(form, "[aria-invalid]") {
        _ = control.remove_attribute("aria-invalid");
    }
    for line in page::all(form, ".problem") {
        _ = line.set_attribute("hidden", "");
    }
}
