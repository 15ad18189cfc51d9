//! How the database answers what it was asked. It tells itself which queries these were, so none is forgotten or
//! explained otherwise than it was asked.

use futures::TryStreamExt;
use gigsta::web::db::Db;
use mongodb::bson::{Bson, Document, doc};

/// From now on the database notes what it is asked.
pub async fn note(db: &Db) {
    // The usual one holds a megabyte.
    let large = doc! { "create": "system.profile", "capped": true, "size": 100_000_000_i64 };
    db.database.run_command(large).await.unwrap();
    db.database.run_command(doc! { "profile": 2 }).await.unwrap();
}

/// Explains every query that was noted and that `matters` by its collection and command; what reads a whole collection or
/// sorts in memory fails the test, but for the stages `allowed`. Says how many there were.
pub async fn explain(db: &Db, allowed: &[&str], matters: impl Fn(&str, &Document) -> bool) -> usize {
    db.database.run_command(doc! { "profile": 0 }).await.unwrap();
    let asked = db.collection::<Document>("system.profile").find(doc! {}).await.unwrap();
    let asked: Vec<Document> = asked.try_collect().await.unwrap();
    let mut explained = 0;
    for entry in asked {
        let collection = entry.get_str("ns").unwrap().split_once('.').unwrap().1;
        let Some(command) = explainable(&entry, collection).filter(|command| matters(collection, command)) else {
            continue;
        };
        let explain = doc! { "explain": command.clone(), "verbosity": "executionStats" };
        let plan = db.database.run_command(explain).await.unwrap_or_else(|error| panic!("{command}: {error}"));
        let mut faults = Vec::new();
        walk(&plan, &mut faults);
        faults.retain(|fault| !allowed.contains(&fault.as_str()));
        assert!(faults.is_empty(), "{faults:?} in {command}\n{plan}");
        explained += 1;
    }
    explained
}

/// The command as it can be explained, if it is a query.
fn explainable(entry: &Document, collection: &str) -> Option<Document> {
    let mut bare = entry.get_document("command").unwrap().clone();
    for field in [
        "lsid",
        "$db",
        "$clusterTime",
        "txnNumber",
        "autocommit",
        "startTransaction",
        "apiVersion",
        "readConcern",
        "writeConcern",
        "$readPreference",
    ] {
        bare.remove(field);
    }
    if collection == "system.profile" {
        return None;
    }
    match entry.get_str("op").unwrap() {
        // The profile shows one entry for each part of an update or a delete.
        "update" => Some(doc! { "update": collection, "updates": [bare] }),
        "remove" => Some(doc! { "delete": collection, "deletes": [bare] }),
        "query" => Some(bare),
        "command" => {
            ["aggregate", "findAndModify", "findandmodify"].iter().any(|name| bare.contains_key(name)).then_some(bare)
        }
        _ => None,
    }
}

/// Collects every stage that reads a whole collection or sorts in memory.
fn walk(plan: &Document, faults: &mut Vec<String>) {
    for (name, value) in plan {
        match value {
            Bson::String(stage) if name == "stage" && (stage == "COLLSCAN" || stage == "SORT") => {
                faults.push(stage.clone());
            }
            Bson::Int64(1..) | Bson::Int32(1..) if name == "collectionScans" => faults.push(name.clone()),
            // What the planner thought of and did not take.
            Bson::Array(_) if name == "rejectedPlans" => {}
            Bson::Document(inner) => walk(inner, faults),
            Bson::Array(items) => items.iter().filter_map(Bson::as_document).for_each(|inner| walk(inner, faults)),
            _ => {}
        }
    }
}
