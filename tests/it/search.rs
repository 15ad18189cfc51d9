//! Finding services, on a real MongoDB and over HTTP.

mod http;
mod plans;
mod truth;
mod world;

use std::collections::BTreeSet;

use gigsta::booking::model::SLOT_CLAIMS;
use gigsta::booking::slots;
use gigsta::catalogue::model::{Reach, ServiceStatus};
use gigsta::catalogue::search::{self, Found, PAGE_SIZE};
use gigsta::catalogue::search_query::parse;
use gigsta::domain::price::PriceTerms;
use gigsta::domain::rating::Rating;
use gigsta::provider::week::{DayException, Span};
use gigsta::server::seed;
use gigsta::time;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use crate::support::bookings::NOON;
use crate::support::database::in_database;
use world::{put, titles};

/// Searches as somebody does who comes to that address at [`NOON`].
async fn find(db: &Db, address: &[(&str, &str)]) -> Found {
    let pairs: Vec<_> = address.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let (query, form) = parse(&pairs, NOON);
    assert!(form.is_fine(), "{form:?}");
    search::search(db, &query, NOON).await.unwrap()
}

const TE_ARO: (&str, &str) = ("place", "Te Aro, Wellington");

#[tokio::test]
async fn only_what_is_offered_at_the_place_is_found_the_nearest_first_and_what_is_done_from_afar_last() {
    in_database(async |db| {
        put(db, "north", |service| *service = world::based(service, 10.0, Reach::Radius { km: 20 })).await;
        put(db, "close", |service| *service = world::based(service, 2.0, Reach::Radius { km: 5 })).await;
        put(db, "too far for them", |service| *service = world::based(service, 10.0, Reach::Radius { km: 5 })).await;
        put(db, "too far for us", |service| *service = world::based(service, 80.0, Reach::Radius { km: 200 })).await;
        let wellington = || Reach::Regions { codes: vec!["NZ-AUK".into(), "NZ-WGN".into()] };
        put(db, "region", |service| *service = world::based(service, 5.0, wellington())).await;
        let auckland = Reach::Regions { codes: vec!["NZ-AUK".into()] };
        put(db, "other region", |service| *service = world::based(service, 5.0, auckland)).await;
        put(db, "remote", |service| *service = world::based(service, 2000.0, Reach::Remote)).await;
        put(db, "archived", |service| {
            *service = world::based(service, 1.0, Reach::Radius { km: 50 });
            (service.status, service.listed) = (ServiceStatus::Archived, false);
        })
        .await;
        for words in ["", "job"] {
            let found = find(db, &[TE_ARO, ("sort", "distance"), ("q", words)]).await;
            assert_eq!(titles(&found), ["close", "region", "north", "remote"], "{words}");
            assert_eq!((found.total, found.more), (4, false));
            let km = found.hits[0].service.metres.unwrap() / 1000.0;
            assert!((1.9..2.1).contains(&km), "{km}");
        }
        let found = find(db, &[TE_ARO, ("radius", "3")]).await;
        assert_eq!(titles(&found), ["close", "remote"]);
        let near = find(db, &[("near", "-41.2933,174.7840"), ("radius", "3")]).await;
        assert_eq!(titles(&near).last().map(String::as_str), Some("remote"), "a position is a place");
        assert_eq!(find(db, &[]).await.total, 7, "anywhere, all that is listed");
    })
    .await;
}

