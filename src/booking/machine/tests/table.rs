//! The table as data: one more row is one more action, and nothing of web or database is in it.

use std::path::Path as FilePath;

use super::support::*;
use crate::booking::machine::row::{EMPTY, Who, stay};
use crate::booking::machine::*;

const EXTRA: Row = Row {
    action_name: "share_photo",
    button_label: "Share a photo",
    note: "Photo shared by the {role}",
    edges: &[stay(&[Who::Customer, Who::Provider], &[Status::Accepted])],
    inputs: &[inputs::Field::Message.optional()],
    effects: &[effects::Effect::TellOther],
    ..EMPTY
};

#[test]
fn one_more_row_is_offered_and_executed_without_any_other_edit() {
    let rows: Vec<Row> = TABLE.rows().iter().copied().chain([EXTRA]).collect();
    let world = World::draft().act(Role::Customer, "request").act(Role::Provider, "accept");
    let customer = actor(Role::Customer);
    let offers = get_available_booking_actions(Table(&rows), &world.booking, &customer, &world.facts, world.now);
    let offer = offers.iter().find(|offer| offer.row.action_name == "share_photo").unwrap();
    assert!(offer.available());
    assert_eq!(offer.note, "Photo shared by the customer");
    let row = Table(&rows).row("share_photo").unwrap();
    let inputs = Inputs::default();
    let (booking, facts, now) = (&world.booking, &world.facts, world.now);
    let done = decide(&Ask { booking, actor: &customer, row, inputs: &inputs, facts, now }).unwrap();
    assert_eq!(done.event.action_name, "share_photo");
    assert_eq!(done.outbox[0].to, Some("provider".into()));
    history::verify(&done.applied_to(booking)).unwrap();
}

#[test]
fn names_are_unique_and_people_have_labels_where_the_clock_has_none() {
    let mut names: Vec<_> = TABLE.rows().iter().map(|row| row.action_name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), TABLE.rows().len());
    for row in TABLE.rows() {
        let by_clock = row.edges.iter().all(|edge| edge.by == [Who::System]);
        assert_eq!(by_clock, row.clock.is_some(), "{}", row.action_name);
        assert_eq!(by_clock, row.button_label.is_empty(), "{}", row.action_name);
        assert!(!row.note.is_empty(), "{}", row.action_name);
    }
}

#[test]
fn the_diagram_in_the_readme_is_the_generated_one() {
    let readme = std::fs::read_to_string(FilePath::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let documented = readme.split("```mermaid\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(documented, diagram::mermaid(TABLE), "put the output of `gigsta graph` into README.md");
}

/// The machine and what it is made of: values, and the two words that the browser knows as well.
#[test]
fn the_machine_knows_nothing_of_web_or_database() {
    let allowed = ["std::", "serde::", "serde_json::", "super::"];
    let values =
        ["domain::", "ids::", "money::", "time::", "booking::role::", "booking::status::", "booking::machine::"];
    let own = [
        "aggregate::",
        "available::",
        "case::",
        "count::",
        "decide::",
        "event::",
        "history::",
        "inputs::",
        "outbox::",
        "reading::",
        "row::",
        "table::",
        "window::",
        "Who::",
        "Status::",
    ];
    let folder = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("src/booking");
    let mut files = ["machine.rs", "role.rs", "status.rs"].map(|name| folder.join(name)).to_vec();
    for inner in ["machine", "machine/guards"] {
        let inner = std::fs::read_dir(folder.join(inner)).unwrap();
        let paths = inner.map(|entry| entry.unwrap().path());
        files.extend(paths.filter(|path| path.extension().is_some_and(|kind| kind == "rs")));
    }
    assert!(files.len() > 10, "{files:?}");
    for file in files.iter().filter(|file| !file.ends_with("tests.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        for line in text.lines().map(str::trim) {
            let used = line.strip_prefix("pub use ").or(line.strip_prefix("use "));
            let known = |used: &str| allowed.iter().chain(&own).any(|prefix| used.starts_with(prefix));
            assert!(used.is_none_or(|used| known(used) || used.starts_with("crate::")), "{}: {line}", file.display());
            let code = !line.starts_with("//");
            for path in line.split("crate::").skip(1).filter(|_| code) {
                let is_value = values.iter().any(|value| path.starts_with(value));
                assert!(is_value, "{}: crate::{path}", file.display());
            }
        }
        for stranger in ["mongodb", "axum", "leptos", "tokio", "bson", "web_sys", "Timestamp::now", "getrandom"] {
            assert!(!text.contains(stranger), "{} speaks of {stranger}", file.display());
        }
    }
}

#[test]
fn an_appointment_changes_with_what_agrees_moves_or_cancels_it() {
    let named = |is: fn(&Row) -> bool| TABLE.rows().iter().filter(move |row| is(row)).map(|row| row.action_name);
    assert_eq!(
        named(Row::changes_appointment).collect::<Vec<_>>(),
        [
            "book_instantly",
            "accept",
            "accept_quote",
            // Of what was never agreed there is no appointment.
            "withdraw",
            "cancel",
            "accept_change",
            "undo_no_show",
            "rule_for_customer",
            "cancel_as_admin"
        ]
    );
    assert_eq!(named(Row::may_strike).collect::<Vec<_>>(), ["cancel", "settle_no_show"]);
}
