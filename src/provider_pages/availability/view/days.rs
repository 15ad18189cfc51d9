//! The days that are not like the others, and the public holidays.

use leptos::prelude::*;

use super::Whole;
use crate::domain::places::REGIONS;
use crate::provider::holidays::{self, Holiday};
use crate::provider::model::Provider;
use crate::provider::week::DayException;
use crate::provider_pages::availability::shown::PATH;
use crate::provider_pages::week_form::spans_text;
use crate::time;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::plain::hidden_field;

/// The planned days, and the form of a new one.
pub(super) fn render(whole: &Whole) -> AnyView {
    let provider = &whole.own.provider;
    let coming = provider.exceptions.iter().filter(|exception| exception.date >= whole.today.date);
    let coming: Vec<_> = coming.map(|exception| render_planned(provider, exception)).collect();
    let list = if coming.is_empty() {
        view! { <p class="hint">"None yet. Add a day off, or hours for one day only."</p> }.into_any()
    } else {
        view! { <ul class="rows" aria-label="Days that are different">{coming}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="days-title">
            <h2 id="days-title">"Days that are different"</h2>
            {list}
            <p>
                "Cannot come to what is booked already? "
                <a class="link" href="/provider/sick-day">"Cancel or move all bookings of some days at once"</a>
                "."
            </p>
            {render_form(provider, &whole.shown.typed_day)}
        </section>
    }
    .into_any()
}

fn render_form(provider: &Provider, form: &Form) -> AnyView {
    let field = |name, label, control, required, hint| form.render(&Input { name, label, control, required, hint });
    let line = Control::Line("text", "off");
    let kinds = [("off", "Day off"), ("other", "Other hours"), ("extra", "Extra hours")];
    let kinds = kinds.map(|(value, text)| (value.to_owned(), text.to_owned()));
    let kind_hint = "Other hours take the place of the week's; extra hours are added to them.";
    view! {
        <form method="post" action="/provider/availability/days">
            {hidden_field("version", &provider.version.to_string())}
            {field("date", "Day", Control::Line("date", "off"), true, "")}
            {field("kind", "What is different", Control::Radios(&kinds), true, kind_hint)}
            {field("hours", "Hours", line, false, "Such as 09:00-13:00. Not for a day off.")}
            {field("note", "Note", line, false, "Only you see it.")}
            <p><button class="btn btn-primary">"Save the day"</button></p>
        </form>
    }
    .into_any()
}

/// A date as people read it.
fn date_text(date: &str, provider: &Provider) -> String {
    time::day(date, &provider.zone).map_or_else(|| date.to_owned(), |day| day.text())
}

fn render_planned(provider: &Provider, exception: &DayException) -> AnyView {
    let text = date_text(&exception.date, provider);
    let hours = if exception.spans.is_empty() { "day off".to_owned() } else { spans_text(&exception.spans) };
    let note = (!exception.note.is_empty()).then(|| view! { " " <span class="hint">{exception.note.clone()}</span> });
    view! {
        <li class="row">
            <span><b>{text.clone()}</b>{format!(": {hours}")}{note}</span>
            <form method="post" action="/provider/availability/days/remove">
                {hidden_field("version", &provider.version.to_string())}
                {hidden_field("date", &exception.date)}
                <button class="btn"><Icon name="trash" />"Remove"<span class="sr-only">{format!(" {text}")}</span></button>
            </form>
        </li>
    }
    .into_any()
}

/// The public holidays of the coming year, one press each or all at once.
pub(super) fn render_holidays(whole: &Whole) -> AnyView {
    let provider = &whole.own.provider;
    let known = |region: &&str| REGIONS.iter().any(|(code, _)| code == region);
    let own = provider.base.as_ref().map(|base| base.region.as_str()).filter(known);
    let region = Some(whole.shown.region.as_str()).filter(known).or(own).unwrap_or_default();
    let options = REGIONS.iter().map(|(code, name)| {
        view! { <option value=*code selected=*code == region>{*name}</option> }
    });
    let coming = holidays::coming(region, whole.today.civil());
    let list = if coming.is_empty() {
        view! { <p class="hint">"Choose a region to see its holidays."</p> }.into_any()
    } else {
        view! {
            <form method="post" action="/provider/availability/holidays">
                {hidden_field("version", &provider.version.to_string())}
                {hidden_field("region", region)}
                <ul class="rows" aria-label="Public holidays">
                    {coming.iter().map(|holiday| render_holiday(provider, holiday)).collect_view()}
                </ul>
                <p><button class="btn" name="date" value="all">"Add all as days off"</button></p>
            </form>
        }
        .into_any()
    };
    view! {
        <details class="card" id="holidays" open=!whole.shown.region.is_empty()>
            <summary class="summary"><Icon name="calendar" /><h2>"Public holidays"</h2></summary>
            <form class="filters" method="get" action=format!("{PATH}#holidays")>
                <div class="field">
                    <label for="region">"Where"</label>
                    <select class="control" id="region" name="region">
                        <option value="">"Choose a region"</option>
                        {options.collect_view()}
                    </select>
                </div>
                <button class="btn">"Show"</button>
            </form>
            {list}
        </details>
    }
    .into_any()
}

fn render_holiday(provider: &Provider, holiday: &Holiday) -> AnyView {
    let date = holiday.date.to_string();
    let text = date_text(&date, provider);
    let choice = if provider.exceptions.iter().any(|exception| exception.date == date) {
        view! { <span class="hint">"planned"</span> }.into_any()
    } else {
        view! {
            <button class="btn" name="date" value=date>
                <Icon name="calendar-minus" />
                "Add as day off"
                <span class="sr-only">{format!(": {}", holiday.name)}</span>
            </button>
        }
        .into_any()
    };
    view! { <li class="row"><span><b>{holiday.name.clone()}</b>{format!(", {text}")}</span>{choice}</li> }.into_any()
}
