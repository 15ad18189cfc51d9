//! The calendars elsewhere.

use super::{Whole, hidden};
use crate::provider::feed::{Feed, MOST_FEEDS};
use crate::ui::field::problem_id;
use crate::ui::form::{Control, Input};
use crate::ui::html::Html;

/// The calendars, and the forms of a new one.
pub(super) fn draw(html: &mut Html, whole: &Whole) {
    let feeds = &whole.room.provider.feeds.list;
    html.raw(
        "<section class=\"card\" aria-labelledby=\"calendars-title\"><h2 id=\"calendars-title\">Other calendars</h2>",
    );
    html.raw("<p class=\"hint\">Times at which you are busy elsewhere cannot be booked. Only when you are busy is read, for ");
    html.raw("the next 180 days; nobody else sees it.</p>");
    if !feeds.is_empty() {
        html.raw("<ul class=\"rows\" aria-label=\"Other calendars\">");
        feeds.iter().for_each(|feed| calendar(html, whole, feed));
        html.raw("</ul>");
    }
    if feeds.len() >= MOST_FEEDS {
        html.raw("<p class=\"hint\">That is as many as are possible. Remove one to add another.</p></section>");
        return;
    }
    let form = &whole.shown.typed_calendar;
    html.raw("<form method=\"post\" action=\"/provider/availability/calendars\">");
    let hint = "The secret address in iCal format, from your calendar's settings. It begins with https:// or webcal://, and \
                is read again every hour.";
    let control = Control::Line("text", "off");
    form.draw(html, &Input { name: "url", label: "Address of a calendar", control, required: true, hint });
    html.raw("<p><button class=\"btn\">").icon("plus").raw("Add the calendar</button></p></form>");
    html.raw("<form method=\"post\" action=\"/provider/availability/files\" enctype=\"multipart/form-data\">");
    let problem = form.problems().iter().find(|problem| problem.field == "file");
    let problem = problem.map_or("", |problem| problem.message.as_str());
    let described = format!("file-hint {}", problem_id("file"));
    html.raw("<div class=\"field\"><label for=\"file\">Calendar file</label><p class=\"hint\" id=\"file-hint\">A file that ends ");
    html.raw("in .ics, at most 1 MB. A file of the same name takes the place of the earlier one.</p>");
    html.raw("<input class=\"control\" type=\"file\" id=\"file\" name=\"file\" accept=\".ics,text/calendar\" required");
    html.attr("aria-describedby", &described).flag("aria-invalid=\"true\"", !problem.is_empty()).raw(">");
    html.raw("<p class=\"problem\"").attr("id", &problem_id("file")).flag("hidden", problem.is_empty()).raw(">");
    html.text(problem)
        .raw("</p></div><p><button class=\"btn\">")
        .icon("plus")
        .raw("Upload the file</button></p></form></section>");
}

fn calendar(html: &mut Html, whole: &Whole, feed: &Feed) {
    let zone = &whole.room.provider.zone;
    html.raw("<li class=\"row\"><div><p><b>").text(&feed.name).raw("</b></p><p class=\"hint\">");
    let count = match feed.busy.len() {
        1 => "1 busy time".to_owned(),
        count => format!("{count} busy times"),
    };
    html.text(&format!("{count}, read {}", feed.read_at.text(zone))).raw("</p>");
    if !feed.trouble.is_empty() {
        let words = format!("It could not be read on {}: {}", feed.tried_at.text(zone), feed.trouble);
        html.raw("<p class=\"problem\">").text(&words).raw(" What was read before still counts.</p>");
    }
    for note in &feed.notes {
        html.raw("<p>").icon("info").text(note).raw("</p>");
    }
    html.raw("</div>");
    let button = |html: &mut Html, action: &str, label: &str| {
        html.raw("<form method=\"post\"").attr("action", action).raw(">");
        hidden(html, "id", &feed.id);
        html.raw("<button class=\"btn\">").text(label).raw("<span class=\"sr-only\"> ").text(&feed.name);
        html.raw("</span></button></form>");
    };
    if feed.url.is_some() {
        button(html, "/provider/availability/calendars/refresh", "Read again");
    }
    button(html, "/provider/availability/calendars/remove", "Remove");
    html.raw("</li>");
}
