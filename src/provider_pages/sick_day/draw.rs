//! The page of a sick day: the days, the bookings with what can be done, and what became of them.

use axum::http::StatusCode;
use axum::response::Response;

use super::range::Range;
use super::{Outcome, PATH, Room, Row};
use crate::booking::machine::names;
use crate::booking::store::days::MOST;
use crate::error::AppError;
use crate::ids::fresh_command_id;
use crate::time;
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::PageHead;
use crate::web::context::RequestContext;
use crate::web::plain::{back, hidden, narrow};

/// What is shown of a range: its bookings, and whether there are more.
type Shown<'a> = (&'a Range, &'a (Vec<Row>, bool));

/// The days, and below them their bookings.
pub(super) fn page(
    status: StatusCode,
    room: &Room,
    ctx: &RequestContext,
    form: &Form,
    shown: Option<Shown>,
) -> Response {
    let mut html = Html::new();
    heading(&mut html);
    form.summary(&mut html);
    days(&mut html, room, ctx, form);
    if let Some((range, (rows, more))) = shown {
        if rows.is_empty() {
            html.raw("<section class=\"card\"><h2>No bookings</h2><p>Nobody waits for you on these days.</p>");
            html.raw(
                "<p class=\"row\"><a class=\"btn\" href=\"/provider/availability\">Add days off</a></p></section>",
            );
        } else {
            bookings(&mut html, form, range, rows, *more);
        }
    }
    narrow(status, &room.frame, PageHead::new("Sick day", &["arrow-left", "triangle-alert", "check"]), &mut html)
}

fn heading(html: &mut Html) {
    back(html, "/provider", "My work");
    html.raw("<h1>Sick day</h1><p>Ill, or the van has broken down? Here you cancel or move all bookings of some days at once. ");
    html.raw("Each customer is told.</p>");
}

fn days(html: &mut Html, room: &Room, ctx: &RequestContext, form: &Form) {
    let today = time::day_at(ctx.now, &room.provider.zone).date;
    let mut form = form.clone();
    for (name, value) in [("from", today.as_str()), ("to", today.as_str()), ("days", "7")] {
        if form.get(name).is_empty() {
            form.set(name, value);
        }
    }
    html.raw("<form class=\"card stack\" method=\"get\" action=\"/provider/sick-day\">");
    let input = |name, label, control, hint| Input { name, label, control, required: true, hint };
    form.draw(html, &input("from", "First day", Control::Line("date", "off"), ""));
    form.draw(html, &input("to", "Last day", Control::Line("date", "off"), "At most 31 days."));
    let hint = "New times are looked for so many days after the booked one, and after your last day. 1 to 28.";
    form.draw(html, &input("days", "Move by how many days", Control::Line("number", "off"), hint));
    html.raw("<p><button class=\"btn\">Show my bookings</button></p></form>");
}

fn bookings(html: &mut Html, form: &Form, range: &Range, rows: &[Row], more: bool) {
    html.raw("<form class=\"stack\" method=\"post\" action=\"/provider/sick-day\">");
    hidden(html, "from", &range.first.date);
    hidden(html, "to", &range.last.date);
    hidden(html, "days", &range.days.to_string());
    let count = match rows.len() {
        1 => "1 booking".to_owned(),
        count => format!("{count} bookings"),
    };
    html.raw("<h2>").text(&count).raw("</h2>");
    if more {
        let words =
            format!("These are the first {MOST}. There are more: do these first, then show the same days again.");
        html.raw("<p class=\"alert\">").icon("triangle-alert").text(&words).raw("</p>");
    }
    let pair = |value: &str, text: &str| (value.to_owned(), text.to_owned());
    let all =
        [pair("", "As chosen below for each"), pair("move", "Propose the new times to all"), pair("end", "Cancel all")];
    let input = |name, label, control, required, hint| Input { name, label, control, required, hint };
    html.raw("<div class=\"card stack\">");
    form.draw(
        html,
        &input("all", "For all of them", Control::Radios(&all), true, "What is not possible for one is not done."),
    );
    let hint = "The reason, in a few words. It is sent with each of them.";
    form.draw(html, &input("words", "What your customers read", Control::Area, true, hint));
    form.draw(
        html,
        &input("off", "Mark these days as days off", Control::Check, false, "Nobody can ask for them then."),
    );
    html.raw("</div><ol class=\"stack\">");
    rows.iter().for_each(|row| booking(html, form, row));
    html.raw("</ol><p class=\"row\"><button class=\"btn btn-primary\">").icon("check");
    html.raw("Do it</button><a class=\"btn\" href=\"/provider\">Leave all as it is</a></p></form>");
}

