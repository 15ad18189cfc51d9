//! The living part of a booking's page. Without WASM it is plain HTML that works; with it, actions are done in place.
#![expect(missing_docs, reason = "the macro makes a struct of the island's properties")]

mod actions;
mod history;
mod submit;
mod what;

use std::collections::BTreeMap;

use leptos::either::Either;
use leptos::prelude::*;

use super::schema::{BookingView, StepView};
use super::status_ui::status_ui;
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::ui::stepper::{Step, stepper};

/// A problem, and the action whose dialog shows it; the page shows it when there is none.
#[derive(Clone, Debug, PartialEq)]
struct Trouble {
    action_name: Option<String>,
    error: AppError,
}

/// What the panel holds. All of it is `Copy`, so that every handler can have it.
#[derive(Clone, Copy)]
struct Panel {
    view: RwSignal<BookingView>,
    /// Counts redraws: each draws the actions afresh, so that no typed text ends in another action's field.
    epoch: RwSignal<u32>,
    /// The action that runs.
    busy: RwSignal<Option<String>>,
    /// What went wrong last.
    trouble: RwSignal<Option<Trouble>>,
    /// What was done last.
    done: RwSignal<String>,
    /// What was typed and not sent, by action and field.
    typed: StoredValue<BTreeMap<String, BTreeMap<String, String>>>,
}

/// A booking, as its customer, its provider or an admin sees it.
#[island]
pub fn BookingPanel(
    /// The booking.
    view: BookingView,
    /// What has just been done, in words; empty if nothing was.
    done: String,
) -> impl IntoView {
    let panel = Panel {
        view: RwSignal::new(view),
        epoch: RwSignal::new(0),
        busy: RwSignal::new(None),
        trouble: RwSignal::new(None),
        done: RwSignal::new(done),
        typed: StoredValue::new(BTreeMap::new()),
    };
    let view = panel.view;
    let draw_actions = move || {
        let drawn = view.with(|view| actions::draw(panel, view));
        // Two types in turn, so that the renderer replaces instead of patching.
        if panel.epoch.get_untracked().is_multiple_of(2) { Either::Left(drawn) } else { Either::Right(drawn) }
    };
    let what_now = view! {
        <section class="card now" aria-labelledby="now-title">
            <h2 class="eyebrow" id="now-title">
                "What now"
            </h2>
            <p
                id="status"
                role="status"
                tabindex="-1"
                aria-describedby="done"
                class=move || view.with(|view| status_ui(&view.status).0)
            >
                {move || view.with(|view| view! { <Icon name=status_ui(&view.status).1 /> })}
                {move || view.with(|view| view.status_label.clone())}
            </p>
            <p id="done" class="done" hidden=move || panel.done.with(String::is_empty)>
                {move || panel.done.get()}
            </p>
            <p class="situation">{move || view.with(|view| view.situation.clone())}</p>
            {move || panel.trouble.get().filter(|trouble| trouble.action_name.is_none()).map(|it| actions::alert(it.error))}
            {move || view.with(what::change)}
            {draw_actions}
        </section>
    }
    .into_any();
    let steps = move || view.with(|view| stepper("Steps of the booking", view.steps.iter().map(step).collect()));
    let way = section("way", "Progress", view! { {steps} }.into_any());
    let what = section("what", "What and when", view! { {move || view.with(what::facts)} }.into_any());
    let past = section("past", "What happened", view! { {move || view.with(history::draw)} }.into_any());
    view! {
        <div class="panel" on:submit=move |event| submit::on_submit(panel, event)>
            {what_now} {way} {what} {past} {move || view.with(what::reviews)}
        </div>
    }
}

fn section(name: &'static str, title: &'static str, body: AnyView) -> AnyView {
    let title_id = format!("{name}-title");
    let named_by = title_id.clone();
    view! {
        <section class=format!("card {name}") aria-labelledby=named_by>
            <h2 class="eyebrow" id=title_id>
                {title}
            </h2>
            {body}
        </section>
    }
    .into_any()
}

fn step(step: &StepView) -> Step {
    Step { label: step.label.clone(), state: step.state.clone(), at_text: step.at_text.clone() }
}
