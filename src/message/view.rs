//! How a thread looks: days, what happened, who wrote what.

mod write;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;

use super::access::{Thread, path};
use super::model::{Message, instant_of};
use super::text::{name_of, seen_text};
use super::thread::{DayOfThread, Line, days};
use crate::booking::contacts::shows_contacts;
use crate::booking::machine::history::Event;
use crate::booking::machine::{Booking, Role};
use crate::domain::mask;
use crate::time::Timestamp;
use crate::ui::form::Form;
use crate::ui::icon::Icon;
use crate::web::PageHead;
use crate::web::plain::{back_link, narrow};

/// A page of a thread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown<'a> {
    /// Its messages, the oldest first.
    pub messages: &'a [Message],
    /// Whether there are earlier ones.
    pub earlier: bool,
    /// Before which message it ends; nothing for the latest.
    pub before: Option<ObjectId>,
    /// How far the viewer had read until now.
    pub read: Option<ObjectId>,
    /// What the viewer has reported.
    pub reported: &'a BTreeSet<ObjectId>,
    /// The instant of looking.
    pub now: Timestamp,
}

/// The whole page.
pub(super) fn page(status: StatusCode, thread: &Thread, shown: &Shown, form: &Form) -> Response {
    let booking = &thread.booking;
    let end = if shown.before.is_some() {
        newest(&format!("{}#write", path(&booking.id)))
    } else {
        write::section(thread, shown.now, form)
    };
    let body = view! {
        {back_link(&format!("/bookings/{}", booking.id), "Back to the booking")}
        <h1>"Messages"</h1>
        <p class="sub">{format!("{} · {} ", people(thread), booking.service.title)}<b>{booking.reference.clone()}</b></p>
        {form.render_summary()}
        {list(thread, shown)}
        {end}
    };
    let icons = ["arrow-left", "arrow-right", "clock", "flag", "info", "send", "triangle-alert"];
    narrow(status, &thread.page, PageHead::new(format!("Messages {}", booking.reference), &icons), body)
}

fn people(thread: &Thread) -> String {
    match thread.role.other_party() {
        Some(other) => format!("You and {}", name_of(&thread.booking, other)),
        None => format!("{} and {}", thread.booking.customer.name, thread.booking.provider.name),
    }
}

fn newest(href: &str) -> AnyView {
    view! { <p class="row"><a class="btn" href=href.to_owned()>"Newest messages"<Icon name="arrow-right" /></a></p> }
        .into_any()
}

fn list(thread: &Thread, shown: &Shown) -> AnyView {
    let booking = &thread.booking;
    let first = shown.messages.first().filter(|_| shown.earlier);
    let earlier = first.map(|first| {
        let href = format!("{}?before={}", path(&booking.id), first.id.to_hex());
        view! { <p class="row"><a class="btn" rel="prev" href=href>"Earlier messages"</a></p> }
    });
    let from = first.map_or(Timestamp(i64::MIN), |first| first.at);
    let to = shown.before.map_or(Timestamp(i64::MAX), instant_of);
    let days = days(shown.messages, &booking.history, from, to, &booking.zone);
    let days: Vec<_> = days.iter().enumerate().map(|(number, day)| render_day(thread, shown, number, day)).collect();
    let nobody = shown.messages.is_empty().then(|| view! { <p class="hint">"Nobody has written yet."</p> });
    view! {
        <section class="talk" id="thread" data-live="The messages have changed." aria-label="Messages">
            {earlier}
            {days}
            {nobody}
        </section>
    }
    .into_any()
}

fn render_day(thread: &Thread, shown: &Shown, number: usize, day: &DayOfThread) -> AnyView {
    let is_new = |message: &Message| {
        shown.before.is_none() && message.by != thread.viewer.id && shown.read.is_some_and(|read| message.id > read)
    };
    let first_new = shown.messages.iter().find(|message| is_new(message)).map(|message| message.id);
    let line = |line: &Line| match line {
        Line::Event(event) => render_event(event, &thread.booking.zone),
        Line::Message(message) => {
            let divider = (first_new == Some(message.id)).then(|| view! { <li class="talk-new" id="new">"New"</li> });
            view! { {divider} {render_message(thread, shown, message)} }.into_any()
        }
    };
    let lines: Vec<_> = day.lines.iter().map(line).collect();
    let id = format!("day-{number}");
    view! {
        <h2 class="eyebrow talk-day" id=id.clone()>{day.heading.clone()}</h2>
        <ol aria-labelledby=id>{lines}</ol>
    }
    .into_any()
}

fn render_event(event: &Event, zone: &str) -> AnyView {
    let label = format!("{} · {}, ", event.note, event.actor_name);
    view! { <li class="talk-event hint">{label} {render_time(event.at, zone)}</li> }.into_any()
}

fn render_message(thread: &Thread, shown: &Shown, message: &Message) -> AnyView {
    let booking = &thread.booking;
    let id = message.id.to_hex();
    let mine = message.by == thread.viewer.id;
    let name = if mine { "You" } else { name_of(booking, message.role) };
    let class = if mine { "talk-one talk-mine" } else { "talk-one" };
    let text = seen_text(thread, message);
    let body = (!text.is_empty()).then(|| view! { <p class="words" dir="auto">{text}</p> });
    let other = message.role.other_party().filter(|_| mine && !shows_contacts(booking));
    let masked = other.filter(|_| mask::has_contact(&message.text)).map(|other| {
        let sees = " sees the contact details in it once the booking is accepted.";
        view! { <p class="hint"><Icon name="info" />{format!(" {}{sees}", name_of(booking, other))}</p> }
    });
    let report = if shown.reported.contains(&message.id) {
        view! { <p class="hint">"You have reported this message."</p> }.into_any()
    } else if !mine && thread.role != Role::Admin && message.role != Role::Admin {
        let href = format!("{}/{id}/report", path(&booking.id));
        let label = format!("Report {name}'s message, {}", message.at.clock_text(&booking.zone));
        view! { <a class="link talk-report" href=href aria-label=label><Icon name="flag" />" Report"</a> }.into_any()
    } else {
        ().into_any()
    };
    view! {
        <li class={class} id=format!("m-{id}")>
            <p class="hint"><b>{name.to_owned()}</b>", "{render_time(message.at, &booking.zone)}</p>
            {body}
            {photos(booking, message, name)}
            {masked}
            {report}
        </li>
    }
    .into_any()
}

fn photos(booking: &Booking, message: &Message, name: &str) -> Option<AnyView> {
    let id = message.id.to_hex();
    let photo = |number: usize| {
        let address = |size: u32| format!("{}/{id}/photos/{number}/{size}.jpg", path(&booking.id));
        let alt = format!("Photo {number} from {name}");
        view! { <a href=address(1600)><img class="thumb" loading="lazy" src=address(320) alt=alt /></a> }
    };
    let photos: Vec<_> = (1..=message.photos.len()).map(photo).collect();
    (!photos.is_empty()).then(|| view! { <p class="row">{photos}</p> }.into_any())
}

fn render_time(at: Timestamp, zone: &str) -> AnyView {
    view! { <time datetime=at.rfc3339()>{at.clock_text(zone)}</time> }.into_any()
}
