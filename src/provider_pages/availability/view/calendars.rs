//! The calendars elsewhere.

use leptos::prelude::*;

use super::Whole;
use crate::domain::limit::{megabytes, sentence};
use crate::provider::feed::{Feed, MOST_FEEDS};
use crate::provider::fetch;
use crate::provider::ics::AHEAD_DAYS;
use crate::ui::field::problem_id;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::plain::hidden_field;

/// The calendars, and the forms of a new one.
pub(super) fn render(whole: &Whole) -> AnyView {
    let feeds = &whole.own.provider.feeds.list;
    let zone = &whole.own.provider.zone;
    let list = (!feeds.is_empty()).then(|| {
        let calendars = feeds.iter().map(|feed| render_calendar(zone, feed)).collect_view();
        view! { <ul class="rows" aria-label="Other calendars">{calendars}</ul> }
    });
    let add = if feeds.len() >= MOST_FEEDS {
        view! { <p class="hint">"That is as many as are possible. Remove one to add another."</p> }.into_any()
    } else {
        render_forms(&whole.shown.typed_calendar)
    };
    view! {
        <section class="card" aria-labelledby="calendars-title">
            <h2 id="calendars-title">"Other calendars"</h2>
            <p class="hint">
                {sentence!(
                    "Times at which you are busy elsewhere cannot be booked. Only when you are busy is read, for the next ",
                    AHEAD_DAYS,
                    " days; nobody else sees it."
                )}
            </p>
            {list}
            {add}
        </section>
    }
    .into_any()
}

/// The forms of a new calendar: by its address, or as a file.
fn render_forms(form: &Form) -> AnyView {
    let hint = "The secret address in iCal format, from your calendar's settings. It begins with https:// or webcal://, and \
                is read again every hour.";
    let control = Control::Line("text", "off");
    let address = Input { name: "url", label: "Address of a calendar", control, required: true, hint };
    let problem = form.problems().iter().find(|problem| problem.field == "file");
    let problem = problem.map_or_else(String::new, |problem| problem.message.clone());
    let fine = problem.is_empty();
    view! {
        <form method="post" action="/provider/availability/calendars">
            {form.render(&address)}
            <p><button class="btn"><Icon name="plus" />"Add the calendar"</button></p>
        </form>
        <form method="post" action="/provider/availability/files" enctype="multipart/form-data">
            <div class="field">
                <label for="file">"Calendar file"</label>
                <p class="hint" id="file-hint">
                    {format!(
                        "A file that ends in .ics, at most {}. A file of the same name takes the place of the earlier one.",
                        megabytes(fetch::MAX_BYTES),
                    )}
                </p>
                <input
                    class="control"
                    type="file"
                    id="file"
                    name="file"
                    accept=".ics,text/calendar"
                    required
                    aria-describedby=format!("file-hint {}", problem_id("file"))
                    aria-invalid=(!fine).then_some("true")
                />
                <p class="problem" id=problem_id("file") hidden=fine>{problem}</p>
            </div>
            <p><button class="btn"><Icon name="plus" />"Upload the file"</button></p>
        </form>
    }
    .into_any()
}

fn render_calendar(zone: &str, feed: &Feed) -> AnyView {
    let count = match feed.busy.len() {
        1 => "1 busy time".to_owned(),
        count => format!("{count} busy times"),
    };
    let trouble = (!feed.trouble.is_empty()).then(|| {
        let (when, why) = (feed.tried_at.text(zone), &feed.trouble);
        let problem = format!("It could not be read on {when}: {why} What was read before still counts.");
        view! { <p class="problem">{problem}</p> }
    });
    let notes = feed.notes.iter().map(|note| view! { <p><Icon name="info" />{note.clone()}</p> });
    let button = |action: &'static str, label: &'static str| {
        view! {
            <form method="post" action=action>
                {hidden_field("id", &feed.id)}
                <button class="btn">{label}<span class="sr-only">{format!(" {}", feed.name)}</span></button>
            </form>
        }
    };
    let again = feed.url.is_some().then(|| button("/provider/availability/calendars/refresh", "Read again"));
    view! {
        <li class="row">
            <div>
                <p><b>{feed.name.clone()}</b></p>
                <p class="hint">{format!("{count}, read {}", feed.read_at.text(zone))}</p>
                {trouble}
                {notes.collect_view()}
            </div>
            {again}
            {button("/provider/availability/calendars/remove", "Remove")}
        </li>
    }
    .into_any()
}
