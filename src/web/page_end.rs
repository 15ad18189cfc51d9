//! The end of a page: the footer and the icons. Many pages share one, so it is rendered and compressed once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use leptos::prelude::*;

use super::brotli;
use super::theme::Theme;
use crate::ui::icon::Icon;
use crate::ui::render::to_html;
use crate::ui::sprite::{self, IconSprite};

/// The icons of the shell itself.
const SHELL_ICONS: [&str; 4] = ["bell", "log-in", "log-out", "sun-moon"];

/// The most that are kept: three appearances of each set of icons that a page names.
const MOST: usize = 256;

/// The icons of a page by their names, each once and in order.
type Icons = Vec<&'static str>;

type Ends = HashMap<(Theme, Icons), Arc<PageEnd>>;

static ENDS: LazyLock<Mutex<Ends>> = LazyLock::new(Mutex::default);

/// The end of a page, from the footer on.
#[derive(Debug)]
pub struct PageEnd {
    /// As HTML.
    pub html: String,
    brotli: OnceLock<Option<Vec<u8>>>,
}

impl PageEnd {
    /// The end of a page with these icons. Not to be called while another view is rendered: [`sprite::prepare`] says why.
    pub fn of(theme: Theme, page_icons: &[&'static str]) -> Arc<Self> {
        let mut icons: Icons = page_icons.iter().copied().chain(SHELL_ICONS).collect();
        icons.sort_unstable();
        icons.dedup();
        let key = (theme, icons);
        if let Some(known) = ENDS.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let fresh = Arc::new(Self { html: render(theme, key.1.clone()), brotli: OnceLock::new() });
        let mut ends = ENDS.lock().unwrap_or_else(PoisonError::into_inner);
        if ends.len() >= MOST {
            ends.clear();
        }
        ends.insert(key, fresh.clone());
        fresh
    }

    /// As brotli, to follow what is a page's own; nothing if it cannot be compressed.
    pub fn brotli(&self) -> Option<&[u8]> {
        self.brotli.get_or_init(|| brotli::continuation(self.html.as_bytes()).ok()).as_deref()
    }
}

/// What ends every page.
pub const CLOSING: &str = "</body></html>";

fn render(theme: Theme, icons: Icons) -> String {
    sprite::prepare();
    let mut html = to_html(|| view! { {footer(theme)} <IconSprite names=icons /> });
    html.push_str(CLOSING);
    html
}

fn footer(theme: Theme) -> AnyView {
    let choice = |choice: Theme, text: &'static str| {
        let pressed = if choice == theme { "true" } else { "false" };
        view! { <button name="theme" value=choice.name() aria-pressed=pressed>{text}</button> }
    };
    view! {
        <footer class="foot">
            <nav class="foot-nav" aria-label="More">
                <a class="link" href="/machine">
                    "The machine"
                </a>
                <a class="link" href="/onboarding">
                    "Become a GigSta"
                </a>
            </nav>
            <p>
                "GigSta · services in New Zealand and Australia · place names by "
                <a class="link" href="https://www.geonames.org" rel="external">
                    "GeoNames"
                </a>
                ", CC BY 4.0"
            </p>
            <form method="post" action="/theme">
                <fieldset class="themes">
                    <legend>
                        <Icon name="sun-moon" />
                        "Appearance"
                    </legend>
                    {choice(Theme::System, "System")} {choice(Theme::Light, "Light")} {choice(Theme::Dark, "Dark")}
                </fieldset>
            </form>
        </footer>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_share_an_end_whatever_the_order_of_their_icons() {
        let end = PageEnd::of(Theme::Dark, &["check", "play", "check"]);
        assert!(Arc::ptr_eq(&end, &PageEnd::of(Theme::Dark, &["play", "check"])));
        assert!(!Arc::ptr_eq(&end, &PageEnd::of(Theme::Light, &["play", "check"])));
        assert!(end.html.starts_with("<footer") && end.html.ends_with("</svg></body></html>"), "{}", end.html);
        assert_eq!(end.html.matches("<symbol").count(), 2 + SHELL_ICONS.len());
    }
}
