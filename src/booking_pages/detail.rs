//! The page of one booking. What is only looked at stands in parts that have an id and `data-live`: after a change the page's
//! script fetches the page once more and exchanges those that differ. What is operated is the bar's.

mod aside;
mod dispute;
pub mod facts;
mod history;
mod progress;
mod reviews;

use leptos::prelude::*;

use crate::booking::action_ui::{ACTION_UI_METADATA, DEFAULT_ICON, use_booking_actions};
use crate::booking::bar::form::action_path;
use crate::booking::bar::schema::Bar;
use crate::booking::bar::{BookingBar, status};
use crate::booking::machine::{Booking, Role, Status};
use crate::booking::redaction;
use crate::booking::schema::BookingView;
use crate::booking::status_ui::{STATUS_ICONS, status_ui};
use crate::message;
use crate::ui::icon::Icon;
use crate::web::{PageHead, Script};

/// The icons that the page needs beside those of statuses and actions.
const ICONS: &[&str] =
    &["arrow-left", "calendar", "check", "eye-off", "map-pin", "receipt", "triangle-alert", "users", "x", DEFAULT_ICON];

/// What the booking's page shows.
#[derive(Debug)]
pub struct DetailPage {
    /// The booking as it is stored.
    pub booking: Booking,
    /// What the viewer is there.
    pub role: Role,
    /// What the viewer may see of it.
    pub view: BookingView,
    /// What has just been done, in words; empty if nothing was.
    pub done: String,
    /// What it shows of the thread, if the viewer may read it.
    pub talk: Option<message::Card>,
}

/// The head of the booking's page, for the shell.
pub fn head(view: &BookingView) -> PageHead {
    let known: Vec<_> = ACTION_UI_METADATA.iter().map(|known| known.icon).collect();
    let page = PageHead::new(format!("{} {}", view.service, view.reference), ICONS);
    PageHead {
        script: Some(Script::Boot),
        ..page.with_icons(message::CARD_ICONS).with_icons(STATUS_ICONS).with_icons(&known)
    }
}

/// Renders the page.
pub fn render(page: DetailPage) -> AnyView {
    let DetailPage { booking, role, view, done, talk } = page;
    let booking = redaction::booking(&booking, role);
    let bar = Bar::from(&view);
    let links = without_script(&bar);
    let is_done = !done.is_empty();
    let now = view! {
        <section class="card now" aria-labelledby="now-title">
            <h2 class="eyebrow" id="now-title">
                "What now"
            </h2>
            <p id="status" role="status" tabindex="-1" aria-describedby="done" class=status_ui(view.status).0>
                {status(view.status, view.status_label.clone())}
            </p>
            <p id="done" class="done" hidden=!is_done>
                {done}
            </p>
            <p id="situation" class="situation">
                {view.situation.clone()}
            </p>
            <div id="trouble"></div>
            <div id="aside" data-live>
                {aside::aside(&booking, role)}
                {view.change.clone().map(aside::change)}
            </div>
            <BookingBar bar=bar />
            {links}
        </section>
    };
    view! {
        {title(&view, role, talk.as_ref())}
        <div class="panel" data-version=view.version>
            {now}
            <div class="dispute" id="dispute" data-live>
                {dispute::dispute(&booking, role)}
            </div>
            <section class="card way" id="way" data-live aria-labelledby="way-title">
                <h2 class="eyebrow" id="way-title">
                    "Progress"
                </h2>
                {progress::progress(&view.steps)}
            </section>
            <section class="card what" id="what" data-live aria-labelledby="what-title">
                <h2 class="eyebrow" id="what-title">
                    "What and when"
                </h2>
                <div class="parts">{facts::facts(&view)}</div>
            </section>
            <section class="card past" id="past" data-live aria-labelledby="past-title">
                <h2 class="eyebrow" id="past-title">
                    "What happened"
                </h2>
                {history::history(&view.history)}
            </section>
            <div class="reviews" id="reviews" data-live>
                {reviews::reviews(&view.reviews)}
            </div>
        </div>
        {talk.map(message::latest)}
    }
    .into_any()
}

fn title(view: &BookingView, role: Role, talk: Option<&message::Card>) -> impl IntoView + use<> {
    let people = match role {
        Role::Customer => format!("with {}", view.provider),
        Role::Provider => format!("for {}", view.customer),
        Role::Admin | Role::System => format!("{} for {}", view.provider, view.customer),
    };
    let is_ahead = view.status == Status::Accepted && role != Role::Admin;
    let file = is_ahead.then(|| {
        view! {
            <a class="btn" href=format!("/bookings/{}.ics", view.id) download="">
                <Icon name="calendar" />
                "Add to calendar"
            </a>
        }
    });
    view! {
        <header class="title">
            <a class="back" href="/bookings">
                <Icon name="arrow-left" />
                "All bookings"
            </a>
            <h1>{view.service.clone()}</h1>
            <p class="sub">
                <b>{view.reference.clone()}</b>
                " · "
                {people}
                " · "
                <a class="link" href=format!("/machine?booking={}", view.id)>
                    "Its way"
                </a>
            </p>
            <div class="row">
                <div id="calendar-file" data-live>
                    {file}
                </div>
                {talk.map(message::link)}
            </div>
        </header>
    }
}

/// For browsers that have no script and do not know `commandfor`.
fn without_script(bar: &Bar) -> Option<impl IntoView + use<>> {
    let links: Vec<_> = use_booking_actions(&bar.actions)
        .into_iter()
        .filter(|button| button.opens_dialog && button.action.available)
        .map(|button| {
            let path = action_path(&bar.id, &button.action.action_name);
            view! { <li><a class="link" href=path>{button.action.button_label}</a></li> }
        })
        .collect();
    (!links.is_empty()).then(|| {
        let html = view! {
            <p class="hint">"If a button does not open anything, use a page of its own:"</p>
            <ul class="plain-links">{links}</ul>
        };
        // The renderer does not escape what stands in a `noscript` (tachys 0.2.19), so it gets finished HTML.
        view! { <noscript inner_html=html.into_view().to_html()></noscript> }
    })
}
