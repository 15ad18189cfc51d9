//! The form of the search. It is a plain GET form: what is chosen is the address.

use leptos::prelude::*;

use crate::catalogue::category::CATEGORIES;
use crate::catalogue::search_query::{Part, RADIUS_KM, SearchQuery, Sort, Where, name_of};
use crate::domain::places;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;

/// How many towns the plain choice offers.
const TOWNS: usize = 40;
/// The distances on offer, in kilometres.
const DISTANCES_KM: [u32; 6] = [5, 10, 25, 50, 100, 200];

fn input<'a>(name: &'a str, label: &'a str, control: Control<'a>) -> Input<'a> {
    Input { name, label, control, required: false, hint: "" }
}

/// The words.
pub fn top(form: &Form) -> AnyView {
    form.render(&input("q", "What do you need?", Control::Line("search", "off")))
}

/// The place: what is typed, which one is meant if that is not clear, and where somebody stands.
pub fn place(form: &Form, query: &SearchQuery) -> AnyView {
    let near = query.spot().filter(|spot| spot.near);
    let hint = near.map(|spot| format!("Now: where you are, by {}.", spot.town.label())).unwrap_or_default();
    let place = Input { hint: &hint, ..input("place", "Where?", Control::Line("text", "off")) };
    view! {
        {form.render(&place)}
        <ul id="place-list" role="listbox" aria-label="Places" hidden></ul>
        <input type="hidden" name="near" value=form.get("near").to_owned() />
        <p class="near">
            <button type="button" class="btn btn-ghost" id="near-me" hidden><Icon name="map-pin" />"Near me"</button>
            " "
            <span role="status" class="hint"></span>
        </p>
        {town(form, query)}
    }
    .into_any()
}

/// Which of several places is meant; some to choose from if nobody knows the one that was typed.
fn town(form: &Form, query: &SearchQuery) -> Option<AnyView> {
    let (label, first, towns) = match &query.place {
        Where::OneOf(towns) => (format!("Which {}?", form.get("place")), "Choose the one you mean", towns.clone()),
        Where::Unknown => {
            ("Or choose a town".to_owned(), "Choose a town", places::all().iter().take(TOWNS).collect::<Vec<_>>())
        }
        _ => return None,
    };
    let mut choices = vec![(String::new(), first.to_owned())];
    choices.extend(towns.into_iter().map(|town| (name_of(town), town.label())));
    Some(form.render(&input("town", &label, Control::Select(&choices))))
}

/// What is folded away.
const FOLDED: [&str; 9] = ["category", "radius", "day", "part", "min", "max", "rating", "sort", "instant"];

/// Everything else, folded away until it is wanted, or something in it has to be different.
pub fn rest(form: &Form, query: &SearchQuery) -> AnyView {
    let named = |name: &str, label: &str| (name.to_owned(), label.to_owned());
    let mut categories = vec![named("", "Every category")];
    categories.extend(CATEGORIES.iter().map(|category| {
        let indent = if category.parent.is_some() { "\u{2003}" } else { "" };
        (category.slug.to_owned(), format!("{indent}{}", category.name))
    }));
    let mut distances = DISTANCES_KM.to_vec();
    if RADIUS_KM.contains(&query.radius_km) && !distances.contains(&query.radius_km) {
        distances.push(query.radius_km);
        distances.sort_unstable();
    }
    let distances: Vec<_> = distances.into_iter().map(|km| (km.to_string(), format!("{km} km"))).collect();
    let parts: Vec<_> = Part::ALL.iter().map(|part| named(part.name(), &capital(part.label()))).collect();
    let ratings = [named("", "Any"), named("3", "3 stars and up"), named("4", "4 stars and up"), named("5", "5 stars")];
    let mut sorts = vec![named("", "What suits best")];
    sorts.extend(Sort::ALL.iter().map(|sort| named(sort.name(), sort.label())));

    let wrong = form.problems().iter().any(|problem| FOLDED.contains(&problem.field.as_str()));
    let mut form = form.clone();
    form.set("radius", query.radius_km.to_string());
    let fields = [
        input("category", "Category", Control::Select(&categories)),
        input("radius", "Distance", Control::Select(&distances)),
        input("day", "Free on", Control::Line("date", "off")),
        input("part", "Time of day", Control::Select(&parts)),
        input("min", "Price from, $", Control::Line("text", "off")),
        input("max", "Price to, $", Control::Line("text", "off")),
        input("rating", "Reviews", Control::Select(&ratings)),
        input("sort", "Order", Control::Select(&sorts)),
        input("instant", "Instant booking only", Control::Check),
    ];
    view! {
        <details class="more" open=wrong>
            <summary class="btn">"Filters and order"</summary>
            <div class="search-more">
                {fields.iter().map(|field| form.render(field)).collect_view()}
                <button class="btn">"Show"</button>
            </div>
        </details>
    }
    .into_any()
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
