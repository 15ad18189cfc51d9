//! What is chosen, each with a way back, and what could be, each with how many there are.

use leptos::prelude::*;

use super::link;
use crate::catalogue::search::Found;
use crate::catalogue::search_query::SearchQuery;
use crate::ui::icon::Icon;

/// The links that take a filter away or add one.
pub fn render(query: &SearchQuery, found: &Found) -> AnyView {
    let chosen = query.filters().map(|(label, without)| {
        view! {
            <a class="pill pill-good" href=without.href()>
                <span class="sr-only">"Without "</span>
                {label}
                <Icon name="x" />
            </a>
        }
    });
    view! {
        <nav class="pills narrowing" aria-label="Narrow down">
            {chosen.collect_view()}
            {offered(query, found)}
        </nav>
    }
    .into_any()
}

fn offered(query: &SearchQuery, found: &Found) -> Vec<AnyView> {
    // Counts leave times aside, so beside a day they would promise too much.
    let count = |count: usize| match (&query.day, found.more) {
        (Some(_), _) => String::new(),
        (None, false) => format!(" ({count})"),
        (None, true) => format!(" ({count}+)"),
    };
    let pill =
        |text: String, number: usize, there: &SearchQuery| link("pill", there, &format!("{text}{}", count(number)));
    let facets = &found.facets;
    let mut pills = Vec::new();
    for (category, number) in facets.below(query) {
        pills.push(pill(category.name.into(), number, &query.changed(|query| query.category = Some(category))));
    }
    if !query.instant && facets.instant > 0 {
        pills.push(pill("Instant booking".into(), facets.instant, &query.changed(|query| query.instant = true)));
    }
    if query.rating.is_none() {
        for (stars, number) in [(4, facets.four_stars), (3, facets.three_stars)].into_iter().filter(|(_, n)| *n > 0) {
            let there = query.changed(|query| query.rating = Some(stars));
            pills.push(pill(format!("{stars} stars and up"), number, &there));
        }
    }
    pills
}
