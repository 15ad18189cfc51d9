//! What a page tells the shell.

use super::asset_names::AssetNames;

/// What a page loads beside the listener: one script at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Brings its island to life, for which the browser fetches the WASM.
    Boot,
    /// Suggests places.
    Places,
    /// Pages through free days.
    Days,
}

impl Script {
    /// Its address.
    pub fn address(self, names: &AssetNames) -> String {
        let address = match self {
            Self::Boot => &names.boot,
            Self::Places => &names.places,
            Self::Days => &names.days,
        };
        address.clone()
    }
}

/// How caches may keep a page in which there is nothing of whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Kept, and asked about each time: what it shows may change at any moment.
    Checked,
    /// For a minute, and for four more while a fresh one is on its way: what it shows hardly ever changes.
    Shortly,
}

impl Kept {
    /// The value of `Cache-Control`.
    pub fn cache_control(self) -> &'static str {
        match self {
            Self::Checked => "public, no-cache",
            Self::Shortly => "public, max-age=60, stale-while-revalidate=240",
        }
    }
}

/// The head of a page, for the shell.
#[derive(Clone, Debug, Default)]
pub struct PageHead {
    /// The title, before the marketplace's name.
    pub title: String,
    /// The icons of its body.
    pub icons: Vec<&'static str>,
    /// Its own script. No page needs it to work.
    pub script: Option<Script>,
    /// What it is about, in a sentence or two, for search engines and for those it is sent to.
    pub description: Option<String>,
    /// Its own path, for a page that everybody may find: then it names its address and what others show of it.
    pub path: Option<String>,
    /// The path of a picture of it.
    pub image: Option<String>,
    /// How caches may keep it, if the same address shows everybody who is not signed in the same.
    pub kept: Option<Kept>,
}

impl PageHead {
    /// A page without a script.
    pub fn new(title: impl Into<String>, icons: &[&'static str]) -> Self {
        Self { title: title.into(), icons: icons.to_vec(), ..Self::default() }
    }

    /// The same with more icons.
    pub fn with_icons(mut self, icons: &[&'static str]) -> Self {
        self.icons.extend_from_slice(icons);
        self
    }
}
