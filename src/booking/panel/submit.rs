//! Doing an action in place: the browser's half. The server never runs this.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    HtmlDialogElement, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, SubmitEvent,
};

use super::actions::dialog_id;
use super::{Panel, Trouble};
use crate::booking::action_form::field_id;
use crate::booking::api::perform_booking_action;
use crate::booking::schema::BookingView;
use crate::error::AppError;

/// One listener for all forms of the panel: the event bubbles, and the form says which action it is.
pub fn on_submit(panel: Panel, event: SubmitEvent) {
    let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    let Some(name) = form.get_attribute("data-action") else {
        return;
    };
    event.prevent_default();
    if panel.busy.with_untracked(Option::is_some) {
        return;
    }
    let view = panel.view.get_untracked();
    let Some(action) = view.actions.iter().find(|action| action.action_name == name) else {
        return;
    };
    let (id, version, command_id) = (view.id.clone(), view.version, action.command_id.clone());
    let inputs = typed_in(&form, action.inputs.iter().map(|input| input.name.as_str()));
    panel.busy.set(Some(name.clone()));
    panel.trouble.set(None);
    spawn_local(async move {
        let result = perform_booking_action(id, name.clone(), version, command_id, inputs).await;
        panel.busy.set(None);
        match result {
            Ok(view) => succeed(panel, &name, view),
            Err(error) => fail(panel, name, error),
        }
    });
}

fn succeed(panel: Panel, name: &str, view: BookingView) {
    keep_typed(panel);
    panel.typed.update_value(|typed| _ = typed.remove(name));
    close_dialog(name);
    panel.done.set(view.history.last().map(|event| event.note.clone()).unwrap_or_default());
    redraw(panel, view);
    focus_later("status".into());
}

fn fail(panel: Panel, name: String, mut error: AppError) {
    let in_dialog = dialog(&name).is_some_and(|dialog| dialog.open());
    if error.status == 409 {
        keep_typed(panel);
        close_dialog(&name);
        panel.done.set(String::new());
        if let Some(view) = error.booking.take() {
            redraw(panel, *view);
        }
        panel.trouble.set(Some(Trouble { action_name: None, error }));
        return focus_later("problem".into());
    }
    let first_field = error.fields.first().map(|first| field_id(&name, &first.field));
    panel.trouble.set(Some(Trouble { action_name: in_dialog.then_some(name), error }));
    focus_later(first_field.unwrap_or_else(|| "problem".into()));
}

fn redraw(panel: Panel, view: BookingView) {
    panel.epoch.update(|epoch| *epoch += 1);
    panel.view.set(view);
}

/// Remembers what stands in every form, so that the redrawn ones hold it again.
fn keep_typed(panel: Panel) {
    panel.view.with_untracked(|view| {
        for action in &view.actions {
            let Some(form) =
                dialog(&action.action_name).and_then(|dialog| dialog.query_selector("form").ok().flatten())
            else {
                continue;
            };
            let Ok(form) = form.dyn_into::<HtmlFormElement>() else {
                continue;
            };
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

fn dialog(action_name: &str) -> Option<HtmlDialogElement> {
    document().get_element_by_id(&dialog_id(action_name))?.dyn_into().ok()
}

fn close_dialog(action_name: &str) {
    if let Some(dialog) = dialog(action_name) {
        dialog.close();
    }
}

/// After the next drawing, when the element is there.
fn focus_later(id: String) {
    request_animation_frame(move || {
        if let Some(element) =
            document().get_element_by_id(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok())
        {
            _ = element.focus();
        }
    });
}
