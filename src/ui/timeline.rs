//! What happened, in order.

use leptos::prelude::*;

use super::icon::Icon;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What happened.
    pub title: String,
    /// Who did it.
    pub who: String,
    /// When, for machines.
    pub at: String,
    /// When, for people.
    pub at_text: String,
    /// The words that were given with it.
    pub message: Option<String>,
    /// What changed, a short sentence each.
    pub changes: Vec<String>,
    /// Its icon.
    pub icon: &'static str,
}

/// Renders a named list, in the order given.
pub fn timeline(name: &'static str, entries: Vec<Entry>) -> impl IntoView {
    let entries: Vec<_> = entries.into_iter().map(entry).collect();
    view! {
        <ol class="timeline" aria-label=name>
            {entries}
        </ol>
    }
}

fn entry(entry: Entry) -> impl IntoView {
    let message = entry.message.filter(|text| !text.is_empty());
    let changes: Vec<_> = entry.changes.into_iter().map(|change| view! { <li>{change}</li> }).collect();
    view! {
        <li class="event">
            <span class="event-mark">
                <Icon name=entry.icon />
            </span>
            <div>
                <p class="event-title">{entry.title}</p>
                <p class="hint">
                    {entry.who} ", " <time datetime=entry.at>{entry.at_text}</time>
                </p>
                {message.map(|text| view! { <blockquote dir="auto">{text}</blockquote> })}
                {(!changes.is_empty()).then(|| view! { <ul class="changes">{changes}</ul> })}
            </div>
        </li>
    }
}
