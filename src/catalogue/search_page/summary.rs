//! How much was found, where, and in which order.

use leptos::prelude::*;

use super::link;
use crate::catalogue::search::{CANDIDATES, Found};
use crate::catalogue::search_query::{SearchQuery, Spot, Where};

/// The sentence above the list, and which other places of that name could be meant.
pub fn render(query: &SearchQuery, found: &Found) -> AnyView {
    let mut text = match (&query.day, found.more) {
        (Some(_), true) => format!("{} of the first {CANDIDATES} services", found.total),
        _ => counted(found.total, found.more),
    };
    if let Where::At(spot) = &query.place {
        let town = spot.town.label();
        let around = if spot.near { format!("where you are, by {town}") } else { town };
        text.push_str(&format!(" within {} km of {around}", query.radius_km));
    }
    if let Some(day) = &query.day {
        text.push_str(&format!(" free on {}", day.label()));
    }
    text.push_str(&format!(" · {} · prices include GST", query.order().label()));
    view! {
        <p id="page" class="sub" role="status">{text}</p>
        {others(query)}
    }
    .into_any()
}

fn others(query: &SearchQuery) -> Option<AnyView> {
    let spot = query.spot().filter(|spot| !spot.others.is_empty())?;
    let links = spot.others.iter().enumerate().map(|(number, town)| {
        let there = query.changed(|query| {
            query.place = Where::At(Spot { town, point: town.point, near: false, others: Vec::new() });
        });
        let or = (number > 0).then_some(" or ");
        view! { {or} {link("link", &there, &town.label())} }
    });
    Some(view! { <p class="hint plain-links">"Or did you mean "{links.collect_view()}"?"</p> }.into_any())
}

/// `1 service`, `37 services`, `More than 1000 services`.
fn counted(total: usize, more: bool) -> String {
    match (total, more) {
        (1, false) => "1 service".into(),
        (total, false) => format!("{total} services"),
        (total, true) => format!("More than {total} services"),
    }
}
