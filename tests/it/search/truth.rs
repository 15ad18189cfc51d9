//! The search against the slow way: every service and every calendar read, filtered and sorted here, after every kind of change.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use futures::TryStreamExt;
use gigsta::booking::model::SLOT_CLAIMS;
use gigsta::booking::slots;
use gigsta::booking::store::times::free_starts_of;
use gigsta::catalogue::category::leaves_of;
use gigsta::catalogue::model::{Reach, SERVICES, ServiceDocument, ServiceStatus};
use gigsta::catalogue::search::{self, HORIZON_DAYS};
use gigsta::catalogue::search_query::{SearchQuery, Sort, parse};
use gigsta::catalogue::store::{self, Seen};
use gigsta::catalogue::terms;
use gigsta::domain::place::Point;
use gigsta::domain::price::PriceTerms;
use gigsta::domain::rating::Rating;
use gigsta::provider::free::Terms;
use gigsta::provider::hours_store;
use gigsta::provider::store as providers;
use gigsta::provider::week::{DayException, Span};
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc, serialize_to_bson};

use super::world::{based, put};
use crate::support::bookings::NOON;
use crate::support::database::in_database;

const WORDS: [&str; 8] = ["lawn", "mowing", "piano", "lessons", "hedges", "trimmed", "home", "repairs"];
const CATEGORIES: [&str; 4] = ["lawns", "trees", "music", "handyman"];
const SATURDAY: &str = "2026-12-12";

/// Numbers that follow from one, each seemingly by chance (a linear congruential generator; the factor is Knuth's).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn number(&mut self, end: i64) -> i64 {
        i64::try_from(self.below(end.unsigned_abs())).unwrap()
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()].clone()
    }

    fn words(&mut self, most: u64) -> String {
        let count = self.below(most) + 1;
        (0..count).map(|_| self.pick(&WORDS)).collect::<Vec<_>>().join(" ")
    }
}

/// What somebody could offer, up to 60 km from Te Aro.
fn offer(chance: &mut Chance, service: &mut ServiceDocument) {
    let km = chance.below(60_000) as f64 / 1000.0;
    let reach = match chance.below(6) {
        0 => Reach::Remote,
        1 => Reach::Regions { codes: vec![chance.pick(&["NZ-WGN", "NZ-AUK"]).into()] },
        _ => Reach::Radius { km: chance.pick(&[5, 20, 40, 80]) },
    };
    *service = based(service, km, reach);
    service.title = chance.words(3);
    service.description = chance.words(6);
    service.category = chance.pick(&CATEGORIES).into();
    service.price_cents = (chance.below(5) > 0).then(|| chance.number(20) * 1000);
    service.price = match service.price_cents {
        Some(amount_cents) => PriceTerms::Fixed { amount_cents },
        None => PriceTerms::OnQuote,
    };
    service.instant = chance.below(3) == 0;
    service.minutes = chance.pick(&[30, 60, 180]);
    service.buffer_before_minutes = chance.pick(&[0, 15]);
    service.lead_time_minutes = chance.pick(&[0, 120, 2880]);
}

fn stars(chance: &mut Chance) -> Rating {
    let count = chance.number(9);
    Rating { count, sum: count * 2 + chance.number(count * 3 + 1) }
}

async fn claim(db: &Db, provider: ObjectId, from: Timestamp, hours: i64) {
    let cells = slots::cells(&provider.to_hex(), from, from.plus_hours(hours));
    let claims = cells.into_iter().map(|cell| doc! { "_id": cell, "booking": ObjectId::new(), "firm": true });
    // What is claimed already stays so.
    _ = db.collection::<Document>(SLOT_CLAIMS).insert_many(claims).ordered(false).await;
}

/// Something that changes what is found, through the same functions as the pages.
async fn change(db: &Db, chance: &mut Chance, all: &[ServiceDocument]) {
    let service = chance.pick(all);
    let seen = Seen { provider_id: service.provider_id, id: service.id, version: service.version };
    match chance.below(8) {
        0 => {
            let mut edited = service.clone();
            offer(chance, &mut edited);
            store::save(db, &edited, NOON).await.unwrap().unwrap();
        }
        1 => _ = store::set_status(db, seen, ServiceStatus::Archived, true, NOON).await.unwrap().unwrap(),
        2 => _ = store::set_status(db, seen, ServiceStatus::Active, true, NOON).await.unwrap().unwrap(),
        3 => _ = store::relist(db, service.provider_id, chance.below(2) == 0).await.unwrap(),
        4 => {
            let rating = serialize_to_bson(&stars(chance)).unwrap();
            let theirs = doc! { "provider_id": service.provider_id };
            let set = doc! { "$set": { "rating": rating } };
            db.collection::<Document>(SERVICES).update_many(theirs, set).await.unwrap();
        }
        5 => claim(db, service.provider_id, NOON.plus_hours(chance.number(300)), 8).await,
        6 => {
            let provider = providers::find(db, service.provider_id).await.unwrap().unwrap();
            let day = DayException { date: SATURDAY.into(), spans: vec![], note: String::new() };
            hours_store::save_exceptions(db, provider.id, provider.version, &[day]).await.unwrap();
        }
        _ => {
            let provider = providers::find(db, service.provider_id).await.unwrap().unwrap();
            let from_minute = i16::try_from(chance.number(40)).unwrap() * 30;
            let week = std::array::from_fn(|_| vec![Span { from_minute, to_minute: from_minute + 180 }]);
            hours_store::save_week(db, provider.id, provider.version, &week, &provider.week).await.unwrap();
        }
    }
}

