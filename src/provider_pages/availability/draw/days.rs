//! The days that are not like the others, and the public holidays.

use super::{PATH, Whole, hidden};
use crate::domain::places::REGIONS;
use crate::provider::holidays;
use crate::provider::week::DayException;
use crate::provider_pages::week_form::spans_text;
use crate::time;
use crate::ui::form::{Control, Input};
use crate::ui::html::Html;

/// The planned days, and the form of a new one.
pub(super) fn draw(html: &mut Html, whole: &Whole) {
    let provider = &whole.room.provider;
    let today = whole.room.today(whole.ctx).date;
    html.raw(
        "<section class=\"card\" aria-labelledby=\"days-title\"><h2 id=\"days-title\">Days that are different</h2>",
    );
    let coming: Vec<&DayException> = provider.exceptions.iter().filter(|exception| exception.date >= today).collect();
    if coming.is_empty() {
        html.raw("<p class=\"hint\">None yet. Add a day off, or hours for one day only.</p>");
    } else {
        html.raw("<ul class=\"rows\" aria-label=\"Days that are different\">");
        coming.iter().for_each(|exception| planned(html, whole, exception));
        html.raw("</ul>");
    }
    html.raw("<p>Cannot come to what is booked already? <a class=\"link\" href=\"/provider/sick-day\">Cancel or move ");
    html.raw("all bookings of some days at once</a>.</p>");
    let form = &whole.shown.typed_day;
    html.raw("<form method=\"post\" action=\"/provider/availability/days\">");
    hidden(html, "version", &provider.version.to_string());
    let input = |name, label, control, required, hint| Input { name, label, control, required, hint };
    form.draw(html, &input("date", "Day", Control::Line("date", "off"), true, ""));
    let kinds = [("off", "Day off"), ("other", "Other hours"), ("extra", "Extra hours")];
    let kinds = kinds.map(|(value, text)| (value.to_owned(), text.to_owned()));
    let hint = "Other hours take the place of the week's; extra hours are added to them.";
    form.draw(html, &input("kind", "What is different", Control::Radios(&kinds), true, hint));
    form.draw(
        html,
        &input("hours", "Hours", Control::Line("text", "off"), false, "Such as 09:00-13:00. Not for a day off."),
    );
    form.draw(html, &input("note", "Note", Control::Line("text", "off"), false, "Only you see it."));
    html.raw("<p><button class=\"btn btn-primary\">Save the day</button></p></form></section>");
}

fn planned(html: &mut Html, whole: &Whole, exception: &DayException) {
    let provider = &whole.room.provider;
    let text = time::day(&exception.date, &provider.zone).map_or(exception.date.clone(), |day| day.text());
    let hours = if exception.spans.is_empty() { "day off".to_owned() } else { spans_text(&exception.spans) };
    html.raw("<li class=\"row\"><span><b>").text(&text).raw("</b>: ").text(&hours);
    html.wrap(" <span class=\"hint\">", &exception.note, "</span>").raw("</span>");
    html.raw("<form method=\"post\" action=\"/provider/availability/days/remove\">");
    hidden(html, "version", &provider.version.to_string());
    hidden(html, "date", &exception.date);
    html.raw("<button class=\"btn\">").icon("trash").raw("Remove<span class=\"sr-only\"> ").text(&text);
    html.raw("</span></button></form></li>");
}

/// The public holidays of the coming year, one press each or all at once.
pub(super) fn draw_holidays(html: &mut Html, whole: &Whole) {
    let provider = &whole.room.provider;
    let known = |region: &&str| REGIONS.iter().any(|(code, _)| code == region);
    let own = provider.base.as_ref().map(|base| base.region.as_str()).filter(known);
    let region = Some(whole.shown.region.as_str()).filter(known).or(own).unwrap_or_default();
    let open = !whole.shown.region.is_empty();
    html.raw("<details class=\"card\" id=\"holidays\"").flag("open", open).raw("><summary class=\"summary\">");
    html.icon("calendar").raw("<h2>Public holidays</h2></summary>");
    html.raw("<form class=\"filters\" method=\"get\"").attr("action", &format!("{PATH}#holidays")).raw(">");
    html.raw("<div class=\"field\"><label for=\"region\">Where</label><select class=\"control\" id=\"region\" name=\"region\">");
    html.raw("<option value=\"\">Choose a region</option>");
    for (code, name) in REGIONS {
        html.raw("<option").attr("value", code).flag("selected", *code == region).raw(">").text(name).raw("</option>");
    }
    html.raw("</select></div><button class=\"btn\">Show</button></form>");
    let coming = holidays::coming(region, whole.room.today(whole.ctx).civil());
    if coming.is_empty() {
        html.raw("<p class=\"hint\">Choose a region to see its holidays.</p></details>");
        return;
    }
    html.raw("<form method=\"post\" action=\"/provider/availability/holidays\">");
    hidden(html, "version", &provider.version.to_string());
    hidden(html, "region", region);
    html.raw("<ul class=\"rows\" aria-label=\"Public holidays\">");
    for holiday in coming {
        let date = holiday.date.to_string();
        let text = time::day(&date, &provider.zone).map_or(date.clone(), |day| day.text());
        html.raw("<li class=\"row\"><span><b>").text(&holiday.name).raw("</b>, ").text(&text).raw("</span>");
        if provider.exceptions.iter().any(|exception| exception.date == date) {
            html.raw("<span class=\"hint\">planned</span>");
        } else {
            html.raw("<button class=\"btn\" name=\"date\"").attr("value", &date).raw(">").icon("calendar-minus");
            html.raw("Add as day off<span class=\"sr-only\">: ").text(&holiday.name).raw("</span></button>");
        }
        html.raw("</li>");
    }
    html.raw(
        "</ul><p><button class=\"btn\" name=\"date\" value=\"all\">Add all as days off</button></p></form></details>",
    );
}
