//! The name of an action stands in its table, in `ACTION_UI_METADATA` and in the stories of the demo. Other code asks a property
//! of the row, or takes a constant that stands beside the table, so that a renamed row breaks the build or a test.

use super::lines;
use crate::booking::action_ui::ACTION_UI_METADATA;
use crate::booking::machine::{TABLE, names};
use crate::provider::onboarding::{ROWS, names as onboarding};

/// Words that are spelt like an action and are none.
const OTHER_WORDS: [(&str, &str); 6] = [
    // Where a text of a drawing is anchored.
    ("src/booking/machine/diagram.rs", "start"),
    // A blank in the words of a notice.
    ("src/notice/text.rs", "review"),
    // A field of a form.
    ("src/provider_pages/availability/warning.rs", "confirm"),
    // What a request to the server is called in the log.
    ("src/server/layers.rs", "request"),
    // An event of the browser.
    ("src/booking/bar/browser.rs", "submit"),
    // A module's name.
    ("src/floors.rs", "review"),
];

const TABLES: [&str; 3] =
    ["src/booking/machine/table.rs", "src/provider/onboarding/table.rs", "src/booking/action_ui.rs"];
const CONSTANTS: [&str; 2] = ["src/booking/machine/names.rs", "src/provider/onboarding/names.rs"];

fn rows() -> Vec<&'static str> {
    TABLE.rows().iter().map(|row| row.action_name).collect()
}

fn onboarding_rows() -> Vec<&'static str> {
    ROWS.iter().map(|row| row.action_name).collect()
}

/// The constants that are the name of no row.
fn strangers<'a>(constants: &[&'a str], rows: &[&str]) -> Vec<&'a str> {
    constants.iter().copied().filter(|name| !rows.contains(name)).collect()
}

/// Whether the name stands in the text between quotation marks, and not as the class of an element.
fn names_it(text: &str, name: &str) -> bool {
    let quoted = format!("\"{name}\"");
    text.match_indices(&quoted).any(|(at, _)| !text[..at].ends_with("class="))
}

#[test]
fn the_name_of_an_action_is_written_nowhere_but_in_its_table() {
    let names: Vec<&str> = rows().into_iter().chain(onboarding_rows()).collect();
    let mut others = OTHER_WORDS.to_vec();
    let mut found = Vec::new();
    for line in lines() {
        let file = line.file.as_str();
        if file.starts_with("src/server/seed/") || TABLES.contains(&file) || CONSTANTS.contains(&file) {
            continue;
        }
        for name in names.iter().filter(|name| names_it(&line.text, name)) {
            others.retain(|other| *other != (file, *name));
            if !OTHER_WORDS.contains(&(file, *name)) {
                found.push(line.place());
            }
        }
    }
    assert!(found.is_empty(), "ask a property of the row, or name a constant:\n{}", found.join("\n"));
    assert!(others.is_empty(), "no longer there: {others:?}");
}

#[test]
fn every_constant_and_every_button_is_of_a_row() {
    assert_eq!(strangers(names::ALL, &rows()), [""; 0]);
    assert_eq!(strangers(onboarding::ALL, &onboarding_rows()), [""; 0]);
    let buttons: Vec<&str> = ACTION_UI_METADATA.iter().map(|entry| entry.action_name).collect();
    assert_eq!(strangers(&buttons, &rows()), [""; 0]);
}

/// What other code knows of an action by its name are the constants and the buttons, so no row that people or code know can be
/// renamed without a failing test. Renaming what neither names changes nothing but what is stored.
#[test]
fn renaming_a_row_is_noticed_wherever_its_name_is_known() {
    let all = rows();
    let buttons: Vec<&str> = ACTION_UI_METADATA.iter().map(|entry| entry.action_name).collect();
    let mut known = 0;
    for (place, name) in all.iter().enumerate() {
        let mut renamed = all.clone();
        renamed[place] = "renamed";
        let noticed = [strangers(names::ALL, &renamed), strangers(&buttons, &renamed)].concat();
        assert!(noticed.iter().all(|noticed| noticed == name), "{name}: {noticed:?}");
        known += usize::from(!noticed.is_empty());
        if !TABLE.rows()[place].button_label.is_empty() {
            assert!(!noticed.is_empty(), "{name} could be renamed unnoticed");
        }
    }
    assert!(known > 35, "{known}");
}
