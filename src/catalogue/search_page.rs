//! Finding a service: the page and its answers. The drawing is in the children.

mod cards;
mod empty;
mod fields;

use axum::Router;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;

use super::category::CATEGORIES;
use super::search::{self, CANDIDATES, Found, PAGE_SIZE};
use super::search_query::{self, LAST_PAGE, SearchQuery, Where};
use crate::error::AppError;
use crate::ui::form::Form;
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::problem::{answer, bare_page_context};
use crate::web::shell::{PageContext, PageHead, Script, respond};
use axum::extract::FromRef;

/// `/services`.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
{
    Router::new().route("/services", get(show))
}

/// What the page is drawn from.
struct Results {
    query: SearchQuery,
    form: Form,
    found: Found,
    /// How many there are further away, if nothing was found.
    wider: usize,
}

async fn show(ctx: RequestContext, pairs: Result<Query<Vec<(String, String)>>, QueryRejection>) -> Response {
    let frame = match PageContext::load(&ctx).await {
        Ok(frame) => frame,
        Err(error) => return answer(&bare_page_context(&ctx), "/services", error),
    };
    // What cannot even be read as pairs is a search for nothing in particular.
    let pairs = pairs.map(|Query(pairs)| pairs).unwrap_or_default();
    match find(&ctx, &pairs).await {
        Ok(results) => respond(StatusCode::OK, &frame, head(&results), move || draw(results)),
        Err(error) => answer(&frame, "/services", error),
    }
}

async fn find(ctx: &RequestContext, pairs: &[(String, String)]) -> Result<Results, AppError> {
    let (query, form) = search_query::parse(pairs, ctx.now);
    let found = search::search(&ctx.kit.db, &query, ctx.now).await?;
    let nothing_around = found.at_any_time == 0 && query.spot().is_some();
    let wider = if nothing_around { search::count_wider(&ctx.kit.db, &query).await? } else { 0 };
    Ok(Results { query, form, found, wider })
}

fn head(results: &Results) -> PageHead {
    let icons: Vec<_> = CATEGORIES.iter().map(|category| category.icon).collect();
    let own = ["arrow-left", "arrow-right", "calendar", "map-pin", "search", "star", "triangle-alert", "x", "zap"];
    let title = title(&results.query);
    let description =
        format!("{title}: prices, reviews and the next free time of each, from providers who come to you.");
    let page = PageHead::new(title, &own).with_icons(&icons);
    PageHead { script: Some(Script::Places), description: Some(description), path: Some(results.query.href()), ..page }
}

/// What the page is about: `Lawns and edges in Karori, Wellington`.
fn title(query: &SearchQuery) -> String {
    let what = match query.category {
        Some(category) => category.name.to_owned(),
        None if query.text.is_empty() => "Services".to_owned(),
        None => format!("\"{}\"", query.text),
    };
    match query.spot() {
        Some(spot) if spot.near => format!("{what} near you"),
        Some(spot) => format!("{what} in {}", spot.town.label()),
        None => what,
    }
}

fn draw(results: Results) -> AnyView {
    let Results { query, form, found, wider } = &results;
    let mut problems = Html::new();
    form.summary(&mut problems);
    let (top, place, rest) = (fields::top(form), fields::place(form, query), fields::rest(form, query));
    let mut html = Html::new();
    if query.place.is_open() {
        // The form asks which place; anything found without it would be a guess.
    } else if found.hits.is_empty() {
        empty::draw(&mut html, query, found, *wider);
    } else {
        summary(&mut html, query, found);
        narrow(&mut html, query, found);
        cards::draw(&mut html, query, &found.hits);
        pages(&mut html, query, found);
    }
    view! {
        <h1>{title(query)}</h1>
        <div class="stack" inner_html=problems.finish()></div>
        <form class="card search" method="get" action="/services" role="search">
            <div class="search-main">
                <div inner_html=top></div>
                <div class="place" inner_html=place></div>
                <button class="btn btn-primary">"Search"</button>
            </div>
            <div inner_html=rest></div>
        </form>
        <div class="stack" inner_html=html.finish()></div>
    }
    .into_any()
}

