//! The aggregation of a search. Pure: a search in, stages out.
//!
//! First an index gives the services in question, at most [`MOST_FOUND`] of them: the nearest, those that fit the words
//! best, the best known or the cheapest. Only these are counted and put in order, so that no search costs more than that.

use mongodb::bson::{Bson, Document, doc};

use super::PAGE_SIZE;
use crate::catalogue::category;
use crate::catalogue::model::{GeoPoint, SERVICES};
use crate::catalogue::search::words::search_text;
use crate::catalogue::search_query::{SearchQuery, Sort};
use crate::domain::place::Point;
use crate::provider::store as providers;

/// The most services that are counted and put in order.
pub const MOST_FOUND: usize = 2000;
/// The most of those without a distance or a price, which come after the others.
const MOST_LAST: i64 = 500;
/// The most services whose provider's time is looked at.
pub const CANDIDATES: usize = 300;
/// The mean radius with which MongoDB computes distances, in metres.
const EARTH_RADIUS_METRES: f64 = 6_378_100.0;

/// Whether services have to be looked at one by one before the page is known.
pub fn decides_by_time(query: &SearchQuery) -> bool {
    query.day.is_some() || query.order() == Sort::NextFree
}

/// The whole search: one answer with the page and the counts.
pub fn search(query: &SearchQuery) -> Vec<Document> {
    let (skip, limit) = match decides_by_time(query) {
        true => (0, CANDIDATES),
        false => ((query.page.max(1) - 1) * PAGE_SIZE, PAGE_SIZE),
    };
    let stars = |least: i32| doc! { "$sum": { "$cond": [{ "$and": rated(least) }, 1_i64, 0_i64] } };
    let facet = doc! {
        "page": [
            { "$sort": sort(query) },
            { "$skip": number(skip) },
            { "$limit": number(limit) },
            providers::calendar_stage("provider_id", "calendar"),
        ],
        "categories": [{ "$group": { "_id": "$category", "count": { "$sum": 1_i64 } } }, { "$sort": { "_id": 1 } }],
        "counts": [{ "$group": {
            "_id": null,
            "total": { "$sum": 1_i64 },
            "instant": { "$sum": { "$cond": ["$instant", 1_i64, 0_i64] } },
            "four_stars": stars(4),
            "three_stars": stars(3),
        } }],
    };
    let mut stages = found(query, number(MOST_FOUND));
    stages.push(doc! { "$set": {
        "far": { "$ifNull": ["$metres", 1e9] },
        "cents": { "$ifNull": ["$price_cents", i64::MAX] },
        // As if everybody had five reviews of four stars beside their own: one happy customer is no proof.
        "stars": { "$divide": [{ "$add": ["$rating.sum", 20] }, { "$add": ["$rating.count", 5] }] },
    } });
    stages.push(doc! { "$facet": facet });
    stages
}

/// How many services there are, up to a number.
pub fn count(query: &SearchQuery, most: usize) -> Vec<Document> {
    let most = number(most);
    let mut stages = found(query, most);
    stages.extend([doc! { "$limit": most }, doc! { "$count": "count" }]);
    stages
}

/// Every listed service, counted by category from an index alone.
pub fn by_category() -> [Document; 2] {
    [
        doc! { "$match": { "listed": true, "category": { "$gt": "" } } },
        doc! { "$group": { "_id": "$category", "count": { "$sum": 1_i64 } } },
    ]
}

/// The services in question, slim.
fn found(query: &SearchQuery, most: i64) -> Vec<Document> {
    if let Some(text) = search_text(query) {
        return by_words(query, text, most);
    }
    match query.spot() {
        Some(spot) => by_place(query, spot.point, spot.town.region, most),
        None => by_order(query, most),
    }
}

fn by_place(query: &SearchQuery, point: Point, region: &str, most: i64) -> Vec<Document> {
    let mut near = filters(query);
    near.insert("reach.kind", doc! { "$ne": "remote" });
    let mut remote = filters(query);
    remote.insert("reach.kind", "remote");
    vec![
        doc! { "$geoNear": {
            "near": geo(point),
            "key": "location",
            "spherical": true,
            "distanceField": "metres",
            "maxDistance": f64::from(query.radius_km) * 1000.0,
            "query": near,
        } },
        doc! { "$match": covers(region) },
        doc! { "$limit": most },
        slim(),
        last(remote, doc! { "rating.sum": -1, "_id": 1 }),
    ]
}

fn by_words(query: &SearchQuery, text: String, most: i64) -> Vec<Document> {
    let mut condition = doc! { "$text": { "$search": text } };
    condition.extend(filters(query));
    let Some(spot) = query.spot() else {
        return vec![doc! { "$match": condition }, best_first(), doc! { "$limit": most }, scored(), slim()];
    };
    let [lng, lat] = GeoPoint::from(spot.point).coordinates;
    let circle = doc! { "$centerSphere": [[lng, lat], f64::from(query.radius_km) * 1000.0 / EARTH_RADIUS_METRES] };
    let around = vec![doc! { "reach.kind": "remote" }, doc! { "location": { "$geoWithin": circle } }];
    condition.insert("$or", around);
    let remote = doc! { "$eq": ["$reach.kind", "remote"] };
    let covers = doc! { "$or": [{ "reach.kind": "remote" }, covers(spot.town.region)] };
    vec![
        doc! { "$match": condition },
        best_first(),
        doc! { "$set": { "metres": { "$cond": [remote, Bson::Null, metres_to(spot.point)] } } },
        doc! { "$match": covers },
        doc! { "$limit": most },
        scored(),
        slim(),
    ]
}

