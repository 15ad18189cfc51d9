//! The floors of the source: imports go down only. This test reads every file below `src` and compares what it names with
//! the one table of floors.

mod loops;

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the ground up. A module may name itself and what stands before it, nothing else.
const FLOORS: &[&str] = &[
    "time",
    "money",
    "ids",
    "error",
    "domain",
    "ui",
    "web",
    "photos",
    "mail",
    "account",
    "provider",
    "booking",
    "catalogue",
    "calendar",
    "live",
    "notice",
    "worker",
    "message",
    "review",
    "booking_pages",
    "provider_pages",
    "admin",
    "simulate",
    "server",
];

/// What stands outside of the floors: the entry points, and tests over many modules.
const OUTSIDE: &[&str] = &["main", "lib", "browser", "floors", "hostile", "source_rules"];

/// One place where a file names a module of the crate.
struct Mention {
    file: String,
    line: usize,
    /// The module of the file.
    from: String,
    /// The module it names.
    to: String,
}

#[test]
fn imports_go_down_only() {
    let upward: Vec<String> = mentions().iter().filter_map(fault).collect();
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}

#[test]
fn every_module_has_a_floor() {
    let lib = fs::read_to_string(root().join("lib.rs")).unwrap();
    let declared = lib.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'));
    let without: Vec<_> = declared.filter(|name| !FLOORS.contains(name) && !OUTSIDE.contains(name)).collect();
    assert!(without.is_empty(), "without a floor: {without:?}");
}

#[test]
fn only_the_server_says_app_state() {
    let all = files(&root());
    let elsewhere = |file: &&PathBuf| !file.starts_with(root().join("server")) && !file.ends_with("floors.rs");
    let mentions = |file: &&PathBuf| fs::read_to_string(file).unwrap().contains("AppState");
    let found: Vec<_> = all.iter().filter(elsewhere).filter(mentions).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_step_up_is_found_in_every_form() {
    let text = "use crate::time::Timestamp;\nuse crate::{\n    booking::{store, machine::Status},\n    error,\n};\n\
                fn f() { crate::server::work::run() } // crate::admin\nuse super::super::live;\n";
    let path = ["account".into(), "store".into()];
    let found = read("account/store.rs", &path, text);
    let named: Vec<_> = found.iter().map(|mention| (mention.line, mention.to.as_str())).collect();
    assert_eq!(named, [(1, "time"), (2, "booking"), (2, "error"), (6, "server"), (7, "live")]);
    let faults: Vec<String> = found.iter().filter_map(fault).collect();
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert!(faults[0].starts_with("src/account/store.rs:2: account (floor 9) names booking (floor 11)"), "{faults:?}");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|known| *known == module)
}

fn fault(Mention { file, line, from, to }: &Mention) -> Option<String> {
    let (from_floor, to_floor) = (floor(from)?, floor(to));
    let message = |floor: usize| {
        format!("src/{file}:{line}: {from} (floor {from_floor}) names {to} (floor {floor}), which is above it")
    };
    match to_floor {
        Some(to_floor) if to_floor > from_floor => Some(message(to_floor)),
        Some(_) => None,
        None => Some(format!("src/{file}:{line}: {to} is on no floor")),
    }
}

fn mentions() -> Vec<Mention> {
    let read_one = |file: PathBuf| {
        let name = file.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let path: Vec<String> = name.trim_end_matches(".rs").split('/').map(Into::into).collect();
        let text = fs::read_to_string(&file).unwrap();
        if OUTSIDE.contains(&path[0].as_str()) { Vec::new() } else { read(&name, &path, &text) }
    };
    let all: Vec<Mention> = files(&root()).into_iter().flat_map(read_one).collect();
    assert!(all.len() > 1000, "only {} mentions were found", all.len());
    all
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(files(&entry));
        } else if entry.extension().is_some_and(|kind| kind == "rs") {
            found.push(entry);
        }
    }
    found.sort();
    found
}

/// What a file at a module's path names, by `crate::` or by climbing with `super::`, outside of comments.
fn read(file: &str, path: &[String], text: &str) -> Vec<Mention> {
    let code: String = text.lines().map(|line| without_texts(line) + "\n").collect();
    let mut found = Vec::new();
    let mut note = |at: usize, to: &str| {
        let line = code[..at].matches('\n').count() + 1;
        found.push(Mention { file: file.into(), line, from: path[0].clone(), to: to.into() });
    };
    for (at, _) in code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with(is_word)) {
        for module in first_segments(&code[at + "crate::".len()..]) {
            note(at, module);
        }
    }
    for (at, _) in code.match_indices("super::").filter(|(at, _)| !code[..*at].ends_with(|c| is_word(c) || c == ':')) {
        let climbs = code[at..].split("super::").take_while(|rest| rest.is_empty()).count();
        let named = first_segments(&code[at + climbs * "super::".len()..]).first().copied().unwrap_or_default();
        // A step out of a top-level module names another one; out of a module inside the file, the file's own.
        let is_out = climbs >= path.len() && floor(named).is_some();
        note(at, if is_out { named } else { &path[0] });
    }
    found.sort_by_key(|mention| mention.line);
    found
}

/// A line without its comment and without what stands in its string literals.
fn without_texts(line: &str) -> String {
    let code = line.split("//").next().unwrap_or_default();
    code.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The first segments of a path, or of every path in a group in braces.
fn first_segments(rest: &str) -> Vec<&str> {
    let Some(group) = rest.strip_prefix('{') else {
        return vec![rest.split(|character| !is_word(character)).next().unwrap_or_default()];
    };
    let (mut depth, mut start, mut found) = (0_usize, 0, Vec::new());
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                let one = group[start..at].trim();
                if !one.is_empty() {
                    found.push(one.split(|character| !is_word(character)).next().unwrap_or_default());
                }
                start = at + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}
