//! Every query of a collection stands in the store of its owner, and only the bookings' store knows how a booking's document is
//! made. Others call a function with a name from the field.

use super::lines;

/// Every collection: its constant, its name, and where its queries may stand, as beginnings of paths.
const COLLECTIONS: [(&str, &str, &[&str]); 17] = [
    ("ACCOUNTS", "accounts", &["src/account/model.rs", "src/account/store.rs"]),
    ("SESSIONS", "sessions", &["src/account/session.rs"]),
    ("MAIL_LINKS", "mail_links", &["src/account/links.rs"]),
    ("BOOKINGS", "bookings", &["src/booking/model.rs", "src/booking/store"]),
    ("SLOT_CLAIMS", "slot_claims", &["src/booking/model.rs", "src/booking/store"]),
    (
        "DRAFTS",
        "drafts",
        &["src/booking_pages/ask.rs", "src/booking_pages/ask/model.rs", "src/booking_pages/ask/store.rs"],
    ),
    ("PROVIDERS", "providers", &["src/provider/model.rs", "src/provider/store", "src/provider/hours_store.rs"]),
    ("SERVICES", "services", &["src/catalogue/model.rs", "src/catalogue/store"]),
    ("MAILS", "mails", &["src/mail/model.rs", "src/mail/store"]),
    ("NOTICES", "notices", &["src/notice/model.rs", "src/notice/store.rs"]),
    ("NOTICE_SETTINGS", "notice_settings", &["src/notice/model.rs", "src/notice/store/settings.rs"]),
    ("MESSAGES", "messages", &["src/message/model.rs", "src/message/store.rs"]),
    ("MESSAGE_MARKS", "message_marks", &["src/message/model.rs", "src/message/store.rs"]),
    ("REPORTS", "message_reports", &["src/message/report.rs", "src/message/report/store.rs"]),
    ("CALENDAR_FEEDS", "calendar_feeds", &["src/calendar/model.rs", "src/calendar/store.rs"]),
    ("ADMIN_ACTS", "admin_acts", &["src/admin/model.rs", "src/admin/store.rs"]),
    ("MIGRATIONS", "migrations", &["src/server/migrations.rs"]),
];

/// What is composed of all collections.
const COMPOSITION: [&str; 3] = ["src/server/migrations", "src/server/audit", "src/server/seed"];

/// The line without what stands between quotation marks.
fn without_texts(line: &str) -> String {
    line.split('"').step_by(2).collect::<Vec<_>>().join("\"")
}

/// Whether the text has the word, and not only as a part of a longer one.
fn mentions(text: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)
    })
}

#[test]
fn every_query_of_a_collection_stands_in_its_owners_store() {
    let mut found = Vec::new();
    for line in lines() {
        let is_in = |places: &[&str]| places.iter().any(|place| line.file.starts_with(place));
        // A simulated marketplace has a store of its own, in memory.
        if line.file.starts_with("src/simulate/") {
            continue;
        }
        for (constant, name, places) in COLLECTIONS {
            let asked =
                mentions(&without_texts(&line.text), constant) || line.text.contains(&format!("collection(\"{name}\""));
            let joined = line.text.contains(&format!("\"from\": \"{name}\""));
            if (asked || joined) && !is_in(places) && !is_in(&COMPOSITION) {
                found.push(line.place());
            }
        }
    }
    assert!(found.is_empty(), "call a function of its owner's store:\n{}", found.join("\n"));
}

#[test]
fn every_collection_has_an_owner_and_one_name() {
    let opens = |text: &str| Some(text.split_once("collection")?.1.split_once('(')?.1.split(')').next()?.to_owned());
    let (mut named, mut strangers) = (Vec::new(), Vec::new());
    for line in lines() {
        let is_in = |places: &[&str]| places.iter().any(|place| line.file.starts_with(place));
        for (constant, name, places) in COLLECTIONS {
            if line.text.contains(&format!(" {constant}: &str = \"{name}\";")) && is_in(places) {
                named.push(constant);
            }
        }
        // What migrates, fills or empties all of them goes through a list of their names.
        if line.text.contains(".collection") && !is_in(&COMPOSITION) && line.file != "src/web/db.rs" {
            let opened = opens(&line.text).unwrap_or_default();
            if COLLECTIONS.iter().all(|(constant, ..)| *constant != opened) {
                strangers.push(line.place());
            }
        }
    }
    assert_eq!(named.len(), COLLECTIONS.len(), "{named:?}");
    assert!(strangers.is_empty(), "the list above does not know this collection:\n{}", strangers.join("\n"));
}

#[test]
fn every_collection_is_the_one_that_bounds_its_reads() {
    let passed = |text: &str| {
        ["database.collection", "mongodb::Collection", "Collection::clone_with_type"]
            .iter()
            .any(|way| text.contains(way))
    };
    let found = lines().into_iter().filter(|line| passed(&line.text) && line.file != "src/web/db.rs");
    let found: Vec<String> = found.map(|line| line.place()).collect();
    assert!(found.is_empty(), "ask the database for it by its own function:\n{}", found.join("\n"));
}

/// Whether the text has a path into the document of a booking, such as `"state.status"` or `"$outbox.status"`.
fn has_path(text: &str) -> bool {
    let parts = ["state", "history", "outbox", "work", "customer", "provider", "service", "place", "commands"];
    let quoted = text.split('"').skip(1).step_by(2);
    quoted.into_iter().any(|text| {
        let path = text.trim_start_matches('$').strip_prefix("fullDocument.").unwrap_or(text.trim_start_matches('$'));
        let is_path = path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '$'));
        is_path && path.split_once('.').is_some_and(|(first, rest)| parts.contains(&first) && !rest.is_empty())
    })
}

#[test]
fn only_the_bookings_store_knows_how_a_booking_is_stored() {
    assert!(has_path("doc! { \"state.status\": 1 }") && has_path("[\"$history.at\", 1]"));
    assert!(!has_path("\"state\"") && !has_path("\"A work. of art\"") && !has_path("\"photos.7\""));
    let allowed = ["src/booking/store", "src/server/migrations"];
    let inside = |file: &str| allowed.iter().any(|place| file.starts_with(place));
    let found: Vec<String> =
        lines().iter().filter(|line| !inside(&line.file) && has_path(&line.text)).map(super::Line::place).collect();
    assert!(found.is_empty(), "call a function of `booking::store`:\n{}", found.join("\n"));
}