/// How much was found, where, and in which order.
fn summary(html: &mut Html, query: &SearchQuery, found: &Found) {
    html.raw("<p id=\"page\" class=\"sub\" role=\"status\">");
    match (&query.day, found.more) {
        (Some(_), true) => html.text(&format!("{} of the first {CANDIDATES} services", found.total)),
        _ => html.text(&counted(found.total, found.more)),
    };
    if let Where::At(spot) = &query.place {
        let town = spot.town.label();
        let around = if spot.near { format!("where you are, by {town}") } else { town };
        html.text(&format!(" within {} km of {around}", query.radius));
    }
    if let Some(day) = &query.day {
        html.text(&format!(" free on {}", day.label()));
    }
    html.text(&format!(" · {} · prices include GST", query.order().label())).raw("</p>");
    if let Where::At(spot) = &query.place
        && !spot.others.is_empty()
    {
        html.raw("<p class=\"hint plain-links\">Or did you mean ");
        for (n, town) in spot.others.iter().enumerate() {
            let there = query.changed(|query| {
                query.place =
                    Where::At(search_query::Spot { town, point: town.point, near: false, others: Vec::new() });
            });
            html.raw(if n == 0 { "" } else { " or " });
            link(html, "link", &there, &town.label());
        }
        html.raw("?</p>");
    }
}

/// `1 service`, `37 services`, `More than 2000 services`.
fn counted(total: usize, more: bool) -> String {
    match (total, more) {
        (1, false) => "1 service".into(),
        (total, false) => format!("{total} services"),
        (total, true) => format!("More than {total} services"),
    }
}

/// What is chosen, each with a way back, and what could be, each with how many there are.
fn narrow(html: &mut Html, query: &SearchQuery, found: &Found) {
    let filters: Vec<_> = query.filters().collect();
    html.raw("<nav class=\"pills narrowing\" aria-label=\"Narrow down\">");
    for (label, without) in &filters {
        html.raw("<a class=\"pill pill-good\"")
            .attr("href", &without.href())
            .raw("><span class=\"sr-only\">Without </span>");
        html.text(label).icon("x").raw("</a>");
    }
    // Counts leave times aside, so beside a day they would promise too much.
    let count = |count: usize| match (&query.day, found.more) {
        (Some(_), _) => String::new(),
        (None, false) => format!(" ({count})"),
        (None, true) => format!(" ({count}+)"),
    };
    let facets = &found.facets;
    for (category, number) in facets.below(query) {
        let there = query.changed(|query| query.category = Some(category));
        link(html, "pill", &there, &format!("{}{}", category.name, count(number)));
    }
    if !query.instant && facets.instant > 0 {
        let there = query.changed(|query| query.instant = true);
        link(html, "pill", &there, &format!("Instant booking{}", count(facets.instant)));
    }
    if query.rating.is_none() {
        for (stars, number) in [(4, facets.four_stars), (3, facets.three_stars)] {
            if number > 0 {
                let there = query.changed(|query| query.rating = Some(stars));
                link(html, "pill", &there, &format!("{stars} stars and up{}", count(number)));
            }
        }
    }
    html.raw("</nav>");
}

fn pages(html: &mut Html, query: &SearchQuery, found: &Found) {
    let last = found.total.div_ceil(PAGE_SIZE).min(LAST_PAGE);
    if last < 2 {
        return;
    }
    let to = |page: usize| SearchQuery { page, ..query.clone() }.href();
    html.raw("<nav class=\"row\" aria-label=\"Pages\">");
    if query.page > 1 {
        html.raw("<a class=\"btn\" rel=\"prev\"").attr("href", &to(query.page - 1)).raw(">");
        html.icon("arrow-left").raw("Previous page</a>");
    }
    html.raw("<span>").text(&format!("PageHead {} of {last}", query.page)).raw("</span>");
    if query.page < last {
        html.raw("<a class=\"btn\" rel=\"next\"").attr("href", &to(query.page + 1)).raw(">Next page");
        html.icon("arrow-right").raw("</a>");
    }
    html.raw("</nav>");
}

/// A link to another search.
fn link(html: &mut Html, class: &str, to: &SearchQuery, text: &str) {
    html.raw("<a").attr("class", class).attr("href", &to.href()).raw(">").text(text).raw("</a>");
}
