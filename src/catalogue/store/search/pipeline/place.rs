//! What is offered at a place.

use mongodb::bson::{Bson, Document, doc};

use super::{MOST_FOUND, best_rated, filters, limit, union};
use crate::catalogue::grid;
use crate::catalogue::model::GeoPoint;
use crate::catalogue::search_query::{SearchQuery, Spot};
use crate::domain::place::Point;

/// The mean radius with which MongoDB computes distances, in metres.
const EARTH_RADIUS_METRES: f64 = 6_378_100.0;
/// Where rings around a place end, in kilometres. `$geoNear` reads far more than is asked of it, so it is asked for little.
const RINGS_KM: [u32; 3] = [2, 5, 12];

/// The nearest first, then what is offered everywhere.
pub fn nearest(query: &SearchQuery, spot: &Spot, most: usize) -> Vec<Document> {
    let mut condition = filters(query);
    condition.insert("reach.kind", doc! { "$ne": "remote" });
    let ends = RINGS_KM.into_iter().filter(|km| *km < query.radius_km).chain([query.radius_km]);
    let mut stages: Vec<Document> = Vec::new();
    let mut from = None;
    for to in ends {
        let mut near = doc! {
            "near": geo(spot.point),
            "key": "location",
            "spherical": true,
            "distanceField": "metres",
            "maxDistance": f64::from(to) * 1000.0,
            "query": &condition,
        };
        if let Some(from) = from {
            near.insert("minDistance", f64::from(from) * 1000.0);
        }
        // Both ends belong to a ring; this one begins behind the end of the one before.
        let behind = from.map_or(-1.0, |from| f64::from(from) * 1000.0);
        let reaches = doc! { "$lte": ["$metres", { "$multiply": ["$reach.km", 1000] }] };
        let covers = doc! { "metres": { "$gt": behind }, "$or": [
            { "reach.kind": "radius", "$expr": reaches },
            { "reach.kind": "regions", "reach.codes": spot.town.region },
        ] };
        let in_order = doc! { "$sort": { "metres": 1, "_id": 1 } };
        let ring = vec![doc! { "$geoNear": near }, doc! { "$match": covers }, in_order, limit(most)];
        match stages.is_empty() {
            true => stages = ring,
            false => stages.push(union(ring)),
        }
        from = Some(to);
    }
    stages.push(limit(most));
    stages.push(union(vec![doc! { "$match": remote(query) }, best_rated(), limit(most)]));
    stages
}

/// All of it in no order, but what is offered everywhere comes last. The squares or the circle bound it, whichever is less.
pub fn all(query: &SearchQuery, spot: &Spot) -> Vec<Document> {
    let mut condition = filters(query);
    condition.insert("location.cell", doc! { "$in": grid::around(spot.point, query.radius_km) });
    condition.insert("location", circle(query, spot));
    condition.extend(covers(query, spot));
    let remote = vec![doc! { "$match": remote(query) }, limit(MOST_FOUND)];
    vec![doc! { "$match": condition }, limit(MOST_FOUND), union(remote)]
}

/// The condition for it, what is offered everywhere included, which leaves the order to an index that begins with the square.
pub fn covered(query: &SearchQuery, spot: &Spot) -> Document {
    let mut cells = grid::around(spot.point, query.radius_km);
    cells.push(grid::EVERYWHERE);
    let mut condition = filters(query);
    condition.insert("location.cell", doc! { "$in": cells });
    condition.insert("$or", vec![doc! { "location.cell": grid::EVERYWHERE }, covers(query, spot)]);
    condition
}

/// From the base of a service to a point, in metres on MongoDB's sphere, by the haversine formula; nothing for what is offered
/// everywhere.
pub fn metres(point: Point) -> Document {
    let remote = doc! { "$eq": ["$reach.kind", "remote"] };
    doc! { "$cond": [remote, Bson::Null, metres_to(point)] }
}

fn remote(query: &SearchQuery) -> Document {
    let mut condition = filters(query);
    condition.insert("location.cell", grid::EVERYWHERE);
    condition
}

fn circle(query: &SearchQuery, spot: &Spot) -> Document {
    let [lng, lat] = GeoPoint::from(spot.point).coordinates;
    doc! { "$geoWithin": { "$centerSphere": [[lng, lat], f64::from(query.radius_km) * 1000.0 / EARTH_RADIUS_METRES] } }
}

/// Whether a provider sets out from within the radius and comes to the place. An expression, so that no index is tried for it.
fn covers(query: &SearchQuery, spot: &Spot) -> Document {
    let reach = doc! { "$switch": {
        "branches": [
            { "case": { "$eq": ["$reach.kind", "radius"] }, "then": { "$multiply": ["$reach.km", 1000] } },
            {
                "case": { "$in": [spot.town.region, { "$ifNull": ["$reach.codes", []] }] },
                "then": i64::from(query.radius_km) * 1000,
            },
        ],
        "default": -1,
    } };
    let furthest = doc! { "$min": [reach, i64::from(query.radius_km) * 1000] };
    doc! { "$expr": { "$lte": [metres_to(spot.point), furthest] } }
}

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
