//! Draws a thread: days, what happened, who wrote what, and the form for the next message.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use mongodb::bson::oid::ObjectId;

use super::model::{Message, instant_of};
use super::pages::Thread;
use super::path;
use super::rules::{self, MAX_PHOTOS, OPEN_DAYS, ThreadStatus};
use super::thread::{Line, days};
use crate::booking::contacts::{hides, shows_contacts};
use crate::booking::machine::history::Event;
use crate::booking::machine::{Booking, Role};
use crate::domain::mask;
use crate::ids;
use crate::time::{Timestamp, zone_name};
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::PageHead;
use crate::web::plain::{back, hidden, narrow};

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

/// The name of a message's author, as the booking has it.
pub(super) fn name_of(booking: &Booking, role: Role) -> &str {
    booking.party(role).map_or("GigSta", |party| party.name.as_str())
}

/// The text of a message as the viewer may see it.
pub(super) fn seen_text(thread: &Thread, message: &Message) -> String {
    text_for(&thread.booking, thread.role, message)
}

/// The text of a message as somebody in a role may see it.
pub(super) fn text_for(booking: &Booking, reader: Role, message: &Message) -> String {
    let hides = hides(shows_contacts(booking), message.role, reader);
    if hides { mask::mask(&message.text) } else { message.text.clone() }
}

/// The whole page.
pub(super) fn page(status: StatusCode, thread: &Thread, shown: &Shown, form: &Form) -> Response {
    let booking = &thread.booking;
    let mut html = Html::new();
    back(&mut html, &format!("/bookings/{}", booking.id), "Back to the booking");
    html.raw("<h1>Messages</h1><p class=\"sub\">").text(&people(thread)).raw(" · ").text(&booking.service.title);
    html.raw(" <b>").text(&booking.reference).raw("</b></p>");
    form.summary(&mut html);
    list(&mut html, thread, shown);
    if shown.before.is_some() {
        html.raw("<p class=\"row\"><a class=\"btn\"").attr("href", &format!("{}#write", path(&booking.id)));
        html.raw(">Newest messages").icon("arrow-right").raw("</a></p>");
    } else {
        write(&mut html, thread, shown.now, form);
    }
    let icons = ["arrow-left", "arrow-right", "clock", "flag", "info", "send", "triangle-alert"];
    narrow(status, &thread.frame, PageHead::new(format!("Messages {}", booking.reference), &icons), &mut html)
}

fn people(thread: &Thread) -> String {
    match thread.role.other_party() {
        Some(other) => format!("You and {}", name_of(&thread.booking, other)),
        None => format!("{} and {}", thread.booking.customer.name, thread.booking.provider.name),
    }
}

fn list(html: &mut Html, thread: &Thread, shown: &Shown) {
    let booking = &thread.booking;
    html.raw("<section class=\"talk\" id=\"thread\" data-live=\"The messages have changed.\" aria-label=\"Messages\">");
    if let Some(first) = shown.messages.first().filter(|_| shown.earlier) {
        html.raw("<p class=\"row\"><a class=\"btn\" rel=\"prev\"");
        html.attr("href", &format!("{}?before={}", path(&booking.id), first.id.to_hex()));
        html.raw(">Earlier messages</a></p>");
    }
    let from = shown.messages.first().filter(|_| shown.earlier).map_or(Timestamp(i64::MIN), |first| first.at);
    let to = shown.before.map_or(Timestamp(i64::MAX), instant_of);
    let is_new = |message: &Message| {
        shown.before.is_none() && message.by != thread.viewer.id && shown.read.is_some_and(|read| message.id > read)
    };
    let first_new = shown.messages.iter().find(|message| is_new(message)).map(|message| message.id);
    let zone = booking.zone.as_str();
    for (number, day) in days(shown.messages, &booking.history, from, to, zone).iter().enumerate() {
        let id = format!("day-{number}");
        html.raw("<h2 class=\"eyebrow talk-day\"").attr("id", &id).raw(">").text(&day.heading);
        html.raw("</h2><ol").attr("aria-labelledby", &id).raw(">");
        for line in &day.lines {
            match line {
                Line::Event(event) => draw_event(html, event, zone),
                Line::Message(message) => {
                    if first_new == Some(message.id) {
                        html.raw("<li class=\"talk-new\" id=\"new\">New</li>");
                    }
                    draw_message(html, thread, shown, message);
                }
            }
        }
        html.raw("</ol>");
    }
    if shown.messages.is_empty() {
        html.raw("<p class=\"hint\">Nobody has written yet.</p>");
    }
    html.raw("</section>");
}

fn draw_event(html: &mut Html, event: &Event, zone: &str) {
    html.raw("<li class=\"talk-event hint\">").text(&event.note).raw(" · ").text(&event.actor_name).raw(", ");
    time(html, event.at, zone);
    html.raw("</li>");
}