fn booking(html: &mut Html, form: &Form, row: &Row) {
    let Row { booking, choice } = row;
    let (id, zone) = (booking.id.as_str(), booking.zone.as_str());
    let named = |name: &str| format!("{name}.{id}");
    let key = Some(form.get(&named("command"))).filter(|key| !key.is_empty()).map_or_else(fresh_command_id, Into::into);
    html.raw("<li class=\"card\"><fieldset><legend><a class=\"link\"")
        .attr("href", &format!("/bookings/{id}"))
        .raw(">");
    html.text(&booking.service.title).raw("</a> for ").text(&booking.customer.name).raw("</legend><p class=\"hint\">");
    html.text(&booking.state.starts_at.text(zone)).raw(" · ").text(booking.state.status.label()).raw(" · ");
    html.text(&booking.reference).raw("</p>");
    hidden(html, "id", id);
    hidden(html, &named("version"), &booking.version.to_string());
    hidden(html, &named("command"), &key);
    hidden(html, &named("end"), choice.end.unwrap_or_default());
    hidden(html, &named("to"), &choice.to.map_or(String::new(), |to| to.rfc3339()));
    let chosen = match form.get(&named("do")) {
        "" if choice.to.is_some() => "move",
        "" => "leave",
        chosen => chosen,
    };
    let radio = |html: &mut Html, value: &str, text: &str| {
        html.raw("<label class=\"tick\"><input type=\"radio\"").attr("name", &named("do")).attr("value", value);
        html.flag("checked", chosen == value).raw("><span>").text(text).raw("</span></label>");
    };
    if let Some(to) = choice.to {
        radio(html, "move", &format!("Propose {} instead", to.text(zone)));
    }
    match (choice.end, choice.split) {
        (Some(names::DECLINE), _) => radio(html, "end", "Decline the request: nothing is to pay"),
        (Some(_), Some(split)) => {
            let words =
                format!("Cancel: {} gets {} back, which is everything", booking.customer.name, split.refund.text());
            radio(html, "end", &words);
        }
        (Some(_), None) => radio(html, "end", "Cancel"),
        (None, _) => {}
    }
    radio(html, "leave", "Leave it as it is");
    html.wrap("<p class=\"hint\">No other time: ", &choice.why_not, "</p>").raw("</fieldset></li>");
}

/// What became of each booking.
pub(super) fn results(
    room: &Room,
    range: &Range,
    outcomes: &[Outcome],
    days_off: Option<Result<(), AppError>>,
) -> Response {
    let mut html = Html::new();
    back(&mut html, "/provider", "My work");
    let left = outcomes.iter().filter(|outcome| outcome.action.is_empty()).count();
    let done = outcomes.iter().filter(|outcome| outcome.result.is_ok()).count() - left;
    let counts = [(done, "done"), (outcomes.len() - done - left, "not done"), (left, "left as they are")];
    let told: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let mut words = if told.is_empty() { "No bookings.".to_owned() } else { format!("{}.", told.join(", ")) };
    match &days_off {
        Some(Ok(())) => words.push_str(" The days are marked as days off."),
        Some(Err(error)) => words.push_str(&format!(" The days are not marked as days off: {}", error.message)),
        None => {}
    }
    html.raw("<h1>Sick day</h1><p role=\"status\" class=\"done\" id=\"done\">").text(&words).raw("</p>");
    html.raw("<ol class=\"rows card\" aria-label=\"Results\">");
    outcomes.iter().for_each(|outcome| result(&mut html, outcome));
    html.raw("</ol><p class=\"row\"><a class=\"btn btn-primary\"");
    let again = format!("{PATH}?from={}&to={}&days={}", range.first.date, range.last.date, range.days);
    html.attr("href", &again).raw(">Show these days again</a><a class=\"btn\" href=\"/provider\">My work</a></p>");
    narrow(StatusCode::OK, &room.frame, PageHead::new("Sick day", &["arrow-left", "check", "x"]), &mut html)
}

fn result(html: &mut Html, outcome: &Outcome) {
    let line = &outcome.line;
    html.raw("<li><span><a class=\"link\"").attr("href", &format!("/bookings/{}", line.id.to_hex())).raw(">");
    html.text(&line.service.title).raw("</a> for ").text(&line.customer.name).raw(" (").text(&line.reference).raw(")");
    html.raw("<span class=\"hint\">");
    match &outcome.result {
        Ok(_) => {
            html.icon("check").text(match outcome.action.as_str() {
                names::CANCEL => "Cancelled. Everything is refunded.",
                names::DECLINE => "Declined.",
                "" => "Left as it is.",
                _ => "Another time is proposed. The booking stands until the customer answers.",
            });
        }
        Err(error) => {
            html.icon("x").raw("Not done. ").text(&error.message);
            for more in error.changed.iter().chain(error.denials.iter().map(|denial| &denial.message)) {
                if *more != error.message {
                    html.raw(" ").text(more);
                }
            }
        }
    }
    html.raw("</span></span></li>");
}