#[tokio::test]
async fn words_are_looked_for_as_words_and_a_trade_by_its_work() {
    in_database(async |db| {
        put(db, "Lawn mowing", |_| ()).await;
        put(db, "Blocked drains", |service| service.provider_name = "Walker Plumbing".into()).await;
        put(db, "Piano lessons", |service| service.category = "music".into()).await;
        for (words, expected) in [
            ("mow", vec!["Lawn mowing"]),
            ("plumber", vec!["Blocked drains"]),
            ("-mowing", vec!["Lawn mowing"]),
            ("\"piano blocked\"", vec!["Blocked drains", "Piano lessons"]),
            ("$where .* nothing", vec![]),
        ] {
            let mut found = titles(&find(db, &[("q", words)]).await);
            found.sort();
            assert_eq!(found, expected, "{words}");
        }
        let best = find(db, &[("q", "piano lessons mowing")]).await;
        assert_eq!(titles(&best)[0], "Piano lessons", "what fits best comes first");
        let narrowed = find(db, &[("q", "piano lessons mowing"), ("category", "lessons")]).await;
        assert_eq!(titles(&narrowed), ["Piano lessons"]);
        assert_eq!(narrowed.facets.categories, [("music".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_free_then_is_found_and_nobody_else() {
    in_database(async |db| {
        let saturday = "2026-12-12";
        let at = |text: &str| time::parse(&format!("{saturday}T{text}"), "Pacific/Auckland").unwrap();
        put(db, "free", |_| ()).await;
        let (_, taken) = put(db, "taken", |_| ()).await;
        let (_, expired) = put(db, "held until yesterday", |_| ()).await;
        let (_, mut off) = put(db, "day off", |_| ()).await;
        off.exceptions = vec![DayException { date: saturday.into(), spans: vec![], note: String::new() }];
        gigsta::provider::store::save(db, &off).await.unwrap();
        let (_, mut afternoons) = put(db, "afternoons", |_| ()).await;
        afternoons.week = std::array::from_fn(|_| vec![Span { from_minute: 13 * 60, to_minute: 17 * 60 }]);
        gigsta::provider::store::save(db, &afternoons).await.unwrap();
        put(db, "needs a week", |service| service.lead_time_minutes = 7 * 24 * 60).await;
        for (provider, until) in [(&taken, None), (&expired, Some(NOON.plus_hours(-24)))] {
            let cells = slots::cells(&provider.id.to_hex(), at("06:00"), at("12:00"));
            let claims = cells.into_iter().map(|cell| {
                let mut claim = doc! { "_id": cell, "booking": ObjectId::new(), "firm": true };
                until.map(|until| claim.insert("until", until.0));
                claim
            });
            db.collection::<Document>(SLOT_CLAIMS).insert_many(claims).await.unwrap();
        }
        let morning = [("day", saturday), ("part", "morning"), TE_ARO];
        let found = find(db, &morning).await;
        let free: BTreeSet<_> = titles(&found).into_iter().collect();
        assert_eq!(free, BTreeSet::from(["free".to_owned(), "held until yesterday".to_owned()]));
        assert_eq!((found.total, found.at_any_time), (2, 6));
        assert_eq!(found.hits[0].free_at, Some(at("09:00")));
        let any = find(db, &[("day", saturday), TE_ARO]).await;
        assert_eq!(any.total, 4, "those who are taken in the morning work in the afternoon");
        assert_eq!(find(db, &[("day", "2026-12-14"), TE_ARO]).await.total, 6);

        let soonest = find(db, &[("sort", "next_free")]).await;
        let times: Vec<_> = soonest.hits.iter().map(|hit| hit.free_at.unwrap()).collect();
        assert!(times.is_sorted() && times.len() == 6, "{times:?}");
        assert_eq!(titles(&soonest)[5], "needs a week");
    })
    .await;
}

#[tokio::test]
async fn every_order_is_kept_over_all_pages_without_a_repeat_or_a_gap() {
    in_database(async |db| {
        for n in 0..45_i64 {
            put(db, &format!("Lawn mowing {n}"), |service| {
                service.price_cents = (n % 5 > 0).then_some(n % 7 * 1000);
                service.price = match service.price_cents {
                    Some(amount) => PriceTerms::Fixed { amount_cents: amount },
                    None => PriceTerms::OnQuote,
                };
                service.rating = Rating { count: n % 4, sum: n % 4 * (3 + n % 3) };
                service.instant = n % 2 == 0;
                let km = [3.0, 7.0, 12.0][usize::try_from(n % 3).unwrap()];
                *service = world::based(service, km, Reach::Radius { km: 50 });
            })
            .await;
        }
        for place in [("place", ""), TE_ARO] {
            for words in ["", "lawn"] {
                for sort in ["", "price", "rating", "next_free", "distance", "relevance"] {
                    if (sort == "distance" && place.1.is_empty()) || (sort == "relevance" && words.is_empty()) {
                        continue;
                    }
                    let mut seen = Vec::new();
                    for page in ["1", "2", "3", "4"] {
                        let found = find(db, &[place, ("q", words), ("sort", sort), ("page", page)]).await;
                        assert_eq!((found.total, found.more), (45, false), "{place:?} {words} {sort}");
                        assert!(found.hits.len() <= PAGE_SIZE);
                        seen.extend(found.hits);
                    }
                    let ids: BTreeSet<_> = seen.iter().map(|hit| hit.service.id).collect();
                    assert_eq!((seen.len(), ids.len()), (45, 45), "{place:?} {words} {sort}");
                    let prices = seen.iter().map(|hit| match hit.service.price {
                        PriceTerms::Fixed { amount_cents } => amount_cents,
                        _ => i64::MAX,
                    });
                    assert!(sort != "price" || prices.is_sorted(), "{place:?} {words}");
                    let far = seen.iter().map(|hit| hit.service.metres.unwrap_or_default());
                    assert!(sort != "distance" || far.is_sorted(), "{words}");
                }
            }
        }
        let prices: Vec<i64> = (0..45).filter(|n| n % 5 > 0).map(|n| n % 7 * 1000).collect();
        let priced = |fits: fn(i64) -> bool| prices.iter().filter(|cents| fits(**cents)).count();
        let found = find(db, &[]).await;
        assert_eq!((found.facets.instant, found.facets.categories[0].1), (23, 45));
        for (filter, expected) in [
            (("instant", "on"), 23),
            (("rating", "4"), found.facets.four_stars),
            (("rating", "3"), found.facets.three_stars),
            (("max", "20"), priced(|cents| cents <= 2000)),
            (("min", "50"), priced(|cents| cents >= 5000)),
            (("category", "music"), 0),
        ] {
            assert_eq!(find(db, &[filter]).await.total, expected, "{filter:?}");
            let around = find(db, &[filter, TE_ARO]).await;
            assert_eq!(around.total, expected, "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn generated_services_are_the_same_every_time_and_go_away_without_a_trace() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        let count = async || {
            let mut counts = Vec::new();
            for collection in ["services", "providers", SLOT_CLAIMS] {
                counts.push(db.collection::<Document>(collection).count_documents(doc! {}).await.unwrap());
            }
            counts
        };
        let demo = count().await;
        seed::scale::fill(db, NOON, 500, |_| Ok(())).await.unwrap();
        let filled = count().await;
        assert_eq!((filled[0] - demo[0], filled[1] - demo[1]), (500, 100));
        assert!(filled[2] > demo[2]);
        let first = find(db, &[("q", "lawn")]).await;
        assert!(first.total > 5);
        seed::scale::fill(db, NOON, 500, |_| Ok(())).await.unwrap();
        assert_eq!(titles(&find(db, &[("q", "lawn")]).await), titles(&first));
        assert_eq!(count().await, filled);
        seed::scale::fill(db, NOON, 0, |_| Ok(())).await.unwrap();
        assert_eq!(count().await, demo);
    })
    .await;
}
