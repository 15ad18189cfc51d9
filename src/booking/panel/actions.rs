//! The buttons of a booking, each in a form that works by itself, and their dialogs.

use leptos::prelude::*;

use super::Panel;
use crate::booking::action_form::{action_fields, action_path, consequence, hidden_fields};
use crate::booking::action_ui::{ActionButton, Group, use_booking_actions};
use crate::booking::schema::BookingView;
use crate::error::AppError;
use crate::ui::dialog::{close_button, dialog};
use crate::ui::icon::Icon;

/// The id of an action's dialog.
pub fn dialog_id(action_name: &str) -> String {
    format!("dlg-{action_name}")
}

/// Every action: what leads on first, what ends something apart.
pub fn draw(panel: Panel, view: &BookingView) -> AnyView {
    let buttons = use_booking_actions(&view.actions);
    if buttons.is_empty() {
        return view! { <p class="hint">"There is nothing for you to do here now."</p> }.into_any();
    }
    let links: Vec<_> = buttons
        .iter()
        .filter(|button| button.opens_dialog && button.action.available)
        .map(|button| {
            let path = action_path(&view.id, &button.action.action_name);
            view! { <li><a class="link" href=path>{button.action.button_label.clone()}</a></li> }
        })
        .collect();
    let (apart, main): (Vec<_>, Vec<_>) = buttons.into_iter().partition(|button| button.group == Group::Apart);
    let draw_all = |buttons: Vec<ActionButton>| -> Vec<AnyView> {
        buttons.into_iter().map(|button| draw_one(panel, view, button)).collect()
    };
    let has_apart = !apart.is_empty();
    let (main, apart) = (draw_all(main), draw_all(apart));
    view! {
        <div class="actions">{main}</div>
        {has_apart.then(|| view! { <div class="actions apart">{apart}</div> })}
        {(!links.is_empty())
            .then(|| {
                view! {
                    <noscript>
                        <p class="hint">"If a button does not open anything, use a page of its own:"</p>
                        <ul class="plain-links">{links}</ul>
                    </noscript>
                }
            })}
    }
    .into_any()
}

fn draw_one(panel: Panel, view: &BookingView, button: ActionButton) -> AnyView {
    if !button.action.available {
        return unavailable(button);
    }
    let name = button.action.action_name.clone();
    let class = button.variant.class();
    let (icon, label) = (button.icon, button.action.button_label.clone());
    if !button.opens_dialog {
        let (path, action) = (action_path(&view.id, &name), name.clone());
        return view! {
            <form class="action" method="post" action=path data-action=action>
                {hidden_fields(view.version, button.action.command_id)}
                {submit_button(panel, name, class, icon, label)}
            </form>
        }
        .into_any();
    }
    view! {
        <div class="action">
            <button type="button" class=class commandfor=dialog_id(&name) command="show-modal">
                <Icon name=icon />
                {label}
            </button>
            {action_dialog(panel, view, button)}
        </div>
    }
    .into_any()
}

fn action_dialog(panel: Panel, view: &BookingView, button: ActionButton) -> AnyView {
    let name = button.action.action_name.clone();
    let id = dialog_id(&name);
    let title = format!("{} {}", button.action.button_label, view.reference);
    let typed = panel.typed.with_value(|typed| typed.get(&name).cloned().unwrap_or_default());
    let here = {
        let name = name.clone();
        Memo::new(move |_| {
            panel.trouble.get().filter(|it| it.action_name.as_deref() == Some(name.as_str())).map(|it| it.error)
        })
    };
    let problems = Signal::derive(move || here.get().map(|error| error.fields).unwrap_or_default());
    let (path, action) = (action_path(&view.id, &name), name.clone());
    let body = view! {
        <form method="post" action=path data-action=action>
            {hidden_fields(view.version, button.action.command_id.clone())}
            {consequence(&button)}
            {move || here.get().filter(|error| error.fields.is_empty()).map(alert)}
            {action_fields(view, &button.action, &typed, problems)}
            <div class="dialog-buttons">
                {close_button(id.clone(), button.safe_label, button.action.is_critical)}
                {submit_button(panel, name, button.variant.final_class(), button.icon, button.action.button_label.clone())}
            </div>
        </form>
    };
    dialog(id, title, body.into_any())
}

/// The button that does it. While it does, it says so and takes no second press.
fn submit_button(panel: Panel, name: String, class: &'static str, icon: &'static str, label: String) -> AnyView {
    let busy = Memo::new(move |_| panel.busy.with(|busy| busy.as_deref() == Some(name.as_str())));
    view! {
        <button class=class aria-disabled=move || busy.get().then_some("true")>
            <Icon name=icon />
            {move || if busy.get() { "Working…".to_owned() } else { label.clone() }}
        </button>
    }
    .into_any()
}

fn unavailable(button: ActionButton) -> AnyView {
    let reason_id = format!("why-{}", button.action.action_name);
    let reasons: Vec<_> =
        button.action.denials.into_iter().map(|denial| view! { <span>{denial.message} " "</span> }).collect();
    view! {
        <div class="action">
            <button type="button" class="btn btn-off" aria-disabled="true" aria-describedby=reason_id.clone()>
                <Icon name=button.icon />
                {button.action.button_label}
            </button>
            <p class="hint" id=reason_id>
                {reasons}
            </p>
        </div>
    }
    .into_any()
}

/// What went wrong: the message, what changed meanwhile, every reason, and what is possible instead.
pub fn alert(error: AppError) -> AnyView {
    let AppError { status, message, changed, denials, alternatives, .. } = error;
    // The message often is the first reason; nobody wants to hear it twice.
    let reasons = denials.into_iter().map(|denial| denial.message).filter(|reason| *reason != message);
    let lines: Vec<_> = changed.into_iter().chain(reasons).map(|line| view! { <li>{line}</li> }).collect();
    let times: Vec<_> = alternatives.into_iter().map(|time| view! { <li>{time}</li> }).collect();
    view! {
        <div class="alert" role="alert" id="problem" tabindex="-1">
            <Icon name="triangle-alert" />
            <div>
                <p>
                    <b>{message}</b>
                </p>
                {(!lines.is_empty()).then(|| view! { <ul>{lines}</ul> })}
                {(!times.is_empty()).then(|| view! { <p>"Free instead:"</p> <ul>{times}</ul> })}
                {(status == 401)
                    .then(|| view! { <p><a class="link" href="/sign-in?next=/bookings">"Sign in again"</a></p> })}
            </div>
        </div>
    }
    .into_any()
}