/// The distance on MongoDB's sphere.
fn metres(from: Point, to: Point) -> f64 {
    let radians = |e6: i32| (f64::from(e6) / 1e6).to_radians();
    let (a, b) = (radians(from.lat_e6), radians(to.lat_e6));
    let east = radians(to.lng_e6) - radians(from.lng_e6);
    let h = ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * (east / 2.0).sin().powi(2);
    2.0 * 6_378_100.0 * h.sqrt().min(1.0).asin()
}

fn far(query: &SearchQuery, service: &ServiceDocument) -> f64 {
    match (query.spot(), &service.reach) {
        (Some(_), Reach::Remote) | (None, _) => 1e9,
        (Some(spot), _) => metres(service.base.point, spot.point),
    }
}

fn fits(query: &SearchQuery, service: &ServiceDocument) -> bool {
    let at_place = query.spot().is_none_or(|spot| {
        let far = far(query, service);
        let near = far <= f64::from(query.radius_km) * 1000.0;
        match &service.reach {
            Reach::Remote => true,
            Reach::Radius { km } => near && far <= f64::from(*km) * 1000.0,
            Reach::Regions { codes } => near && codes.iter().any(|code| code == spot.town.region),
        }
    });
    at_place
        && service.listed
        && query.category.is_none_or(|category| leaves_of(category.slug).contains(&service.category.as_str()))
        && query.min_cents.is_none_or(|least| service.price_cents.is_some_and(|cents| cents >= least))
        && query.max_cents.is_none_or(|most| service.price_cents.is_some_and(|cents| cents <= most))
        && (!query.instant || service.instant)
        && query.rating.is_none_or(|least| service.rating.count > 0 && service.rating.whole_stars() >= i64::from(least))
        && (query.text.is_empty() || worth(query, service) > 0)
}

/// How well the words fit.
fn worth(query: &SearchQuery, service: &ServiceDocument) -> i32 {
    let [title, name, text] =
        [&service.title, &service.provider_name, &service.description].map(|text| terms::stems(text));
    let worth = |stem: String| match stem {
        stem if title.contains(&stem) => 10,
        stem if name.contains(&stem) => 5,
        stem if text.contains(&stem) => 1,
        _ => 0,
    };
    terms::stems(&query.text).into_iter().map(worth).sum()
}

/// As a number that can be sorted by.
#[expect(clippy::cast_possible_truncation, reason = "it is far below what fits")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

fn terms_of(service: &ServiceDocument) -> Terms {
    Terms {
        minutes: service.minutes,
        buffer_before_minutes: service.buffer_before_minutes,
        buffer_after_minutes: service.buffer_after_minutes,
        lead_time_minutes: service.lead_time_minutes,
    }
}

/// What is to be found, in order, with when each is free; and how many there are at any time.
async fn slowly(db: &Db, query: &SearchQuery, all: &[ServiceDocument]) -> (Vec<(ObjectId, Option<Timestamp>)>, usize) {
    let mut found: Vec<&ServiceDocument> = all.iter().filter(|service| fits(query, service)).collect();
    let at_any_time = found.len();
    let score = |service: &ServiceDocument| Reverse(whole(service.rating.score() * 1e12));
    let far = |service: &ServiceDocument| whole(far(query, service) * 1e3);
    found.sort_by_key(|service| service.id);
    match query.order() {
        Sort::Price => found.sort_by_key(|service| service.price_cents.unwrap_or(i64::MAX)),
        Sort::Rating => found.sort_by_key(|service| score(service)),
        Sort::Relevance | Sort::NextFree if !query.text.is_empty() => {
            found.sort_by_key(|service| Reverse(worth(query, service)));
        }
        // Beside words, nothing but the id decides between those that are as far.
        Sort::Distance if !query.text.is_empty() => found.sort_by_key(|service| far(service)),
        _ if query.spot().is_some() => found.sort_by_key(|service| {
            (far(service), if service.reach == Reach::Remote { score(service) } else { Reverse(0) })
        }),
        _ => found.sort_by_key(|service| score(service)),
    }
    let mut timed = Vec::new();
    for service in found {
        let provider = providers::find(db, service.provider_id).await.unwrap().unwrap();
        let (from, to) = match &query.day {
            Some(day) => day.span(&provider.zone).unwrap(),
            None => (NOON, NOON.plus_hours(24 * HORIZON_DAYS)),
        };
        let free = free_starts_of(db, &provider, terms_of(service), from, to, NOON).await.unwrap();
        timed.push((service.id, free.first().copied()));
    }
    if query.day.is_some() {
        timed.retain(|(_, free)| free.is_some());
    }
    if query.order() == Sort::NextFree {
        timed.sort_by_key(|(_, free)| free.unwrap_or(Timestamp(i64::MAX)));
    }
    (timed, at_any_time)
}

