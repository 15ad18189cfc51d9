//! One service, as everybody sees it: what is loaded and answered. The child modules render it.

mod data;
pub mod render;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::FromRef;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use super::model::ServiceDocument;
use super::{labels, store};
use crate::booking::store as bookings;
use crate::error::AppError;
use crate::photos;
use crate::photos::Photos;
use crate::photos::serve::photo;
use crate::photos::shrink::WIDTHS_PIXELS;
use crate::provider::free::Terms;
use crate::provider::model::Provider;
use crate::provider::store as providers;
use crate::time::Timestamp;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::shell::respond;
use crate::web::{Kept, PageContext, PageHead};
use render::Shown;

/// How many free times are shown.
const TIMES: usize = 3;
/// How many days ahead they are looked for.
const SEARCH_DAYS: i64 = 14;
const _: () = assert!(SEARCH_DAYS == 2 * 7, "the page says two weeks");
/// The most characters of a description in a search engine's list.
const TEASER_CHARACTERS: usize = 155;

/// `/services/{slug}` and the photos.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Photos: FromRef<S>,
{
    Router::new().route("/services/{slug}", get(show)).route("/photos/{id}/{file}", get(photo))
}

/// `GET /services/{slug}`; to its provider also while it is not listed. `?done=saved` says what they have just done.
async fn show(
    ctx: RequestContext,
    page: PageContext,
    Path(slug): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, AppError> {
    let shown = load(&ctx, &page, &slug, query.get("done").map_or("", String::as_str)).await?;
    // Search engines see what everybody can see, and only then.
    let data = shown.service.listed.then(|| data::structured(&shown.service, &page.base_url));
    let data = data.map(|data| view! { <script type="application/ld+json" inner_html=data></script> });
    let body = view! {
        <div class="parts">{render::render(&shown)}</div>
        {data}
    };
    Ok(respond(StatusCode::OK, &page, head(&shown.service), move || body.into_any()))
}

/// A service with its provider.
#[derive(Deserialize)]
struct Found {
    #[serde(flatten)]
    service: ServiceDocument,
    provider: Vec<Provider>,
}

/// What the page is rendered from: two reads of the database.
async fn load(ctx: &RequestContext, page: &PageContext, slug: &str, done: &str) -> Result<Shown, AppError> {
    let db = &ctx.kit.db;
    let viewer = page.viewer.as_ref().and_then(|viewer| ObjectId::parse_str(&viewer.id).ok());
    let stages = vec![providers::lookup_stage("provider_id", "provider")];
    let found: Option<Found> = store::find_visible(db, slug, viewer, stages).await?;
    let Found { service, provider } = found.ok_or_else(AppError::not_found)?;
    let provider = provider.into_iter().next();
    let mut times = match &provider {
        Some(provider) => next_times(ctx, provider, &service).await?,
        None => Vec::new(),
    };
    times.truncate(TIMES);
    let own = provider.filter(|provider| Some(provider.id) == viewer);
    Ok(Shown { service, times, own, done: done_message(done) })
}

async fn next_times(
    ctx: &RequestContext,
    provider: &Provider,
    service: &ServiceDocument,
) -> Result<Vec<Timestamp>, AppError> {
    let terms = Terms {
        minutes: service.minutes,
        buffer_before_minutes: service.buffer_before_minutes,
        buffer_after_minutes: service.buffer_after_minutes,
        lead_time_minutes: service.lead_time_minutes,
    };
    let from = ctx.now.plus_minutes(service.lead_time_minutes.max(0));
    Ok(bookings::free_starts_of(&ctx.kit.db, provider, terms, from, from.plus_hours(24 * SEARCH_DAYS), ctx.now).await?)
}

/// What its provider has done, in words; empty for what this version does not know.
fn done_message(done: &str) -> &'static str {
    match done {
        "saved" => "Saved.",
        "publish" => "Done: people can find it now.",
        "archive" => "Archived.",
        "draft" => "It is a draft again.",
        _ => "",
    }
}

/// The head of the page, for the shell.
fn head(service: &ServiceDocument) -> PageHead {
    let title = format!("{} by {}", service.title, service.provider_name);
    let price = labels::price(service.price, service.currency);
    let teaser = teaser(&format!("{price}. {}", service.description));
    PageHead {
        description: Some(teaser),
        path: service.listed.then(|| format!("/services/{}", service.slug)),
        kept: Some(Kept::Checked),
        image: service.photos.first().map(|photo| photos::address(&photo.id, WIDTHS_PIXELS[1])),
        ..PageHead::new(title, &render::icons(service))
    }
}

/// The beginning of a text on one line, cut between words.
fn teaser(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() >= TEASER_CHARACTERS {
            line.push('…');
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_cut_between_words() {
        assert_eq!(teaser("Two\n\nlines  here"), "Two lines here");
        let cut = teaser(&"word ".repeat(100));
        assert!(cut.ends_with("word…") && cut.chars().count() <= TEASER_CHARACTERS + 1, "{cut}");
        assert!(teaser(&"x".repeat(500)).chars().count() <= TEASER_CHARACTERS + 1);
    }
}
