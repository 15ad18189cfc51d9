//! What happened, in order.

use leptos::prelude::*;

use super::html::Html;
use super::icon::Icon;

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// What happened.
    pub title: &'a str,
    /// Who did it.
    pub who: &'a str,
    /// When, for machines.
    pub at: &'a str,
    /// When, for people.
    pub at_text: &'a str,
    /// The words that were given with it.
    pub message: Option<&'a str>,
    /// What changed, a short sentence each.
    pub changes: &'a [String],
    /// Its icon.
    pub icon: &'static str,
}

/// Draws a named list, in the order given.
pub fn timeline<'a>(html: &mut Html, name: &'static str, entries: impl Iterator<Item = Entry<'a>>) {
    html.raw("<ol class=\"timeline\"").attr("aria-label", name).raw(">");
    for entry in entries {
        html.raw("<li class=\"event\"><span class=\"event-mark\">").icon(entry.icon).raw("</span><div>");
        html.raw("<p class=\"event-title\">").text(entry.title).raw("</p><p class=\"hint\">").text(entry.who);
        html.raw(", <time").attr("datetime", entry.at).raw(">").text(entry.at_text).raw("</time></p>");
        html.wrap("<blockquote dir=\"auto\">", entry.message.unwrap_or_default(), "</blockquote>");
        if !entry.changes.is_empty() {
            html.raw("<ul class=\"changes\">");
            for change in entry.changes {
                html.raw("<li>").text(change).raw("</li>");
            }
            html.raw("</ul>");
        }
        html.raw("</div></li>");
    }
    html.raw("</ol>");
}

/// A named list, in the order given.
pub fn render_timeline<'a>(name: &'static str, entries: impl Iterator<Item = Entry<'a>>) -> AnyView {
    view! { <ol class="timeline" aria-label=name>{entries.map(render_entry).collect_view()}</ol> }.into_any()
}

fn render_entry(entry: Entry) -> AnyView {
    let message = entry.message.filter(|words| !words.is_empty()).map(ToOwned::to_owned);
    let changes: Vec<_> = entry.changes.iter().map(|change| view! { <li>{change.clone()}</li> }).collect();
    view! {
        <li class="event">
            <span class="event-mark"><Icon name=entry.icon /></span>
            <div>
                <p class="event-title">{entry.title.to_owned()}</p>
                <p class="hint">
                    {format!("{}, ", entry.who)}
                    <time datetime=entry.at.to_owned()>{entry.at_text.to_owned()}</time>
                </p>
                {message.map(|words| view! { <blockquote dir="auto">{words}</blockquote> })}
                {(!changes.is_empty()).then(|| view! { <ul class="changes">{changes}</ul> })}
            </div>
        </li>
    }
    .into_any()
}