fn asked(chance: &mut Chance) -> SearchQuery {
    let place = chance.pick(&["", "Te Aro, Wellington", "Te Aro, Wellington", "Levin, MWT"]);
    let text = chance.pick(&["", "", "mow lawns", "piano", "the repair of homes"]);
    let mut sorts = vec!["", "price", "rating", "next_free"];
    sorts.extend((!place.is_empty()).then_some("distance"));
    sorts.extend((!text.is_empty()).then_some("relevance"));
    let (filter, value) = chance.pick(&[
        ("", ""),
        ("", ""),
        ("day", SATURDAY),
        ("min", "50"),
        ("max", "90"),
        ("rating", "3"),
        ("instant", "on"),
        ("category", "garden"),
    ]);
    let radius = chance.pick(&["3", "25", "200"]);
    let pairs = [("place", place), ("q", text), ("sort", chance.pick(&sorts)), ("radius", radius), (filter, value)];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let (query, form) = parse(&pairs, NOON);
    assert!(form.is_fine(), "{form:?}");
    query
}

async fn all(db: &Db) -> Vec<ServiceDocument> {
    db.collection(SERVICES).find(doc! {}).await.unwrap().try_collect().await.unwrap()
}

#[tokio::test]
async fn whatever_changes_the_search_finds_what_the_slow_way_finds() {
    in_database(async |db| {
        let mut chance = Chance(20_261_128);
        for _ in 0..70 {
            let mut rating = Rating::default();
            let (_, provider) = put(db, "", |service| {
                offer(&mut chance, service);
                rating = stars(&mut chance);
                service.rating = rating;
            })
            .await;
            claim(db, provider.id, NOON.plus_hours(chance.number(30)), 3).await;
        }
        let mut seen = BTreeSet::new();
        for round in 0..60 {
            change(db, &mut chance, &all(db).await).await;
            let all = all(db).await;
            for _ in 0..3 {
                let query = asked(&mut chance);
                let (expected, at_any_time) = slowly(db, &query, &all).await;
                let mut found = Vec::new();
                for page in 1..=4 {
                    let page = SearchQuery { page, ..query.clone() };
                    let answer = search::search(db, &page, NOON).await.unwrap();
                    assert_eq!(answer.total, expected.len(), "round {round}: {query:?}");
                    assert_eq!((answer.at_any_time, answer.more), (at_any_time, false), "round {round}: {query:?}");
                    found.extend(answer.hits.into_iter().map(|hit| (hit.service.id, hit.free_at)));
                }
                assert_eq!(found, expected, "round {round}: {query:?}");
                seen.insert((query.order().name(), query.spot().is_some(), !query.text.is_empty()));
            }
        }
        assert!(seen.len() >= 14, "too few kinds of searches were tried: {seen:?}");
    })
    .await;
}

#[tokio::test]
async fn what_an_older_server_writes_is_found_once_it_is_completed() {
    in_database(async |db| {
        let services = db.collection::<Document>(SERVICES);
        let (service, _) = put(db, "Lawn mowing", |_| ()).await;
        let titles = async |words: &str| {
            let pairs = [("q", words), ("place", "Te Aro, Wellington"), ("rating", "4")];
            let (query, _) = parse(&pairs.map(|(name, value)| (name.into(), value.into())), NOON);
            super::titles(&search::search(db, &query, NOON).await.unwrap())
        };
        // It knows neither terms and squares nor what is stored beside a rating, and writes both fields as a whole.
        let set = doc! {
            "title": "Hedge trimming",
            "location": { "type": "Point", "coordinates": service.location.coordinates.to_vec() },
            "rating": { "count": 4_i64, "sum": 17_i64 },
        };
        let edit = doc! { "$set": set, "$inc": { "version": 1_i64 } };
        services.update_one(doc! { "_id": service.id }, edit).await.unwrap();
        assert_eq!(titles("lawn").await, [""; 0], "what is no longer true is not found");
        assert!(!store::complete(db).await.unwrap(), "there is no more");
        assert_eq!(titles("hedges").await, ["Hedge trimming"]);
        let completed = services.find_one(doc! { "_id": service.id }).await.unwrap().unwrap();
        let rating = serialize_to_bson(&Rating { count: 4, sum: 17 }).unwrap();
        assert_eq!(completed.get("rating"), Some(&rating), "the same as if a newer server had written it");
        let own = store::stored(&ServiceDocument { title: "Hedge trimming".into(), ..service }).unwrap();
        assert_eq!(completed.get("location"), own.get("location"));
    })
    .await;
}
