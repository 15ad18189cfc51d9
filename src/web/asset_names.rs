//! Where the browser finds what was built for it: names with a hash of their content.

use std::path::Path;
use std::sync::OnceLock;

/// The addresses of the built files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetNames {
    /// The script that loads the WASM.
    pub js: String,
    /// The WASM.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// Brings the island of a page to life: `web/scripts/boot.ts`.
    pub boot: String,
    /// Keeps an open page true: `web/scripts/live.ts`.
    pub live: String,
    /// Suggests places: `web/scripts/places.ts`.
    pub places: String,
    /// Pages through free days: `web/scripts/days.ts`.
    pub days: String,
}

/// The addresses, read once from `hash.txt` beside the executable.
pub fn asset_names() -> &'static AssetNames {
    static NAMES: OnceLock<AssetNames> = OnceLock::new();
    NAMES.get_or_init(|| {
        let hashes = std::env::current_exe().ok().and_then(|exe| read(exe.parent()?));
        AssetNames::from_hashes(&hashes.unwrap_or_default())
    })
}

fn read(folder: &Path) -> Option<String> {
    std::fs::read_to_string(folder.join("hash.txt")).ok()
}

impl AssetNames {
    /// Reads lines such as `css: 3fK9`; a file without a hash keeps its plain name.
    fn from_hashes(hashes: &str) -> Self {
        let address = |key: &str, stem: &str, extension: &str| {
            let lines = hashes.lines().filter_map(|line| line.split_once(':'));
            let hash = lines.filter(|(known, _)| known.trim() == key).map(|(_, hash)| hash.trim()).next();
            match hash {
                Some(hash) if !hash.is_empty() => format!("/pkg/{stem}.{hash}.{extension}"),
                _ => format!("/pkg/{stem}.{extension}"),
            }
        };
        let app = |extension: &str| address(extension, "gigsta", extension);
        let script = |name: &str| address(name, name, "js");
        Self {
            js: app("js"),
            wasm: app("wasm"),
            css: app("css"),
            boot: script("boot"),
            live: script("live"),
            places: script("places"),
            days: script("days"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_part_of_the_name_and_its_absence_is_not() {
        let names = AssetNames::from_hashes("js: abc\nwasm: def\nlive: ghi\n");
        assert_eq!(names.js, "/pkg/gigsta.abc.js");
        assert_eq!(names.wasm, "/pkg/gigsta.def.wasm");
        assert_eq!(names.css, "/pkg/gigsta.css");
        assert_eq!(names.live, "/pkg/live.ghi.js");
        assert_eq!(names.boot, "/pkg/boot.js");
    }
}
