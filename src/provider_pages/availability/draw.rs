//! The page of a provider's hours, part by part.

mod calendars;
mod days;

use leptos::prelude::*;

use super::grid::Grid;
use super::week::FIELDS;
use super::{PATH, Room, Shown};
use crate::provider::week::Week;
use crate::provider_pages::week_form::{DAYS, MOST_SPANS, spans_text};
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::shell::PageHead;

/// What the page is drawn from.
pub(super) struct Whole<'a> {
    pub room: &'a Room,
    pub ctx: &'a RequestContext,
    pub shown: &'a Shown,
    pub grid: &'a Grid,
    pub turns: &'a Turns,
    /// The week before the last change, if it can be taken back.
    pub before: Option<&'a Week>,
}

/// Where the grid can be turned: the weeks before and after, and this one (an empty text) if it is another.
pub(super) struct Turns {
    pub back: Option<String>,
    pub this: Option<String>,
    pub on: Option<String>,
}

/// What the page tells the shell.
pub(super) fn head() -> PageHead {
    PageHead::new(
        "My hours",
        &[
            "arrow-left",
            "arrow-right",
            "calendar",
            "calendar-minus",
            "check",
            "info",
            "plus",
            "trash",
            "triangle-alert",
            "undo",
        ],
    )
}

/// The page around what [`page`] has written.
pub(super) fn body(html: String) -> AnyView {
    view! {
        <header class="title">
            <h1>"My hours"</h1>
            <p class="sub">"When you can be booked. What is booked already stays as it is, whatever you change here."</p>
        </header>
        <div class="stack hours" inner_html=html></div>
    }
    .into_any()
}

/// Everything below the heading.
pub(super) fn page(whole: &Whole) -> String {
    let mut html = Html::new();
    let Whole { room, shown, .. } = whole;
    if let Some(error) = &shown.trouble {
        let mut form = Form::default();
        form.refuse(error);
        form.summary(&mut html);
    }
    if let Some(confirm) = &shown.confirm {
        confirm.draw(&mut html, &room.provider.zone);
    }
    let typed = shown.typed_week.iter().chain([&shown.typed_day, &shown.typed_calendar]);
    typed.for_each(|form| form.summary(&mut html));
    done(&mut html, whole);
    grid(&mut html, whole);
    week(&mut html, whole);
    days::draw(&mut html, whole);
    days::draw_holidays(&mut html, whole);
    calendars::draw(&mut html, whole);
    html.finish()
}

/// What was just done, and how to take it back.
fn done(html: &mut Html, whole: &Whole) {
    let words = match whole.shown.done.as_str() {
        "week" => "Your week is saved.",
        "week-joined" => "Your week is saved. Spans that touch each other became one.",
        "day" => "The day is saved.",
        "day-off" => "The day is saved as you see it below: hours that touch were joined, and a day off has none.",
        "removed" => "The day is like the others again.",
        "holidays" => "The holidays are saved as days off.",
        "calendar" => "The calendar is read. Its busy times cannot be booked.",
        "calendar-removed" => "The calendar is removed. Its busy times can be booked again.",
        "refreshed" => "The calendar was read again.",
        _ => return,
    };
    html.raw("<div class=\"done row\" id=\"done\" role=\"status\"><p>").icon("check").text(words).raw("</p>");
    if let Some(before) = whole.before {
        html.raw("<form method=\"post\" action=\"/provider/availability/week\">");
        hidden(html, "version", &whole.room.provider.version.to_string());
        for (field, spans) in FIELDS.iter().zip(before) {
            hidden(html, field, &spans_text(spans));
        }
        html.raw("<button class=\"btn\">").icon("undo").raw("Undo</button></form>");
    }
    html.raw("</div>");
}

fn grid(html: &mut Html, whole: &Whole) {
    html.raw("<section class=\"card\" aria-labelledby=\"grid-title\"><h2 id=\"grid-title\">The week</h2>");
    let zone = &whole.room.provider.zone;
    whole.grid.draw(html, zone, whole.room.frame.zone.as_deref().unwrap_or(zone));
    html.raw("<nav class=\"row\" aria-label=\"Weeks\">");
    let turn = |html: &mut Html, week: &Option<String>, label: &str, rel: &str| {
        if let Some(week) = week {
            let href = if week.is_empty() { PATH.to_owned() } else { format!("{PATH}?week={week}") };
            html.raw("<a class=\"btn\"").attr("href", &href).attr("rel", rel).raw(">").text(label).raw("</a>");
        }
    };
    turn(html, &whole.turns.back, "Week before", "prev");
    turn(html, &whole.turns.this, "This week", "up");
    turn(html, &whole.turns.on, "Week after", "next");
    html.raw("</nav></section>");
}

/// The form of the ordinary week: a line for each day.
fn week(html: &mut Html, whole: &Whole) {
    let provider = &whole.room.provider;
    let stored = || {
        let mut form = Form::default();
        FIELDS.iter().zip(&provider.week).for_each(|(field, spans)| _ = form.set(field, spans_text(spans)));
        form
    };
    let form = whole.shown.typed_week.clone().unwrap_or_else(stored);
    html.raw("<section class=\"card\" aria-labelledby=\"week-title\"><h2 id=\"week-title\">Ordinary week</h2>");
    html.raw(
        "<p class=\"hint\" id=\"week-hint\">Write from and to, such as 08:30-12:00, 13:00-17:00. Leave a day empty ",
    );
    html.raw("if you do not work. At most ").text(&MOST_SPANS.to_string());
    html.raw(" spans a day, on the quarter of an hour; midnight at the end of a day is 24:00.</p>");
    html.raw("<form class=\"week-form\" method=\"post\" action=\"/provider/availability/week\">");
    hidden(html, "version", &provider.version.to_string());
    for (name, label) in FIELDS.iter().zip(DAYS) {
        let control = Control::Line("text", "off");
        // Nothing is required, and seven times "optional" would say so too often.
        form.draw(html, &Input { name, label, control, required: false, hint: "" });
    }
    html.raw("<p><button class=\"btn btn-primary\">Save the week</button></p></form></section>");
}

fn hidden(html: &mut Html, name: &str, value: &str) {
    html.raw("<input type=\"hidden\"").attr("name", name).attr("value", value).raw(">");
}
