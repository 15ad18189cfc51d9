//! The buttons of a booking, each in a form that works by itself, and their dialogs.

use leptos::either::{Either, EitherOf4};
use leptos::prelude::*;

use super::form::{Before, action_fields, action_path, consequence, form, submit_button, takes_photos};
use super::schema::{Action, Bar};
use crate::booking::action_ui::{ActionButton, Group, use_booking_actions};
use crate::ui::dialog::{close_button, dialog};
use crate::ui::icon::icon;

/// The id of an action's dialog.
pub fn dialog_id(action_name: &str) -> String {
    format!("dlg-{action_name}")
}

/// The id of an action's button on the page. When the buttons are rendered again, it finds the one that had the focus.
pub fn button_id(action_name: &str) -> String {
    format!("do-{action_name}")
}

/// The id of the place in a dialog for what went wrong with none of its fields.
pub fn trouble_id(action_name: &str) -> String {
    format!("trouble-{action_name}")
}

/// Every action: what leads on first, what ends something apart.
pub fn actions(bar: &Bar) -> impl IntoView + use<> {
    let buttons = use_booking_actions(&bar.actions);
    if buttons.is_empty() {
        return Either::Left(view! { <p class="hint">"There is nothing for you to do here now."</p> });
    }
    let render = |apart: bool| -> Vec<_> {
        buttons.iter().filter(|button| (button.group == Group::Apart) == apart).map(|button| one(bar, button)).collect()
    };
    Either::Right(
        [("actions", render(false)), ("actions apart", render(true))]
            .map(|(class, buttons)| (!buttons.is_empty()).then(|| view! { <div class=class>{buttons}</div> })),
    )
}

fn one(bar: &Bar, button: &ActionButton) -> impl IntoView + use<> {
    let action = &button.action;
    if !action.available {
        return EitherOf4::A(unavailable(button));
    }
    if !button.opens_dialog {
        return EitherOf4::B(form("action", bar, action, opener(button, None)));
    }
    if takes_photos(action) {
        let path = action_path(&bar.id, &action.action_name);
        return EitherOf4::C(view! {
            <form class="action" action=path>
                {submit_button(button, button.variant.class())}
            </form>
        });
    }
    EitherOf4::D(with_dialog(bar, button))
}

/// The button on the page: it sends its form, or opens its dialog.
fn opener(button: &ActionButton, opens: Option<String>) -> impl IntoView + use<> {
    let action = &button.action;
    let (kind, command) = if opens.is_some() { (Some("button"), Some("show-modal")) } else { (None, None) };
    view! {
        <button type=kind command=command commandfor=opens id=button_id(&action.action_name) class=button.variant.class()>
            {icon(button.icon)}
            {action.button_label.clone()}
        </button>
    }
}

fn with_dialog(bar: &Bar, button: &ActionButton) -> impl IntoView + use<> {
    let action = &button.action;
    let id = dialog_id(&action.action_name);
    let title = format!("{} {}", action.button_label, bar.reference);
    let body = view! {
        {consequence(button)}
        <div aria-live="polite" id=trouble_id(&action.action_name)></div>
        {action_fields(bar, action, &|_| Before::default())}
        <div class="dialog-buttons">
            {close_button(id.clone(), button.safe_label, action.is_critical)}
            {submit_button(button, button.variant.final_class())}
        </div>
    };
    view! {
        <div class="action">
            {opener(button, Some(id.clone()))}
            {dialog(id, title, form("stack", bar, action, body))}
        </div>
    }
}

fn unavailable(button: &ActionButton) -> impl IntoView + use<> {
    let Action { action_name, button_label, denials, .. } = &button.action;
    let reason_id = format!("why-{action_name}");
    let mut reasons = String::new();
    for denial in denials {
        reasons.push_str(&denial.text);
        reasons.push(' ');
    }
    view! {
        <div class="action">
            <button type="button" class="btn btn-off" aria-disabled="true" aria-describedby=reason_id.clone()>
                {icon(button.icon)}
                {button_label.clone()}
            </button>
            <p class="hint" id=reason_id>
                {reasons}
            </p>
        </div>
    }
}
