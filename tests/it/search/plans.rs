//! Every shape of a search is answered by indexes. The database itself tells which queries were asked.

use crate::indexes::{explainable, walk};
use crate::support::bookings::NOON;
use crate::support::database::in_database;
use futures::TryStreamExt;
use gigsta::catalogue::search;
use gigsta::catalogue::search_query::parse;
use gigsta::server::seed;
use mongodb::bson::{Document, doc};

#[tokio::test]
async fn every_shape_of_a_search_uses_indexes() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        seed::scale::fill(db, NOON, 1000, |_| Ok(())).await.unwrap();
        // The usual one holds a megabyte.
        let large = doc! { "create": "system.profile", "capped": true, "size": 100_000_000_i64 };
        db.database.run_command(large).await.unwrap();
        db.database.run_command(doc! { "profile": 2 }).await.unwrap();
        let mut asked = 0;
        for place in ["", "Sydney"] {
            for words in ["", "lawn mowing"] {
                for category in ["", "garden"] {
                    for sort in ["", "price", "rating", "next_free"] {
                        for rest in ["", "day", "price", "rating", "instant"] {
                            let pairs = [
                                ("place", place),
                                ("q", words),
                                ("category", category),
                                ("sort", sort),
                                ("day", if rest == "day" { "2026-12-12" } else { "" }),
                                ("min", if rest == "price" { "50" } else { "" }),
                                ("rating", if rest == "rating" { "4" } else { "" }),
                                ("instant", if rest == "instant" { "on" } else { "" }),
                            ];
                            let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
                            let (query, form) = parse(&pairs, NOON);
                            assert!(form.is_fine(), "{form:?}");
                            search::search(db, &query, NOON).await.unwrap();
                            search::count_wider(db, &query).await.unwrap();
                            asked += 1;
                        }
                    }
                }
            }
        }
        search::count_by_category(db).await.unwrap();
        db.database.run_command(doc! { "profile": 0 }).await.unwrap();
        let entries = db.collection::<Document>("system.profile").find(doc! {}).await.unwrap();
        let entries: Vec<Document> = entries.try_collect().await.unwrap();
        let mut explained = 0;
        for entry in entries {
            let Some(command) = explainable(&entry, entry.get_document("command").unwrap()) else { continue };
            let explain = doc! { "explain": command.clone(), "verbosity": "executionStats" };
            let plan = db.database.run_command(explain).await.unwrap_or_else(|error| panic!("{command}: {error}"));
            let mut faults = Vec::new();
            walk(&plan, &mut faults);
            // What an index has bounded may be put in another order.
            faults.retain(|fault| fault != "SORT");
            assert!(faults.is_empty(), "{faults:?} in {command}\n{plan}");
            explained += 1;
        }
        assert!(explained >= 2 * asked, "only {explained} queries were explained");
    })
    .await;
}

#[tokio::test]
async fn what_is_popular_is_counted_from_the_index_alone() {
    in_database(async |db| {
        seed::scale::fill(db, NOON, 300, |_| Ok(())).await.unwrap();
        db.database.run_command(doc! { "profile": 2 }).await.unwrap();
        let counts = search::count_by_category(db).await.unwrap();
        db.database.run_command(doc! { "profile": 0 }).await.unwrap();
        assert!(counts.len() > 10, "{counts:?}");
        let asked = doc! { "command.aggregate": "services" };
        let entry = db.collection::<Document>("system.profile").find_one(asked).await.unwrap().unwrap();
        assert_eq!(entry.get_i32("docsExamined").unwrap(), 0, "{entry}");
    })
    .await;
}
