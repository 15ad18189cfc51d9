//! What to do when nothing was found: each way on is a link that goes it.

use leptos::prelude::*;

use super::link;
use crate::catalogue::search::{Found, MOST_COUNTED, PAGE_SIZE};
use crate::catalogue::search_query::{Part, RADIUS_KM, SearchQuery};
use crate::ui::icon::Icon;

/// Why nothing is here, and what would be.
pub fn render(query: &SearchQuery, found: &Found, wider: usize) -> AnyView {
    let ways: Vec<_> =
        ways(query, found, wider).into_iter().map(|(text, to)| view! { <li>{link("btn", &to, &text)}</li> }).collect();
    view! {
        <div class="card empty stack">
            <Icon name="search" />
            <h2>{headline(query, found)}</h2>
            <p id="page">{reason(query, found, wider)}</p>
            {(!ways.is_empty()).then(|| view! { <ul class="pills">{ways}</ul> })}
        </div>
    }
    .into_any()
}

fn headline(query: &SearchQuery, found: &Found) -> &'static str {
    match () {
        () if found.total > 0 => "There is no such page",
        () if found.at_any_time > 0 && query.day.is_some() => "Nobody is free then",
        () => "Nothing fits this search",
    }
}

fn reason(query: &SearchQuery, found: &Found, wider: usize) -> String {
    if found.total > 0 {
        return format!("What was found ends on page {}.", last_page(found));
    }
    if found.at_any_time > 0 {
        let services = if found.at_any_time == 1 {
            "1 service fits".into()
        } else {
            format!("{} services fit", found.at_any_time)
        };
        return format!("{services} the rest of your search at other times. Try another time or day.");
    }
    let furthest = RADIUS_KM.end();
    match wider {
        0 if query.spot().is_some() => {
            "Nobody who does this comes to that place. Leave something out, or try a town nearby.".into()
        }
        0 => "Try fewer or other words, or leave something out.".into(),
        1 => format!("Within {furthest} km there is one that would come to you."),
        MOST_COUNTED.. => {
            format!("Within {furthest} km there are more than {MOST_COUNTED} that would come to you.")
        }
        count => format!("Within {furthest} km there are {count} that would come to you."),
    }
}

/// Each way on with its words.
fn ways(query: &SearchQuery, found: &Found, wider: usize) -> Vec<(String, SearchQuery)> {
    if found.total > 0 {
        return vec![("Go to the last page".into(), SearchQuery { page: last_page(found), ..query.clone() })];
    }
    let mut ways = Vec::new();
    if let Some(day) = query.day.as_ref().filter(|_| found.at_any_time > 0) {
        if day.part != Part::Any {
            let mut any = day.clone();
            any.part = Part::Any;
            ways.push((any.label(), query.changed(|query| query.day = Some(any.clone()))));
        }
        if let Some(next) = day.next() {
            ways.push((next.label(), query.changed(|query| query.day = Some(next.clone()))));
        }
    }
    if (wider > 0 || found.at_any_time > 0) && query.spot().is_some() && query.radius_km < *RADIUS_KM.end() {
        let further = (query.radius_km * 2).min(*RADIUS_KM.end());
        ways.push((format!("Within {further} km"), query.changed(|query| query.radius_km = further)));
        if wider > 0 && further < *RADIUS_KM.end() {
            let furthest = *RADIUS_KM.end();
            ways.push((format!("Within {furthest} km"), query.changed(|query| query.radius_km = furthest)));
        }
    }
    for (label, without) in query.filters() {
        ways.push((format!("Without: {label}"), without));
    }
    if !query.text.is_empty() {
        ways.push((format!("Without: \"{}\"", query.text), query.changed(|query| query.text.clear())));
    }
    ways
}

fn last_page(found: &Found) -> usize {
    found.total.div_ceil(PAGE_SIZE).max(1)
}
