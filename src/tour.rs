//! The tour in CONTRIBUTING.md: each step names a file, a line and what stands there. This test holds them together.

use std::fs;
use std::path::Path;

/// A step: `1. [`src/x.rs:12`](src/x.rs#L12) `name`: what happens there.`
struct Step {
    file: String,
    line: usize,
    name: String,
}

#[test]
fn every_step_of_the_tour_stands_where_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let tour = text.split("## One press on Accept").nth(1).unwrap().split("\n## ").next().unwrap();
    let steps: Vec<Step> = tour.lines().filter_map(read).collect();
    assert!((8..=15).contains(&steps.len()), "{} steps", steps.len());
    for Step { file, line, name } in &steps {
        let source = fs::read_to_string(root.join(file)).unwrap_or_else(|_| panic!("there is no {file}"));
        let there = source.lines().nth(line - 1).unwrap_or_default();
        let right = source.lines().position(|line| line.contains(name.as_str())).map(|at| at + 1);
        assert!(there.contains(name.as_str()), "{file}:{line} does not say `{name}`; it stands in line {right:?}");
    }
}

fn read(line: &str) -> Option<Step> {
    let (number, rest) = line.split_once(". [`")?;
    number.trim().parse::<usize>().ok()?;
    let (place, rest) = rest.split_once("`](")?;
    let (file, at) = place.rsplit_once(':')?;
    let name = rest.split('`').nth(1)?;
    Some(Step { file: file.into(), line: at.parse().ok()?, name: name.into() })
}
