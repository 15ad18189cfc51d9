//! What words are found in.

use mongodb::bson::{Document, doc};

use super::{MOST_FOUND, filters, limit, place, union};
use crate::catalogue::search_query::{SearchQuery, Sort};
use crate::catalogue::terms::PLACES;

/// At most [`MOST_FOUND`] services with one of the terms: those first that have one in their title, then those that have one in
/// the provider's name, then the rest.
pub fn candidates(query: &SearchQuery, terms: &[String]) -> Vec<Document> {
    let condition = match query.spot() {
        Some(spot) => place::covered(query, spot),
        None => filters(query),
    };
    let mut stages: Vec<Document> = Vec::new();
    let mut before: Vec<String> = Vec::new();
    for (begins, _) in PLACES {
        let here: Vec<String> = terms.iter().map(|term| format!("{begins}{term}")).collect();
        let mut condition = condition.clone();
        condition.insert("location.words", doc! { "$in": &here, "$nin": &before });
        let part = vec![doc! { "$match": condition }, limit(MOST_FOUND)];
        match stages.is_empty() {
            true => stages = part,
            false => stages.push(union(part)),
        }
        before.extend(here);
    }
    stages.push(limit(MOST_FOUND));
    stages
}

/// The candidates in the order of the search.
pub fn ordered(query: &SearchQuery, terms: &[String]) -> Vec<Document> {
    let order = match query.order() {
        Sort::Price => doc! { "cents": 1, "_id": 1 },
        Sort::Distance => doc! { "far": 1, "_id": 1 },
        Sort::Rating => doc! { "rating.score": -1, "_id": 1 },
        Sort::Relevance | Sort::NextFree => doc! { "fit": -1, "_id": 1 },
    };
    let key = match (query.order(), query.spot()) {
        (Sort::Price, _) => doc! { "cents": { "$ifNull": ["$price_cents", i64::MAX] } },
        (Sort::Distance, Some(spot)) => doc! { "far": { "$ifNull": [place::metres(spot.point), 1e9] } },
        (Sort::Relevance | Sort::NextFree, _) => {
            doc! { "fit": { "$add": terms.iter().map(|term| fit(term)).collect::<Vec<_>>() } }
        }
        _ => return vec![doc! { "$sort": order }],
    };
    vec![doc! { "$set": key }, doc! { "$sort": order }]
}

/// What a term is worth where it stands.
fn fit(term: &str) -> Document {
    let stands = |(begins, worth): (&str, i32)| {
        doc! { "case": { "$in": [format!("{begins}{term}"), "$location.words"] }, "then": worth }
    };
    doc! { "$switch": { "branches": PLACES.map(stands).to_vec(), "default": 0 } }
}