fn draw_message(html: &mut Html, thread: &Thread, shown: &Shown, message: &Message) {
    let booking = &thread.booking;
    let id = message.id.to_hex();
    let mine = message.by == thread.viewer.id;
    let name = if mine { "You" } else { name_of(booking, message.role) };
    html.raw(if mine { "<li class=\"talk-one talk-mine\"" } else { "<li class=\"talk-one\"" });
    html.attr("id", &format!("m-{id}")).raw("><p class=\"hint\"><b>").text(name).raw("</b>, ");
    time(html, message.at, &booking.zone);
    html.raw("</p>").wrap("<p class=\"words\" dir=\"auto\">", &seen_text(thread, message), "</p>");
    if !message.photos.is_empty() {
        html.raw("<p class=\"row\">");
        for number in 1..=message.photos.len() {
            let address = |size: u32| format!("{}/{id}/photos/{number}/{size}.jpg", path(&booking.id));
            html.raw("<a").attr("href", &address(1600)).raw("><img class=\"thumb\" loading=\"lazy\"");
            html.attr("src", &address(320)).attr("alt", &format!("Photo {number} from {name}")).raw("></a>");
        }
        html.raw("</p>");
    }
    let other = message.role.other_party().filter(|_| mine && !shows_contacts(booking));
    if let Some(other) = other.filter(|_| mask::has_contact(&message.text)) {
        html.raw("<p class=\"hint\">").icon("info").raw(" ").text(name_of(booking, other));
        html.raw(" sees the contact details in it once the booking is accepted.</p>");
    }
    if shown.reported.contains(&message.id) {
        html.raw("<p class=\"hint\">You have reported this message.</p>");
    } else if !mine && thread.role != Role::Admin && message.role != Role::Admin {
        html.raw("<a class=\"link talk-report\"").attr("href", &format!("{}/{id}/report", path(&booking.id)));
        html.attr("aria-label", &format!("Report {name}'s message, {}", message.at.clock_text(&booking.zone)));
        html.raw(">").icon("flag").raw(" Report</a>");
    }
    html.raw("</li>");
}

fn time(html: &mut Html, at: Timestamp, zone: &str) {
    html.raw("<time").attr("datetime", &at.rfc3339()).raw(">").text(&at.clock_text(zone)).raw("</time>");
}

/// The form, or why there is none.
fn write(html: &mut Html, thread: &Thread, now: Timestamp, form: &Form) {
    let booking = &thread.booking;
    let other = thread.role.other_party().map_or("both", |other| name_of(booking, other));
    html.raw("<section class=\"card stack\" id=\"write\" aria-labelledby=\"write-title\">");
    html.raw("<h2 class=\"eyebrow\" id=\"write-title\">Write to ").text(other).raw("</h2>");
    match rules::thread_status(booking, now) {
        ThreadStatus::NotYet => {
            html.raw("<p>Send the request first. Then you can write to each other.</p>");
        }
        ThreadStatus::Over => {
            html.raw("<p>The booking ended more than ").text(&OPEN_DAYS.to_string());
            html.raw(" days ago, so nothing can be added any more.</p>");
        }
        ThreadStatus::Open => open(html, thread, now, form),
    }
    let typed = form.get("text");
    if rules::thread_status(booking, now) != ThreadStatus::Open && !typed.is_empty() {
        html.raw("<p>What you wrote:</p><blockquote class=\"words\" dir=\"auto\">").text(typed).raw("</blockquote>");
    }
    html.raw("</section>");
}

fn open(html: &mut Html, thread: &Thread, now: Timestamp, form: &Form) {
    let booking = &thread.booking;
    html.raw("<form class=\"stack\" method=\"post\" enctype=\"multipart/form-data\"");
    html.attr("action", &path(&booking.id)).raw(">");
    // A fresh key each time: what went wrong before was not written.
    hidden(html, "command_id", &ids::fresh_command_id());
    let hint = match (thread.role, shows_contacts(booking)) {
        (Role::Admin, _) => "Both sides read this, from \"GigSta\".",
        (_, true) => "",
        (_, false) => {
            "Phone numbers, e-mail and web addresses are shown to the other side once the booking is accepted."
        }
    };
    form.draw(html, &Input { name: "text", label: "Message", control: Control::Area, required: false, hint });
    let problem = form.problems().iter().find(|problem| problem.field == "photo");
    html.raw("<div class=\"field\"><label for=\"photo\">Photos<span class=\"mark\" aria-hidden=\"true\">optional</span></label>");
    html.raw("<p class=\"hint\" id=\"photo-hint\">Up to ").text(&MAX_PHOTOS.to_string());
    html.raw(", JPEG, PNG or WebP, together at most 20 MB.</p>");
    html.raw("<input class=\"control\" type=\"file\" id=\"photo\" name=\"photo\" multiple accept=\"image/jpeg,image/png,image/webp\"");
    html.raw(" aria-describedby=\"photo-hint photo-problem\"").flag("aria-invalid=\"true\"", problem.is_some());
    html.raw("><p class=\"problem\" id=\"photo-problem\"").flag("hidden", problem.is_none()).raw(">");
    html.text(problem.map_or("", |problem| &problem.message)).raw("</p></div><div class=\"row\">");
    html.raw("<button class=\"btn btn-primary\">").icon("send").raw("Send</button><p class=\"hint\">Times are ");
    html.text(&zone_name(now, &booking.zone)).raw(".</p></div></form>");
}
