//! Finding a service: the page and its answers. The child modules render it.

mod cards;
mod empty;
mod fields;
mod narrow;
mod summary;

use axum::Router;
use axum::extract::FromRef;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;

use super::category::CATEGORIES;
use super::search::{self, Found, PAGE_SIZE};
use super::search_query::{self, LAST_PAGE, SearchQuery};
use super::searches::Searches;
use crate::error::AppError;
use crate::time::Timestamp;
use crate::ui::form::Form;
use crate::ui::icon::Icon;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::shell::respond;
use crate::web::{Kept, PageContext, PageHead, Script};

/// `/services`.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Searches: FromRef<S>,
{
    Router::new().route("/services", get(show))
}

/// What the page is rendered from.
struct Results {
    query: SearchQuery,
    form: Form,
    found: Found,
    /// How many there are further away, if nothing was found.
    wider: usize,
}

async fn show(
    ctx: RequestContext,
    State(searches): State<Searches>,
    page: PageContext,
    pairs: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Response, AppError> {
    // What cannot even be read as pairs is a search for nothing in particular.
    let pairs = pairs.map(|Query(pairs)| pairs).unwrap_or_default();
    let results = find(&searches, &pairs, ctx.now).await?;
    Ok(respond(StatusCode::OK, &page, head(&results), || body(&results)))
}

async fn find(searches: &Searches, pairs: &[(String, String)], now: Timestamp) -> Result<Results, AppError> {
    let (query, form) = search_query::parse(pairs, now);
    let _turn = searches.turn().await?;
    let found = search::search(&searches.db, &query, now).await?;
    let nothing_around = found.at_any_time == 0 && query.spot().is_some();
    let wider = if nothing_around { search::count_wider(&searches.db, &query).await? } else { 0 };
    Ok(Results { query, form, found, wider })
}

fn head(results: &Results) -> PageHead {
    let icons: Vec<_> = CATEGORIES.iter().map(|category| category.icon).collect();
    let own = ["arrow-left", "arrow-right", "calendar", "map-pin", "search", "star", "triangle-alert", "x", "zap"];
    let title = title(&results.query);
    let description =
        format!("{title}: prices, reviews and the next free time of each, from providers who come to you.");
    let page = PageHead::new(title, &own).with_icons(&icons);
    PageHead {
        script: Some(Script::Places),
        description: Some(description),
        path: Some(results.query.href()),
        kept: Some(Kept::Checked),
        ..page
    }
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

fn body(Results { query, form, found, wider }: &Results) -> AnyView {
    let answer = if query.place.is_open() {
        // The form asks which place; anything found without it would be a guess.
        ().into_any()
    } else if found.hits.is_empty() {
        empty::render(query, found, *wider)
    } else {
        view! {
            {summary::render(query, found)}
            {narrow::render(query, found)}
            {cards::render(query, &found.hits)}
            {pages(query, found)}
        }
        .into_any()
    };
    view! {
        <h1>{title(query)}</h1>
        <div class="stack">{form.render_summary()}</div>
        <form class="card search" method="get" action="/services" role="search">
            <div class="search-main">
                <div>{fields::top(form)}</div>
                <div class="place">{fields::place(form, query)}</div>
                <button class="btn btn-primary">"Search"</button>
            </div>
            <div>{fields::rest(form, query)}</div>
        </form>
        <div class="stack">{answer}</div>
    }
    .into_any()
}

fn pages(query: &SearchQuery, found: &Found) -> Option<AnyView> {
    let last = found.total.div_ceil(PAGE_SIZE).min(LAST_PAGE);
    if last < 2 {
        return None;
    }
    let to = |page: usize| SearchQuery { page, ..query.clone() }.href();
    let earlier = (query.page > 1).then(|| {
        view! { <a class="btn" rel="prev" href=to(query.page - 1)><Icon name="arrow-left" />"Previous page"</a> }
    });
    let later = (query.page < last).then(|| {
        view! { <a class="btn" rel="next" href=to(query.page + 1)>"Next page"<Icon name="arrow-right" /></a> }
    });
    let pages = view! {
        <nav class="row" aria-label="Pages">
            {earlier}
            <span>{format!("Page {} of {last}", query.page)}</span>
            {later}
        </nav>
    };
    Some(pages.into_any())
}

/// A link to another search.
fn link(class: &'static str, to: &SearchQuery, text: &str) -> AnyView {
    view! { <a class={class} href=to.href()>{text.to_owned()}</a> }.into_any()
}
