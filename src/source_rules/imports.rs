//! Imports stand in groups with a blank line between: what the language brings, crates, our own.

use std::collections::BTreeSet;

use super::{Line, lines};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Language,
    Crate,
    Own,
}

fn origin(path: &str, modules: &BTreeSet<&str>) -> Origin {
    match path.split([':', ';', ' ']).next().unwrap_or_default() {
        "std" | "core" | "alloc" => Origin::Language,
        "crate" | "self" | "super" => Origin::Own,
        name if modules.contains(name) => Origin::Own,
        _ => Origin::Crate,
    }
}

/// The imports of one file that follow one of another origin without a blank line.
fn mixed(file: &[Line]) -> Vec<&Line> {
    let module = |line: &'_ Line| line.text.rsplit_once("mod ").map(|(_, name)| name.trim_end_matches(';').to_owned());
    let modules: Vec<String> = file.iter().filter(|line| line.text.ends_with(';')).filter_map(module).collect();
    let modules = modules.iter().map(String::as_str).collect();
    let (mut found, mut above, mut open) = (Vec::new(), None, None);
    for line in file {
        if let Some(path) = line.text.strip_prefix("use ") {
            let origin = origin(path, &modules);
            if above.is_some_and(|above| above != origin) {
                found.push(line);
            }
            open = Some(origin);
        }
        let ends = open.is_some() && line.text.ends_with(';');
        above = if ends { open.take() } else { None };
    }
    found
}

#[test]
fn imports_of_different_origin_stand_in_groups_of_their_own() {
    let lines = lines();
    let found: Vec<_> = lines.chunk_by(|a, b| a.file == b.file).flat_map(mixed).map(Line::place).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_mixed_group_is_found() {
    let text =
        "use std::fmt;\nuse axum::{\n    Router,\n};\n\nuse self::a::b;\nuse part::c;\nuse leptos::d;\nmod part;";
    let line = |(number, text): (usize, &str)| Line { file: "src/a.rs".into(), number, text: text.into() };
    let file: Vec<Line> = text.lines().enumerate().map(line).collect();
    assert_eq!(mixed(&file).iter().map(|line| line.number).collect::<Vec<_>>(), [1, 7]);
}
