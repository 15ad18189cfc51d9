//! How the page of a provider's hours looks, part by part.

mod calendars;
mod days;

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::grid::Grid;
use super::shown::{FIELDS, PATH, Shown};
use crate::provider::guard::OwnProvider;
use crate::provider::week::Week;
use crate::provider_pages::week_form::{DAYS, MOST_SPANS, spans_text};
use crate::time::Day;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::PageHead;
use crate::web::plain::hidden_field;
use crate::web::shell::respond;

/// The icons of the page.
const ICONS: &[&str] = &[
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
];

/// What the page is rendered from.
pub(super) struct Whole<'a> {
    pub own: &'a OwnProvider,
    /// Today on the provider's calendar.
    pub today: &'a Day,
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

/// The page.
pub(super) fn render(status: StatusCode, whole: &Whole) -> Response {
    let Whole { own, shown, .. } = whole;
    let trouble = shown.trouble.as_ref().map(|error| {
        let mut form = Form::default();
        form.refuse(error);
        form.render_summary()
    });
    let typed = shown.typed_week.iter().chain([&shown.typed_day, &shown.typed_calendar]);
    let parts = view! {
        {trouble}
        {shown.confirm.as_ref().map(|confirm| confirm.render(&own.provider.zone))}
        {typed.map(Form::render_summary).collect_view()}
        {render_done(whole)}
        {render_grid(whole)}
        {render_week(whole)}
        {days::render(whole)}
        {days::render_holidays(whole)}
        {calendars::render(whole)}
    };
    respond(status, &own.page, PageHead::new("My hours", ICONS), move || {
        view! {
            <header class="title">
                <h1>"My hours"</h1>
                <p class="sub">"When you can be booked. What is booked already stays as it is, whatever you change here."</p>
            </header>
            <div class="stack hours">{parts}</div>
        }
        .into_any()
    })
}

/// What was just done, and how to take it back.
fn render_done(whole: &Whole) -> Option<AnyView> {
    let text = match whole.shown.done.as_str() {
        "week" => "Your week is saved.",
        "week-joined" => "Your week is saved. Spans that touch each other became one.",
        "day" => "The day is saved.",
        "day-off" => "The day is saved as you see it below: hours that touch were joined, and a day off has none.",
        "removed" => "The day is like the others again.",
        "holidays" => "The holidays are saved as days off.",
        "calendar" => "The calendar is read. Its busy times cannot be booked.",
        "calendar-removed" => "The calendar is removed. Its busy times can be booked again.",
        "refreshed" => "The calendar was read again.",
        _ => return None,
    };
    let undo = whole.before.map(|before| {
        let fields = FIELDS.iter().zip(before).map(|(field, spans)| {
            view! { <input type="hidden" name=*field value=spans_text(spans) /> }
        });
        view! {
            <form method="post" action="/provider/availability/week">
                {hidden_field("version", &whole.own.provider.version.to_string())}
                {fields.collect_view()}
                <button class="btn"><Icon name="undo" />"Undo"</button>
            </form>
        }
    });
    let done = view! {
        <div class="done row" id="done" role="status">
            <p><Icon name="check" />{text}</p>
            {undo}
        </div>
    };
    Some(done.into_any())
}

fn render_grid(whole: &Whole) -> AnyView {
    let zone = &whole.own.provider.zone;
    let viewer_zone = whole.own.page.zone.as_deref().unwrap_or(zone);
    let turns = [
        (&whole.turns.back, "Week before", "prev"),
        (&whole.turns.this, "This week", "up"),
        (&whole.turns.on, "Week after", "next"),
    ];
    let turn = |(week, label, rel): (&Option<String>, &'static str, &'static str)| {
        let week = week.as_ref()?;
        let href = if week.is_empty() { PATH.to_owned() } else { format!("{PATH}?week={week}") };
        Some(view! { <a class="btn" href=href rel=rel>{label}</a> })
    };
    view! {
        <section class="card" aria-labelledby="grid-title">
            <h2 id="grid-title">"The week"</h2>
            {whole.grid.render(zone, viewer_zone)}
            <nav class="row" aria-label="Weeks">{turns.into_iter().filter_map(turn).collect_view()}</nav>
        </section>
    }
    .into_any()
}

/// The form of the ordinary week: a line for each day.
fn render_week(whole: &Whole) -> AnyView {
    let provider = &whole.own.provider;
    let stored = || {
        let mut form = Form::default();
        FIELDS.iter().zip(&provider.week).for_each(|(field, spans)| _ = form.set(field, spans_text(spans)));
        form
    };
    let form = whole.shown.typed_week.clone().unwrap_or_else(stored);
    let lines = FIELDS.iter().zip(DAYS).map(|(name, label)| {
        let control = Control::Line("text", "off");
        // Nothing is required, and seven times "optional" would say so too often.
        form.render(&Input { name, label, control, required: false, hint: "" })
    });
    let hint = format!(
        "Write from and to, such as 08:30-12:00, 13:00-17:00. Leave a day empty if you do not work. At most {MOST_SPANS} \
         spans a day, on the quarter of an hour; midnight at the end of a day is 24:00."
    );
    view! {
        <section class="card" aria-labelledby="week-title">
            <h2 id="week-title">"Ordinary week"</h2>
            <p class="hint" id="week-hint">{hint}</p>
            <form class="week-form" method="post" action="/provider/availability/week">
                {hidden_field("version", &provider.version.to_string())}
                {lines.collect_view()}
                <p><button class="btn btn-primary">"Save the week"</button></p>
            </form>
        </section>
    }
    .into_any()
}