fn by_order(query: &SearchQuery, most: i64) -> Vec<Document> {
    let prices = query.min_cents.is_some() || query.max_cents.is_some();
    let mut condition = filters(query);
    if query.order() != Sort::Price && !prices {
        let order = doc! { "rating.sum": -1, "_id": 1 };
        return vec![doc! { "$match": condition }, doc! { "$sort": order }, doc! { "$limit": most }, slim()];
    }
    let order = doc! { "price_cents": 1, "_id": 1 };
    let mut on_quote = condition.clone();
    if !prices {
        condition.insert("price_cents", doc! { "$gte": 0_i64 });
        on_quote.insert("price_cents", Bson::Null);
    }
    let mut stages = vec![doc! { "$match": condition }, doc! { "$sort": &order }, doc! { "$limit": most }, slim()];
    if !prices {
        stages.push(last(on_quote, order));
    }
    stages
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
        filters.insert("rating.sum", doc! { "$gt": 0_i64 });
        filters.insert("$expr", doc! { "$and": rated(i32::from(stars)) });
    }
    filters
}

/// Conditions of an expression: reviewed, and on average with at least so many stars.
fn rated(least: i32) -> Vec<Document> {
    vec![
        doc! { "$gt": ["$rating.count", 0] },
        doc! { "$gte": ["$rating.sum", { "$multiply": ["$rating.count", least] }] },
    ]
}

/// Whether the provider comes to the place, `metres` away and in that region.
fn covers(region: &str) -> Document {
    let reaches = doc! { "$lte": ["$metres", { "$multiply": ["$reach.km", 1000] }] };
    doc! { "$or": [
        { "reach.kind": "radius", "$expr": reaches },
        { "reach.kind": "regions", "reach.codes": region },
    ] }
}

/// Adds services that have no place in the order: they come after the others.
fn last(condition: Document, order: Document) -> Document {
    let stages = vec![doc! { "$match": condition }, doc! { "$sort": order }, doc! { "$limit": MOST_LAST }, slim()];
    doc! { "$unionWith": { "coll": SERVICES, "pipeline": stages } }
}

fn best_first() -> Document {
    doc! { "$sort": { "score": { "$meta": "textScore" }, "_id": 1 } }
}

/// Keeps how well the words fit, which later stages would forget.
fn scored() -> Document {
    doc! { "$set": { "score": { "$meta": "textScore" } } }
}

/// Descriptions are long, and nobody reads them in a list.
fn slim() -> Document {
    let kept = [
        "slug",
        "provider_id",
        "provider_name",
        "title",
        "category",
        "price",
        "price_cents",
        "currency",
        "minutes",
        "buffer_before",
        "buffer_after",
        "lead_time",
        "instant",
        "reach",
        "rating",
        "reliability",
        "metres",
        "score",
    ];
    let mut fields: Document = kept.into_iter().map(|field| (field.to_owned(), Bson::Int32(1))).collect();
    fields.extend(doc! { "region": "$base.region", "photo": { "$first": "$photos" } });
    doc! { "$project": fields }
}

/// Every order ends with the id, so that no page repeats or misses a service of another.
fn sort(query: &SearchQuery) -> Document {
    let by_score = search_text(query).is_some();
    match query.order() {
        Sort::Price => doc! { "cents": 1, "far": 1, "_id": 1 },
        Sort::Distance => doc! { "far": 1, "_id": 1 },
        Sort::Relevance | Sort::NextFree if by_score => doc! { "score": -1, "_id": 1 },
        Sort::NextFree if query.spot().is_some() => doc! { "far": 1, "_id": 1 },
        _ => doc! { "stars": -1, "far": 1, "_id": 1 },
    }
}

/// The distance in metres to a point on MongoDB's sphere, by the haversine formula.
fn metres_to(point: Point) -> Document {
    let [lng, lat] = GeoPoint::from(point).coordinates;
    let coordinate = |at: i32| doc! { "$degreesToRadians": { "$arrayElemAt": ["$location.coordinates", at] } };
    let half_sine = |from: f64, at: i32| {
        doc! { "$pow": [{ "$sin": { "$divide": [{ "$subtract": [coordinate(at), from.to_radians()] }, 2] } }, 2] }
    };
    let along = doc! { "$multiply": [lat.to_radians().cos(), { "$cos": coordinate(1) }, half_sine(lng, 0)] };
    let h = doc! { "$min": [1.0, { "$sqrt": { "$add": [half_sine(lat, 1), along] } }] };
    doc! { "$multiply": [2.0 * EARTH_RADIUS_METRES, { "$asin": h }] }
}

fn geo(point: Point) -> Document {
    let [lng, lat] = GeoPoint::from(point).coordinates;
    doc! { "type": "Point", "coordinates": [lng, lat] }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
