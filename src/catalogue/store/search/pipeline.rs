//! The aggregation of a search. Pure: a search in, stages out.
//!
//! Two queries in one: the services of the page, as an index has them in order, so that no more are read than are shown; and how
//! many there are of what, counted over at most [`MOST_FOUND`].

mod place;
mod words;

use mongodb::bson::{Bson, Document, doc};

use crate::catalogue::category;
use crate::catalogue::model::SERVICES;
use crate::catalogue::search::words::search_terms;
use crate::catalogue::search_query::{LAST_PAGE, SearchQuery, Sort};

/// The most services on a page.
pub const PAGE_SIZE: usize = 20;
/// The most services that are counted, and put in an order that no index has.
pub const MOST_FOUND: usize = 1000;
const _: () = assert!(LAST_PAGE * PAGE_SIZE == MOST_FOUND, "every page shows what is counted");
/// The most services whose provider's time is looked at.
pub const CANDIDATES: usize = 300;

/// Whether services have to be looked at one by one before the page is known.
pub fn decides_by_time(query: &SearchQuery) -> bool {
    query.day.is_some() || query.order() == Sort::NextFree
}

/// An aggregation, and the index with which it has to begin, where MongoDB would have to guess.
#[derive(Debug)]
pub struct Plan {
    /// Its stages.
    pub stages: Vec<Document>,
    /// The keys of the index.
    pub index: Option<Document>,
}

/// The whole search: documents with the `page`, the `counts`, or both.
pub fn search(query: &SearchQuery) -> Plan {
    let (skip, most) = match decides_by_time(query) {
        true => (0, CANDIDATES),
        false => ((query.page.max(1) - 1) * PAGE_SIZE, PAGE_SIZE),
    };
    let window = vec![doc! { "$skip": number(skip) }, limit(most)];
    if let Some(terms) = search_terms(query) {
        let mut stages = words::candidates(query, &terms);
        let page = chain([words::ordered(query, &terms), window, shown(query)]);
        stages.push(doc! { "$facet": { "page": page, "counts": counts() } });
        return Plan { stages, index: None };
    }
    let gather = |name: &str| vec![doc! { "$group": { "_id": null, name: { "$push": "$$ROOT" } } }];
    let page = chain([found(query, skip + most), window, shown(query), gather("page")]);
    let counted = chain([all(query), counts(), gather("counts")]);
    let mut stages = page;
    stages.push(union(counted));
    // The planner remembers what was best around a large town, and that may be the index of a whole country.
    let index = match (query.spot(), query.order()) {
        (Some(_), Sort::Price) => Some(doc! { "location.cell": 1, "price_cents": 1, "_id": 1 }),
        (Some(_), Sort::Rating) => Some(doc! { "location.cell": 1, "rating.score": -1, "_id": 1 }),
        _ => None,
    };
    Plan { stages, index }
}

/// How many services there are, up to a number.
pub fn count(query: &SearchQuery, most: usize) -> Plan {
    let mut stages = match search_terms(query) {
        Some(terms) => words::candidates(query, &terms),
        None => all(query),
    };
    stages.extend([doc! { "$limit": number(most) }, doc! { "$count": "count" }]);
    Plan { stages, index: None }
}

/// Every listed service, counted by category from an index alone.
pub fn by_category() -> Plan {
    let stages = vec![
        doc! { "$match": { "listed": true, "category": { "$gt": "" } } },
        doc! { "$group": { "_id": "$category", "count": { "$sum": 1_i64 } } },
    ];
    Plan { stages, index: None }
}

/// The first so many of what fits the search, in its order. Each source has the limit, because MongoDB reads ahead.
fn found(query: &SearchQuery, most: usize) -> Vec<Document> {
    let priced = query.min_cents.is_some() || query.max_cents.is_some();
    let condition = match (query.spot(), query.order()) {
        (Some(spot), Sort::Price | Sort::Rating) => place::covered(query, spot),
        (Some(spot), _) => return place::nearest(query, spot, most),
        (None, _) => filters(query),
    };
    if query.order() == Sort::Price {
        return cheapest(condition, priced, query.spot().is_some(), most);
    }
    match (query.spot(), priced) {
        // Of a range of prices the index of prices has the fewest to look at.
        (None, true) => vec![doc! { "$match": condition }, by_price(), limit(MOST_FOUND), best_rated()],
        _ => vec![doc! { "$match": condition }, best_rated(), limit(most)],
    }
}

