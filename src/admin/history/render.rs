//! How the search of the history looks: its fields, and what was found.

use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;

use super::PATH;
use crate::booking::store::search::{Found, Happened, MOST_SEARCHED};
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;

/// The most events shown.
const MOST_SHOWN: usize = 100;

/// The fields; `actions` are the names of everything that can happen to a booking.
pub(super) fn fields(form: &Form, actions: &[&str]) -> AnyView {
    let mut choices = vec![(String::new(), "Any".to_owned())];
    choices.extend(actions.iter().map(|name| ((*name).to_owned(), name.replace('_', " "))));
    let field = |name, label, control, hint| form.render(&Input { name, label, control, required: false, hint });
    let (text, date) = (Control::Line("text", "off"), Control::Line("date", "off"));
    view! {
        <form class="card stack" method="get" action=PATH>
            {field("who", "E-mail address", text, "Of whoever did it.")}
            {field("reference", "Booking", text, "Its reference, such as GS-7K3F9Q.")}
            {field("action", "Action", Control::Select(&choices), "")}
            {field("from", "First day", date, "")}
            {field("to", "Last day", date, "")}
            <button class="btn btn-primary">
                <Icon name="search" />
                "Search"
            </button>
        </form>
    }
    .into_any()
}

/// What was found; times are shown in `zone`, an IANA zone.
pub(super) fn results(found: &Found, zone: &str) -> AnyView {
    let count = found.events.len();
    let list = if count == 0 {
        view! { <p>"Nothing like this happened in these days. Look at more of them, or leave a field empty."</p> }
            .into_any()
    } else {
        let summary = if count == 1 { "1 event.".to_owned() } else { format!("{count} events, the latest first.") };
        let unread = found.more.then(|| {
            note(format!(
                "More than {MOST_SEARCHED} bookings fit, and only {MOST_SEARCHED} were looked at. Narrow the search.",
            ))
        });
        let unseen = (count > MOST_SHOWN)
            .then(|| note(format!("The latest {MOST_SHOWN} of them. Narrow the search to see others.")));
        let events = found.events.iter().take(MOST_SHOWN);
        let events: Vec<_> =
            events.map(|(booking, reference, event)| happened(*booking, reference, event, zone)).collect();
        view! {
            <p role="status">{summary}</p>
            {unread}
            {unseen}
            <ol class="rows" aria-label="Found">
                {events}
            </ol>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="found-title">
            <h2 class="eyebrow" id="found-title">
                "Found"
            </h2>
            {list}
        </section>
    }
    .into_any()
}

fn note(text: String) -> AnyView {
    view! { <p class="note">{text}</p> }.into_any()
}

fn happened(booking: ObjectId, reference: &str, event: &Happened, zone: &str) -> AnyView {
    let message = event.message.clone().filter(|message| !message.is_empty());
    let message = message.map(|message| {
        view! {
            <span class="words" dir="auto">
                {message}
            </span>
        }
    });
    view! {
        <li>
            <span>
                <b>{event.note.clone()}</b>
                <span class="hint">
                    {format!("{}, {}, ", event.actor_name, event.actor)}
                    <time datetime=event.at.rfc3339()>{event.at.text(zone)}</time>
                </span>
                {message}
            </span>
            <a class="link" href=format!("/bookings/{booking}")>
                {reference.to_owned()}
            </a>
        </li>
    }
    .into_any()
}
