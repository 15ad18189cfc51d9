//! One action on a page of its own, for whoever comes without a script, and for what went wrong.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::booking::action_ui::{ActionButton, use_booking_actions};
use crate::booking::bar::alert::alert;
use crate::booking::bar::form::{Before, action_fields, action_path, consequence, field_id, form, submit_button};
use crate::booking::bar::schema::Bar;
use crate::booking::schema::BookingView;
use crate::booking::status_ui::{STATUS_ICONS, status_ui};
use crate::error::{AppError, FieldProblem};
use crate::ui::icon::Icon;
use crate::web::PageHead;

/// What the page of one action shows.
#[derive(Clone, Debug)]
pub struct ActionPage {
    /// The booking as it stands.
    pub view: BookingView,
    /// Which action.
    pub action_name: String,
    /// What was typed.
    pub inputs: BTreeMap<String, String>,
    /// Why it was not done.
    pub error: Option<AppError>,
}

impl ActionPage {
    /// The action's button, if the booking offers the action at all.
    fn button(&self) -> Option<ActionButton> {
        let mut buttons = use_booking_actions(&Bar::from(&self.view).actions).into_iter();
        buttons.find(|button| button.action.action_name == self.action_name)
    }

    /// The status of the answer: the error's; else 409 where the action cannot be done now.
    pub fn status(&self) -> StatusCode {
        let possible = self.button().is_some_and(|button| button.action.available);
        let status = self.error.as_ref().map_or(if possible { 200 } else { 409 }, |error| error.status);
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The head of the page, for the shell.
    pub fn head(&self) -> PageHead {
        let icon = self.button().map_or("circle-dot", |button| button.icon);
        let title = self.title();
        PageHead::new(title, &["arrow-left", "triangle-alert", "circle-dot", icon]).with_icons(STATUS_ICONS)
    }

    fn title(&self) -> String {
        match self.button() {
            Some(button) => format!("{} {}", button.action.button_label, self.view.reference),
            None => format!("Not possible now: {}", self.view.reference),
        }
    }
}

/// Renders the page.
pub fn render(page: ActionPage) -> AnyView {
    let title = page.title();
    let button = page.button();
    let ActionPage { view, action_name, inputs, error } = page;
    let (class, icon) = status_ui(view.status);
    let booking_path = format!("/bookings/{}", view.id);
    let body = match button {
        Some(button) if button.action.available => action_form(&view, &button, &inputs, error.as_ref()).into_any(),
        Some(button) => {
            let reasons: Vec<_> =
                button.action.denials.into_iter().map(|denial| view! { <li>{denial.text}</li> }).collect();
            view! { <div class="card"><h2>"Not possible now"</h2><ul>{reasons}</ul></div> }.into_any()
        }
        None => view! { <p>"The booking has moved on, and this is not one of its next steps."</p> }.into_any(),
    };
    // What else is possible is of interest only where this is not, or somebody was faster.
    let moved = error.as_ref().is_some_and(|error| error.status == 409);
    let possible = view.actions.iter().any(|action| action.action_name == action_name && action.available);
    let others = (moved || !possible).then(|| others(&view, &action_name));
    view! {
        <div class="narrow">
            <a class="back" href=booking_path.clone()>
                <Icon name="arrow-left" />
                "Back to the booking"
            </a>
            <h1>{title}</h1>
            <p class="row">
                <span class=class>
                    <Icon name=icon />
                    {view.status_label.clone()}
                </span>
                <span>{view.service.clone()}</span>
            </p>
            {error.map(|error| summary(&action_name, &error))}
            {body}
            {others}
        </div>
    }
    .into_any()
}

fn action_form(
    view: &BookingView,
    button: &ActionButton,
    inputs: &BTreeMap<String, String>,
    error: Option<&AppError>,
) -> impl IntoView + use<> {
    let (bar, action) = (Bar::from(view), &button.action);
    let before = |field: &str| {
        let problem = error.and_then(|error| error.fields.iter().find(|problem| problem.field == field));
        Before {
            typed: inputs.get(field).cloned(),
            problem: problem.map_or(String::new(), |problem| problem.message.clone()),
        }
    };
    let body = view! {
        {consequence(button)}
        {action_fields(&bar, action, &before)}
        <p class="row">
            {submit_button(button, button.variant.final_class())}
            <a class="btn" href=format!("/bookings/{}", view.id)>
                {button.safe_label}
            </a>
        </p>
    };
    form("card stack", &bar, action, body)
}

/// The problems, each leading to its field. It takes the focus when the page appears.
fn summary(action_name: &str, error: &AppError) -> impl IntoView + use<> {
    let line = |problem: &FieldProblem| {
        let href = format!("#{}", field_id(action_name, &problem.field));
        let message = problem.message.clone();
        view! { <li><a class="link" href=href>{message}</a></li> }
    };
    let fields: Vec<_> = error.fields.iter().map(line).collect();
    alert(&error.into(), Some(fields))
}

/// What is possible instead, each with its page.
fn others(view: &BookingView, action_name: &str) -> AnyView {
    let possible: Vec<_> = view
        .actions
        .iter()
        .filter(|action| action.available && action.action_name != action_name)
        .map(|action| {
            let href = action_path(&view.id, &action.action_name);
            view! { <li><a class="link" href=href>{action.button_label.clone()}</a></li> }
        })
        .collect();
    let list = if possible.is_empty() {
        view! { <p>"There is nothing else for you to do here now."</p> }.into_any()
    } else {
        view! { <ul class="plain-links">{possible}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="others-title">
            <h2 class="eyebrow" id="others-title">
                "Possible now"
            </h2>
            <p>{view.situation.clone()}</p>
            {list}
            <p class="row">
                <a class="btn btn-primary" href=format!("/bookings/{}", view.id)>
                    "Open the booking"
                </a>
            </p>
        </section>
    }
    .into_any()
}