/// What fits the search, to be counted: any [`MOST_FOUND`] of it.
fn all(query: &SearchQuery) -> Vec<Document> {
    let mut stages = match query.spot() {
        Some(spot) => place::all(query, spot),
        // The best rated are of all kinds.
        None if query.min_cents.or(query.max_cents).is_none() => vec![doc! { "$match": filters(query) }, best_rated()],
        None => vec![doc! { "$match": filters(query) }],
    };
    stages.push(limit(MOST_FOUND));
    stages
}

/// What is on quote comes after everything that has a price.
fn cheapest(condition: Document, priced: bool, at_a_place: bool, most: usize) -> Vec<Document> {
    if priced {
        return vec![doc! { "$match": condition }, by_price(), limit(most)];
    }
    let (mut with_price, mut on_quote) = (condition.clone(), condition);
    with_price.insert("price_cents", doc! { "$gte": 0_i64 });
    let on_quote = match at_a_place {
        // An expression, so that no index of prices is tried: all of these have the same.
        true => {
            on_quote.insert("$expr", doc! { "$eq": [{ "$ifNull": ["$price_cents", null] }, null] });
            vec![doc! { "$match": on_quote }, doc! { "$sort": { "_id": 1 } }, limit(most)]
        }
        false => {
            on_quote.insert("price_cents", Bson::Null);
            vec![doc! { "$match": on_quote }, by_price(), limit(most)]
        }
    };
    vec![doc! { "$match": with_price }, by_price(), limit(most), union(on_quote)]
}

/// What every source of services asks for. Only what is listed is ever found.
fn filters(query: &SearchQuery) -> Document {
    let mut filters = doc! { "listed": true };
    if let Some(chosen) = query.category {
        filters.insert("category", doc! { "$in": category::leaves_of(chosen.slug) });
    }
    let mut price = Document::new();
    query.min_cents.map(|cents| price.insert("$gte", cents));
    query.max_cents.map(|cents| price.insert("$lte", cents));
    if !price.is_empty() {
        filters.insert("price_cents", price);
    }
    if query.instant {
        filters.insert("instant", true);
    }
    if let Some(stars) = query.rating {
        filters.insert("rating.stars", doc! { "$gte": i64::from(stars) });
    }
    filters
}

/// How many there are of each category, bookable at once or not, with so many whole stars.
fn counts() -> Vec<Document> {
    let kind =
        doc! { "category": "$category", "instant": "$instant", "stars": { "$ifNull": ["$rating.stars", 0_i64] } };
    vec![doc! { "$group": { "_id": kind, "count": { "$sum": 1_i64 } } }]
}

/// What is shown of a service. Descriptions are long, and nobody reads them in a list.
fn shown(query: &SearchQuery) -> Vec<Document> {
    let kept = [
        "slug",
        "provider_id",
        "provider_name",
        "title",
        "category",
        "price",
        "currency",
        "minutes",
        "buffer_before",
        "buffer_after",
        "lead_time",
        "instant",
        "reach",
        "rating",
        "reliability",
        "zone",
    ];
    let mut fields: Document = kept.into_iter().map(|field| (field.to_owned(), Bson::Int32(1))).collect();
    fields.extend(doc! { "region": "$base.region", "photo": { "$first": "$photos" } });
    if let Some(spot) = query.spot() {
        fields.insert("metres", place::metres(spot.point));
    }
    vec![doc! { "$project": fields }]
}

fn by_price() -> Document {
    doc! { "$sort": { "price_cents": 1, "_id": 1 } }
}

/// Every order ends with the id, so that no page repeats or misses a service of another.
fn best_rated() -> Document {
    doc! { "$sort": { "rating.score": -1, "_id": 1 } }
}

fn limit(most: usize) -> Document {
    doc! { "$limit": number(most) }
}

/// What comes after all that is before it. It is not asked while that is enough.
fn union(pipeline: Vec<Document>) -> Document {
    doc! { "$unionWith": { "coll": SERVICES, "pipeline": pipeline } }
}

fn chain<const N: usize>(parts: [Vec<Document>; N]) -> Vec<Document> {
    parts.concat()
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
