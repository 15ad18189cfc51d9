//! No loops: what a file imports never leads back to it. Only a parent and its own direct children may know each other,
//! because they are one thing in two files; what siblings share stands in a sibling below them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::{files, is_word, root, without_texts};

/// A file below `src`, by its path without `.rs`.
type Name = String;

/// One place where a file names another one.
struct Import {
    from: Name,
    line: usize,
    /// The path as it is written.
    path: String,
    to: Name,
}

#[test]
fn no_files_import_each_other_in_a_loop() {
    let texts = files(&root()).into_iter().map(|file| {
        let name = file.strip_prefix(root()).unwrap().with_extension("");
        (name.to_string_lossy().into_owned(), fs::read_to_string(&file).unwrap())
    });
    let is_test = |name: &str| name.split('/').any(|part| part == "tests" || part == "floors");
    let imports = imports(&texts.filter(|(name, _)| !is_test(name)).collect());
    assert!(imports.len() > 1500, "only {} imports were found", imports.len());
    let faults = faults(&imports);
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_loop_is_found_and_a_parent_with_its_children_is_none() {
    let imports_of = |texts: &[(&str, &str)]| {
        imports(&texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    };
    let family =
        [("a", "mod b;\npub use b::f;\npub struct X;"), ("a/b", "use super::X;"), ("c", "use crate::a::{X, f};")];
    let family = imports_of(&family);
    let seen: Vec<_> = family.iter().map(|import| (import.from.as_str(), import.line, import.to.as_str())).collect();
    assert_eq!(seen, [("a", 2, "a/b"), ("a/b", 1, "a"), ("c", 1, "a"), ("c", 1, "a")]);
    assert!(faults(&family).is_empty());

    let siblings =
        [("a", "mod b;\nmod c;"), ("a/b", "use super::{\n    c::{f, g},\n};"), ("a/c", "fn f() { super::b::h() }")];
    assert_eq!(
        faults(&imports_of(&siblings)),
        ["src/a/b.rs:1: super::c::f -> src/a/c.rs\nsrc/a/b.rs:1: super::c::g -> src/a/c.rs\n\
          src/a/c.rs:1: super::b::h -> src/a/b.rs"]
    );
    let grandchild =
        [("a", "mod b;\nuse b::f;"), ("a/b", "mod c;\npub use c::f;"), ("a/b/c", "use crate::a::X; // super::f")];
    assert_eq!(faults(&imports_of(&grandchild)).len(), 1);
}

/// The groups of files that lead back to each other, each with its imports.
fn faults(imports: &[Import]) -> Vec<String> {
    // Without the steps up to one's own parent nothing may lead back; with them, only within one family.
    let down: Vec<&Import> = imports.iter().filter(|import| parent(&import.from) != Some(&import.to)).collect();
    let mut loops = groups(&down);
    let all: Vec<&Import> = imports.iter().collect();
    loops.extend(groups(&all).into_iter().filter(|group| !is_family(group)));
    let told = |group: &BTreeSet<&str>| {
        let within = all.iter().filter(|one| group.contains(one.from.as_str()) && group.contains(one.to.as_str()));
        let line = |one: &&Import| format!("src/{}.rs:{}: {} -> src/{}.rs", one.from, one.line, one.path, one.to);
        within.map(line).collect::<Vec<_>>().join("\n")
    };
    loops.iter().map(told).collect::<BTreeSet<_>>().into_iter().collect()
}

fn parent(name: &str) -> Option<&str> {
    name.rsplit_once('/').map(|(parent, _)| parent)
}

/// Whether one of them is the direct parent of all the others.
fn is_family(group: &BTreeSet<&str>) -> bool {
    group.iter().any(|first| group.iter().all(|one| one == first || parent(one) == Some(first)))
}

/// The files of which each leads to each of the others.
fn groups<'a>(imports: &[&'a Import]) -> BTreeSet<BTreeSet<&'a str>> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for import in imports {
        next.entry(&import.from).or_default().insert(&import.to);
    }
    let reached = |start: &'a str| {
        let (mut seen, mut left) = (BTreeSet::new(), vec![start]);
        while let Some(one) = left.pop() {
            left.extend(next.get(one).into_iter().flatten().copied().filter(|to| seen.insert(*to)));
        }
        seen
    };
    let reach: BTreeMap<&str, BTreeSet<&str>> = next.keys().map(|start| (*start, reached(start))).collect();
    let leads = |from: &str, to: &str| reach.get(from).is_some_and(|reached| reached.contains(to));
    let group = |(start, reached): (&&'a str, &BTreeSet<&'a str>)| {
        reached.iter().copied().filter(|one| leads(one, start)).collect::<BTreeSet<_>>()
    };
    reach.iter().map(group).filter(|group| !group.is_empty()).collect()
}

