//! The living part of a booking's page. Without WASM it is plain HTML that works; with it, actions are done in place.
#![expect(missing_docs, reason = "the macro makes a struct of the island's properties")]

pub mod actions;
mod changed;
mod history;
mod packed;
mod submit;
mod what;

use leptos::prelude::*;
use leptos::web_sys::CustomEvent;

pub use packed::Packed;
pub use what::facts_html;

use super::action_form::alert;
use super::schema::BookingView;
use super::status_ui::status_ui;
use crate::error::AppError;
use crate::ui::html::Html;
use actions::Typed;

/// What the panel holds. All of it is `Copy`, so that every handler can have it.
#[derive(Clone, Copy)]
struct Panel {
    view: RwSignal<BookingView>,
    /// The action that runs.
    busy: StoredValue<bool>,
    /// What went wrong last, as far as the page shows it and not a dialog.
    trouble: RwSignal<Option<AppError>>,
    /// What was done last, in words.
    done: RwSignal<String>,
    /// What was typed and not sent.
    typed: StoredValue<Typed>,
}

/// A booking, as its customer, its provider or an admin sees it.
///
/// The status and what was done are views; the parts below are redrawn as a whole.
#[island]
pub fn BookingPanel(
    /// The booking.
    view: Packed,
    /// What has just been done, in words; empty if nothing was.
    done: String,
) -> impl IntoView {
    let panel = Panel {
        view: RwSignal::new(view.0),
        busy: StoredValue::new(false),
        trouble: RwSignal::new(None),
        done: RwSignal::new(done),
        typed: StoredValue::new(Typed::new()),
    };
    let view = panel.view;
    let part = move |draw: fn(&BookingView) -> String| move || view.with(draw);
    let draw_trouble = move || {
        let mut html = Html::new();
        panel.trouble.with(|trouble| trouble.iter().for_each(|error| alert(&mut html, error, None)));
        html.finish()
    };
    view! {
        <div
            class="panel"
            data-version=move || view.with(|view| view.version)
            on:submit=move |event| submit::on_submit(panel, event)
            on:changed=move |event: CustomEvent| changed::on_changed(panel, &event)
        >
            <section class="card now" aria-labelledby="now-title">
                <h2 class="eyebrow" id="now-title">
                    "What now"
                </h2>
                <p
                    id="status"
                    role="status"
                    tabindex="-1"
                    aria-describedby="done"
                    class=move || view.with(|view| status_ui(view.status).0)
                    inner_html=part(status)
                ></p>
                <p id="done" class="done" hidden=move || panel.done.with(String::is_empty)>
                    {move || panel.done.get()}
                </p>
                <p class="situation">{move || view.with(|view| view.situation.clone())}</p>
                <div inner_html=draw_trouble></div>
                <div inner_html=part(|view| view.aside.clone())></div>
                <div inner_html=part(what::change)></div>
                <div inner_html=move || {
                    view.with(|view| panel.typed.with_value(|typed| actions::draw(view, typed)))
                }></div>
            </section>
            <div class="dispute" inner_html=part(|view| view.dispute.clone())></div>
            <section class="card way" aria-labelledby="way-title">
                <h2 class="eyebrow" id="way-title">
                    "Progress"
                </h2>
                <div inner_html=part(what::way)></div>
            </section>
            <section class="card what" aria-labelledby="what-title">
                <h2 class="eyebrow" id="what-title">
                    "What and when"
                </h2>
                <div class="parts" inner_html=part(what::facts)></div>
            </section>
            <section class="card past" aria-labelledby="past-title">
                <h2 class="eyebrow" id="past-title">
                    "What happened"
                </h2>
                <div inner_html=part(history::draw)></div>
            </section>
            <div class="reviews" inner_html=part(what::reviews)></div>
        </div>
    }
}

fn status(view: &BookingView) -> String {
    Html::new().icon(status_ui(view.status).1).text(&view.status_label).finish()
}
