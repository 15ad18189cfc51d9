//! Doing an action in place: the browser's half. The server never runs this.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, HtmlDialogElement, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, SubmitEvent,
};

use super::Panel;
use super::actions::{dialog_id, trouble_id};
use crate::booking::action_form::{alert, field_id};
use crate::booking::api::perform_booking_action;
use crate::booking::schema::BookingView;
use crate::error::{AppError, FieldProblem};
use crate::ui::field::problem_id;
use crate::ui::html::Html;

/// One listener for all forms of the panel: the event bubbles, and the form says which action it is.
pub fn on_submit(panel: Panel, event: SubmitEvent) {
    let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
    let Some(name) = form.get_attribute("data-action") else { return };
    event.prevent_default();
    if panel.busy.get_value() {
        return;
    }
    let view = panel.view.get_untracked();
    let Some(action) = view.actions.iter().find(|action| action.action_name == name) else { return };
    let (id, version, command_id) = (view.id.clone(), view.version, action.command_id.clone());
    let inputs = typed_in(&form, action.inputs.iter().map(|input| input.name.as_str()));
    let button = form.query_selector("button:not([type])").ok().flatten();
    let label = button.as_ref().map(say_working).unwrap_or_default();
    panel.busy.set_value(true);
    panel.trouble.set(None);
    clear_problems(&name, inputs.keys());
    spawn_local(async move {
        let result = perform_booking_action(id, name.clone(), version, command_id, inputs).await;
        panel.busy.set_value(false);
        if let Some(button) = button {
            _ = button.remove_attribute("aria-disabled");
            button.set_inner_html(&label);
        }
        match result {
            Ok(view) => succeed(panel, &name, view),
            Err(error) => fail(panel, &name, error),
        }
    });
}

/// The pressed button says that it works, and gives what it said before.
fn say_working(button: &Element) -> String {
    let label = button.inner_html();
    _ = button.set_attribute("aria-disabled", "true");
    button.set_text_content(Some("Working…"));
    label
}

fn succeed(panel: Panel, name: &str, view: BookingView) {
    keep_typed(panel);
    panel.typed.update_value(|typed| _ = typed.remove(name));
    close_dialog(name);
    panel.done.set(view.history.last().map(|event| event.note.clone()).unwrap_or_default());
    panel.view.set(view);
    focus_later("status".into());
}

fn fail(panel: Panel, name: &str, mut error: AppError) {
    if error.status == 409 {
        keep_typed(panel);
        close_dialog(name);
        panel.done.set(String::new());
        if let Some(Ok(view)) = error.booking.take().map(serde_json::from_value) {
            panel.view.set(view);
        }
        panel.trouble.set(Some(error));
        return focus_later("problem".into());
    }
    let shown: Vec<bool> = error.fields.iter().map(|problem| show_problem(name, problem)).collect();
    if !shown.is_empty() && shown.iter().all(|shown| *shown) {
        return focus_later(error.fields.first().map(|first| field_id(name, &first.field)).unwrap_or_default());
    }
    match element(&trouble_id(name)).filter(|_| dialog(name).is_some_and(|dialog| dialog.open())) {
        Some(place) => {
            let mut html = Html::new();
            alert(&mut html, &error, None);
            place.set_inner_html(&html.finish());
        }
        None => panel.trouble.set(Some(error)),
    }
    focus_later("problem".into());
}

/// Says at the field what is wrong with it, if the field is there.
fn show_problem(name: &str, problem: &FieldProblem) -> bool {
    let id = field_id(name, &problem.field);
    let (Some(control), Some(line)) = (element(&id), element(&problem_id(&id))) else { return false };
    _ = control.set_attribute("aria-invalid", "true");
    line.set_text_content(Some(&problem.message));
    _ = line.remove_attribute("hidden");
    true
}

fn clear_problems<'n>(name: &str, fields: impl Iterator<Item = &'n String>) {
    if let Some(place) = element(&trouble_id(name)) {
        place.set_inner_html("");
    }
    for field in fields {
        let id = field_id(name, field);
        if let (Some(control), Some(line)) = (element(&id), element(&problem_id(&id))) {
            _ = control.remove_attribute("aria-invalid");
            _ = line.set_attribute("hidden", "");
        }
    }
}

/// Remembers what stands in every form, so that the redrawn ones hold it again.
pub fn keep_typed(panel: Panel) {
    panel.view.with_untracked(|view| {
        for action in &view.actions {
            let form = dialog(&action.action_name).and_then(|dialog| dialog.query_selector("form").ok().flatten());
            let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else { continue };
            let typed = typed_in(&form, action.inputs.iter().map(|input| input.name.as_str()));
            panel.typed.update_value(|all| _ = all.insert(action.action_name.clone(), typed));
        }
    });
}

fn typed_in<'n>(form: &HtmlFormElement, names: impl Iterator<Item = &'n str>) -> BTreeMap<String, String> {
    names.filter_map(|name| Some((name.to_owned(), value_of(form, name)?))).collect()
}

fn value_of(form: &HtmlFormElement, name: &str) -> Option<String> {
    let selector = format!("[name='inputs[{name}]']:not([type=radio]),[name='inputs[{name}]']:checked");
    let control = form.query_selector(&selector).ok().flatten()?;
    let input = control.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
    input.or_else(|| control.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value))
}

/// The element of that id.
pub fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

fn dialog(action_name: &str) -> Option<HtmlDialogElement> {
    element(&dialog_id(action_name))?.dyn_into().ok()
}

fn close_dialog(action_name: &str) {
    if let Some(dialog) = dialog(action_name) {
        dialog.close();
    }
}

/// After the next drawing, when the element is there.
fn focus_later(id: String) {
    request_animation_frame(move || {
        if let Some(element) = element(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            _ = element.focus();
        }
    });
}
