//! How a sick day looks: the days, and the bookings with what can be done.

mod results;

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::range::{MAX_MOVE_DAYS, MOST_DAYS, Range};
use super::shown::Row;
use crate::booking::machine::names;
use crate::booking::store::days::MOST;
use crate::domain::limit::sentence;
use crate::ids::fresh_command_id;
use crate::provider::guard::OwnProvider;
use crate::provider::model::Provider;
use crate::time::{self, Timestamp};
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::PageHead;
use crate::web::context::RequestContext;
use crate::web::plain::{back_link, hidden_field, narrow};

pub(super) use results::render_results;

/// What is shown of a range: its bookings, and whether there are more.
type Shown<'a> = (&'a Range, &'a (Vec<Row>, bool));

/// The days, and below them their bookings.
pub(super) fn render(
    status: StatusCode,
    own: &OwnProvider,
    ctx: &RequestContext,
    form: &Form,
    shown: Option<Shown>,
) -> Response {
    let bookings = shown.map(|(range, (rows, more))| render_bookings(form, range, rows, *more));
    let body = view! {
        {back_link("/provider", "My work")}
        <h1>"Sick day"</h1>
        <p>
            "Ill, or the van has broken down? Here you cancel or move all bookings of some days at once. Each customer is told."
        </p>
        {form.render_summary()}
        {render_days(ctx, &own.provider, form)}
        {bookings}
    };
    narrow(status, &own.page, PageHead::new("Sick day", &["arrow-left", "triangle-alert", "check"]), body)
}

fn render_days(ctx: &RequestContext, provider: &Provider, form: &Form) -> AnyView {
    let today = time::day_at(ctx.now, &provider.zone).date;
    let mut form = form.clone();
    for (name, value) in [("from", today.as_str()), ("to", today.as_str()), ("days", "7")] {
        if form.get(name).is_empty() {
            form.set(name, value);
        }
    }
    let field = |name, label, kind, hint| {
        let control = Control::Line(kind, "off");
        form.render(&Input { name, label, control, required: true, hint })
    };
    let days_hint = sentence!(
        "New times are looked for so many days after the booked one, and after your last day. 1 to ",
        MAX_MOVE_DAYS,
        "."
    );
    view! {
        <form class="card stack" method="get" action="/provider/sick-day">
            {field("from", "First day", "date", "")}
            {field("to", "Last day", "date", sentence!("At most ", MOST_DAYS, " days."))}
            {field("days", "Move by how many days", "number", days_hint)}
            <p><button class="btn">"Show my bookings"</button></p>
        </form>
    }
    .into_any()
}

fn render_bookings(form: &Form, range: &Range, rows: &[Row], more: bool) -> AnyView {
    let count = match rows.len() {
        0 => {
            return view! {
                <section class="card">
                    <h2>"No bookings"</h2>
                    <p>"Nobody waits for you on these days."</p>
                    <p class="row"><a class="btn" href="/provider/availability">"Add days off"</a></p>
                </section>
            }
            .into_any();
        }
        1 => "1 booking".to_owned(),
        count => format!("{count} bookings"),
    };
    let more = more.then(|| {
        let text =
            format!("These are the first {MOST}. There are more: do these first, then show the same days again.");
        view! { <p class="alert"><Icon name="triangle-alert" />{text}</p> }
    });
    view! {
        <form class="stack" method="post" action="/provider/sick-day">
            {hidden_field("from", &range.first.date)}
            {hidden_field("to", &range.last.date)}
            {hidden_field("days", &range.days.to_string())}
            <h2>{count}</h2>
            {more}
            {render_for_all(form)}
            <ol class="stack">{rows.iter().map(|row| render_booking(form, row)).collect_view()}</ol>
            <p class="row">
                <button class="btn btn-primary"><Icon name="check" />"Do it"</button>
                <a class="btn" href="/provider">"Leave all as it is"</a>
            </p>
        </form>
    }
    .into_any()
}

/// What holds for all of the bookings.
fn render_for_all(form: &Form) -> AnyView {
    let all = [("", "As chosen below for each"), ("move", "Propose the new times to all"), ("end", "Cancel all")];
    let all = all.map(|(value, text)| (value.to_owned(), text.to_owned()));
    let field = |name, label, control, required, hint| form.render(&Input { name, label, control, required, hint });
    let message_hint = "The reason, in a few words. It is sent with each of them.";
    view! {
        <div class="card stack">
            {field("all", "For all of them", Control::Radios(&all), true, "What is not possible for one is not done.")}
            {field("words", "What your customers read", Control::Area, true, message_hint)}
            {field("off", "Mark these days as days off", Control::Check, false, "Nobody can ask for them then.")}
        </div>
    }
    .into_any()
}

fn render_booking(form: &Form, row: &Row) -> AnyView {
    let Row { booking, choice } = row;
    let (id, zone) = (booking.id.as_str(), booking.zone.as_str());
    let named = |name: &str| format!("{name}.{id}");
    let key = Some(form.get(&named("command"))).filter(|key| !key.is_empty()).map_or_else(fresh_command_id, Into::into);
    let chosen = match form.get(&named("do")) {
        "" if choice.to.is_some() => "move",
        "" => "leave",
        chosen => chosen,
    };
    let radio = |(value, text): (&'static str, String)| {
        view! {
            <label class="tick">
                <input type="radio" name=named("do") value=value checked=chosen == value />
                <span>{text}</span>
            </label>
        }
    };
    let to_move = choice.to.map(|to| ("move", format!("Propose {} instead", to.text(zone))));
    let to_end = match (choice.end, choice.split) {
        (Some(names::DECLINE), _) => Some("Decline the request: nothing is to pay".to_owned()),
        (Some(_), Some(split)) => {
            Some(format!("Cancel: {} gets {} back, which is everything", booking.customer.name, split.refund.text()))
        }
        (Some(_), None) => Some("Cancel".to_owned()),
        (None, _) => None,
    };
    let to_leave = ("leave", "Leave it as it is".to_owned());
    let choices = to_move.into_iter().chain(to_end.map(|text| ("end", text))).chain([to_leave]);
    let (when, status) = (booking.state.starts_at.text(zone), booking.state.status.label());
    let facts = format!("{when} · {status} · {}", booking.reference);
    let why_not = (!choice.why_not.is_empty())
        .then(|| view! { <p class="hint">{format!("No other time: {}", choice.why_not)}</p> });
    view! {
        <li class="card">
            <fieldset>
                <legend>
                    <a class="link" href=format!("/bookings/{id}")>{booking.service.title.clone()}</a>
                    {format!(" for {}", booking.customer.name)}
                </legend>
                <p class="hint">{facts}</p>
                {hidden_field("id", id)}
                {hidden_field(&named("version"), &booking.version.to_string())}
                {hidden_field(&named("command"), &key)}
                {hidden_field(&named("end"), choice.end.unwrap_or_default())}
                {hidden_field(&named("to"), &choice.to.map_or(String::new(), Timestamp::rfc3339))}
                {choices.map(radio).collect_view()}
                {why_not}
            </fieldset>
        </li>
    }
    .into_any()
}
