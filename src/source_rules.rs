//! Rules that the compiler cannot hold: these tests read the text of `src/` and hold them.

use std::path::Path;

mod actions;
mod imports;
mod stores;

/// A line of the program, without tests and comments.
struct Line {
    /// The file, from `src/` on.
    file: String,
    number: usize,
    text: String,
}

impl Line {
    fn place(&self) -> String {
        format!("{}:{}: {}", self.file, self.number, self.text.trim())
    }
}

/// Every line of the program that is neither a comment nor part of a test.
fn lines() -> Vec<Line> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut lines = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && !["tests", "source_rules"].contains(&name) {
                folders.push(path);
            } else if name.ends_with(".rs") && !["tests.rs", "source_rules.rs"].contains(&name) {
                let text = std::fs::read_to_string(&path).unwrap();
                let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                let file = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                let numbered = program.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
                lines.extend(numbered.map(|(before, line)| Line {
                    file: file.clone(),
                    number: before + 1,
                    text: line.to_owned(),
                }));
            }
        }
    }
    assert!(lines.len() > 20_000, "{}", lines.len());
    lines
}