/// Every import of the files, by `crate::`, `super::`, `self::` or the name of a child; a re-export counts as a thing of the
/// file that hands it on.
fn imports(texts: &BTreeMap<Name, String>) -> Vec<Import> {
    texts.iter().filter(|(name, _)| *name != "lib").flat_map(|(name, text)| read(name, text, texts)).collect()
}

fn read(name: &str, text: &str, texts: &BTreeMap<Name, String>) -> Vec<Import> {
    let code: String = text.lines().map(|line| without_texts(line) + "\n").collect();
    // The tests of a file stand at its end, in a module inside it.
    let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let here: Vec<&str> = name.split('/').collect();
    let children = code.lines().filter_map(|line| line.split_once("mod ")?.1.strip_suffix(';'));
    let mut found = Vec::new();
    for start in ["crate", "super", "self"].into_iter().chain(children) {
        for (at, _) in code.match_indices(&format!("{start}::")) {
            let before = &code[..at];
            // `pub(in crate::a)` says who may see, and imports nothing.
            if before.ends_with(|last| is_word(last) || last == ':') || before.ends_with("(in ") {
                continue;
            }
            let mut paths = Vec::new();
            expand(&code[at..], &[], &mut paths);
            found.extend(paths.iter().filter_map(|path| {
                let to = file_of(&here, path, texts).filter(|to| to != name)?;
                let line = before.matches('\n').count() + 1;
                Some(Import { from: name.into(), line, path: path.join("::"), to })
            }));
        }
    }
    found.sort_by_key(|import| import.line);
    found
}

/// The file in which a path ends that the file `here` writes.
fn file_of(here: &[&str], path: &[&str], texts: &BTreeMap<Name, String>) -> Option<Name> {
    let climbs = path.iter().take_while(|part| **part == "super").count();
    let (base, rest) = match path[0] {
        "crate" => (0, 1),
        "self" => (here.len(), 1),
        _ => (here.len().saturating_sub(climbs), climbs),
    };
    let whole: Vec<&str> = here[..base].iter().chain(&path[rest..]).copied().collect();
    (1..=whole.len()).rev().map(|count| whole[..count].join("/")).find(|name| texts.contains_key(name))
}

/// Reads one path, or every path of a group in braces, and says how long it is.
fn expand<'a>(text: &'a str, prefix: &[&'a str], found: &mut Vec<Vec<&'a str>>) -> usize {
    let (mut path, mut at) = (prefix.to_vec(), 0);
    loop {
        let rest = &text[at..];
        let word = &rest[..rest.find(|character| !is_word(character)).unwrap_or(rest.len())];
        if word.is_empty() {
            break;
        }
        path.push(word);
        at += word.len();
        if !text[at..].starts_with("::") {
            break;
        }
        at += "::".len();
    }
    if !text[at..].starts_with('{') {
        found.push(path);
        return at;
    }
    at += 1;
    while let Some(next) = text[at..].chars().next().filter(|next| *next != '}') {
        at += if is_word(next) { expand(&text[at..], &path, found) } else { next.len_utf8() };
    }
    at + 1
}
