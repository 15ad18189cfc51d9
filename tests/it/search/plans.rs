//! Every shape of a search is answered by indexes. The database itself tells which queries were asked.

use gigsta::catalogue::search;
use gigsta::catalogue::search_query::parse;
use gigsta::server::seed;
use mongodb::bson::{Document, doc};

use crate::support::bookings::NOON;
use crate::support::database::in_database;
use crate::support::plans;

#[tokio::test]
async fn every_shape_of_a_search_uses_indexes() {
    in_database(async |db| {
        seed::seed(db, NOON, "x").await.unwrap();
        seed::scale::fill(db, NOON, 1000, |_| Ok(())).await.unwrap();
        plans::note(db).await;
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
        // What an index has bounded may be put in another order.
        let explained = plans::explain(db, &["SORT"], |_, _| true).await;
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
