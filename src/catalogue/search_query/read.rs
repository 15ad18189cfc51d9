//! From what a browser sent to a search. Every field is read by a function of its own; what it cannot use it says.

mod place;

use super::day_part::{DayPart, Part};
use super::query::{
    DEFAULT_RADIUS_KM, LAST_PAGE, MAX_DAYS_AHEAD, MAX_TEXT_CHARACTERS, MAX_WORDS, RADIUS_KM, SearchQuery, Sort, Where,
};
use crate::catalogue::category::{self, Category};
use crate::money::parse_cents;
use crate::time::Timestamp;
use crate::ui::form::Form;
use place::place;

/// The search that the pairs ask for, and the form with what was typed and what is wrong with it.
pub fn parse(pairs: &[(String, String)], now: Timestamp) -> (SearchQuery, Form) {
    let mut form = Form::from_pairs(pairs);
    let text = search_text(&mut form);
    let category = category(&mut form);
    let place = place(&mut form);
    let (min_cents, max_cents) = prices(&mut form);
    let mut query = SearchQuery {
        text,
        category,
        place,
        radius_km: radius_km(&mut form),
        day: day(&mut form, now),
        min_cents,
        max_cents,
        rating: rating(&mut form),
        instant: form.ticked("instant"),
        sort: None,
        page: page(&mut form),
    };
    query.sort = sort(&mut form, &query);
    (query, form)
}

fn search_text(form: &mut Form) -> String {
    let typed = form.get("q").to_owned();
    let text: String = typed.chars().take(MAX_TEXT_CHARACTERS).collect();
    let query = SearchQuery { text, ..SearchQuery::default() };
    let words = query.words();
    if words.is_empty() && !typed.is_empty() {
        form.problem("q", "no_words", "There is no word in this. Use letters or digits, such as \"lawn mowing\".");
        return String::new();
    }
    if query.text.len() < typed.len() {
        form.problem("q", "too_long", format!("Only the first {MAX_TEXT_CHARACTERS} letters were looked for."));
    } else if query.text.split_whitespace().count() > MAX_WORDS {
        form.problem("q", "too_many_words", format!("Only the first {MAX_WORDS} words were looked for."));
    }
    form.set("q", query.text.clone());
    query.text
}

fn category(form: &mut Form) -> Option<&'static Category> {
    let slug = form.get("category").to_owned();
    let found = category::find(&slug);
    if found.is_none() && !slug.is_empty() {
        form.problem("category", "unknown_category", "There is no such category. Choose one of the list.");
        form.set("category", "");
    }
    found
}

fn radius_km(form: &mut Form) -> u32 {
    let typed = form.get("radius").to_owned();
    let radius_km = match typed.parse::<f64>().ok().filter(|km| !km.is_nan()) {
        _ if typed.is_empty() => return DEFAULT_RADIUS_KM,
        None => {
            form.problem(
                "radius",
                "bad_radius",
                format!("Give kilometres as a number. We looked within {DEFAULT_RADIUS_KM}."),
            );
            DEFAULT_RADIUS_KM
        }
        Some(km) => {
            let fits = km.clamp(f64::from(*RADIUS_KM.start()), f64::from(*RADIUS_KM.end())).round();
            if (fits - km.round()).abs() > f64::EPSILON {
                let (least, most) = (RADIUS_KM.start(), RADIUS_KM.end());
                let message = format!("The distance is {least} to {most} km. We looked within {fits} km.");
                form.problem("radius", "radius_out_of_range", message);
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is within RADIUS_KM")]
            let fits = fits as u32;
            fits
        }
    };
    form.set("radius", radius_km.to_string());
    radius_km
}

fn day(form: &mut Form, now: Timestamp) -> Option<DayPart> {
    let typed = form.get("part").to_owned();
    let part = typed.parse::<Part>().ok();
    if part.is_none() && !typed.is_empty() {
        form.problem("part", "unknown_part", "Choose a part of the day from the list.");
        form.set("part", "");
    }
    let part = part.unwrap_or_default();
    let date = form.get("day").to_owned();
    if date.is_empty() {
        if part != Part::Any {
            form.problem("day", "day_missing", "Choose a day as well, or any time.");
        }
        return None;
    }
    let is_date = date.len() == 10 && date.parse::<jiff::civil::Date>().is_ok();
    // The day ends last in the west, and begins first in the east.
    let first = now.local_field("Australia/Perth");
    let last = now.plus_hours(24 * MAX_DAYS_AHEAD).local_field("Pacific/Auckland");
    let (first, last) = (first.get(..10).unwrap_or_default(), last.get(..10).unwrap_or_default());
    let problem = match date.as_str() {
        _ if !is_date => "That is no day of the calendar. Choose one, or leave it empty.",
        date if date < first => "That day is over. Choose one to come.",
        date if date > last => "That is too far ahead. Choose a day of the next six months.",
        _ => return Some(DayPart { date, part }),
    };
    form.problem("day", "bad_day", format!("{problem} We looked at any day."));
    None
}

fn prices(form: &mut Form) -> (Option<i64>, Option<i64>) {
    let (min, max) = (price(form, "min"), price(form, "max"));
    match (min, max) {
        (Some(least), Some(most)) if least > most => {
            let (from, to) = (form.get("min").to_owned(), form.get("max").to_owned());
            form.set("min", to).set("max", from);
            form.problem("min", "prices_swapped", "The lower price is now the first.");
            (max, min)
        }
        both => both,
    }
}

fn price(form: &mut Form, name: &str) -> Option<i64> {
    let typed = form.get(name).to_owned();
    let cents = parse_cents(&typed);
    if cents.is_none() && !typed.is_empty() {
        form.problem(name, "bad_amount", "Give a price as dollars, such as 80. We looked at any price.");
    }
    cents
}

fn rating(form: &mut Form) -> Option<u8> {
    let typed = form.get("rating").to_owned();
    let stars = typed.parse().ok().filter(|stars| (1..=5).contains(stars));
    if stars.is_none() && !typed.is_empty() {
        form.problem("rating", "bad_rating", "Choose 1 to 5 stars. We looked at any rating.");
        form.set("rating", "");
    }
    stars
}

fn sort(form: &mut Form, query: &SearchQuery) -> Option<Sort> {
    let typed = form.get("sort").to_owned();
    let sort = typed.parse::<Sort>().ok();
    let problem = match sort {
        None if typed.is_empty() => return None,
        None => "Choose an order from the list.",
        // The form sends its order along when words or place are taken away: no fault of anybody's.
        Some(Sort::Distance) if query.spot().is_none() && query.place != Where::Anywhere => return None,
        Some(Sort::Distance) if query.spot().is_none() => "Name a place to have the nearest first.",
        Some(Sort::Relevance) if query.text.is_empty() => return None,
        sort => return sort,
    };
    form.problem("sort", "bad_sort", problem);
    form.set("sort", "");
    None
}

fn page(form: &mut Form) -> usize {
    let typed = form.get("page").to_owned();
    if typed.is_empty() {
        return 1;
    }
    let most = LAST_PAGE as f64;
    let wanted = typed.parse::<f64>().ok().filter(|page| !page.is_nan()).unwrap_or(0.0);
    let page = wanted.clamp(1.0, most).trunc();
    if (page - wanted).abs() > f64::EPSILON {
        form.problem("page", "no_such_page", format!("There is no page \"{}\". This is page {page}.", short(&typed)));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 1 and LAST_PAGE")]
    let page = page as usize;
    page
}

fn short(text: &str) -> String {
    text.chars().take(20).collect()
}
